/** Files as the public site receives them: valid ones with everything that devices write into them, and invalid ones made to do harm. The same seed makes the same. */
import { crc32, deflateSync } from 'node:zlib';
import { commentOf, exifOf, iptcOf, plainJpeg, profileOf, withParts, xmpOf } from '../../../fixtures/files.ts';

/** Must be found in the files sent in, and in no file that is shown. */
export const marker = 'Kiln Row 44 Invented';

export type Hand = {
  readonly below: (most: number) => number;
  readonly one: <Value>(values: readonly Value[]) => Value;
};

const chunk = (kind: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const u32le = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const exifHere = ({ below, one }: Hand): Buffer =>
  exifOf({
    make: marker,
    place: [50 + below(8), below(5)],
    at: `2026:0${1 + below(9)}:1${below(9)} 0${below(9)}:15:00`,
    turnedBy: one([1, 3, 6, 8, 5]),
  });
/** The TIFF part alone, as other formats keep it. */
const tiffHere = (hand: Hand): Buffer => exifHere(hand).subarray(10);

const smallZip = (): Buffer => {
  const name = latin('readme.html');
  const content = latin(`<html>${marker}</html>`);
  const local = Buffer.concat([
    latin('PK\x03\x04'),
    Buffer.alloc(10),
    u32le(crc32(content)),
    u32le(content.length),
    u32le(content.length),
    Buffer.of(name.length, 0, 0, 0),
    name,
    content,
  ]);
  const central = Buffer.concat([
    latin('PK\x01\x02'),
    Buffer.alloc(12),
    u32le(crc32(content)),
    u32le(content.length),
    u32le(content.length),
    Buffer.of(name.length, 0),
    Buffer.alloc(16),
    name,
  ]);
  return Buffer.concat([
    local,
    central,
    latin('PK\x05\x06'),
    Buffer.alloc(4),
    Buffer.of(1, 0, 1, 0),
    u32le(central.length),
    u32le(local.length),
    Buffer.of(0, 0),
  ]);
};

type Shape = (hand: Hand) => Buffer | Promise<Buffer>;

const jpeg: Shape = async (hand) => {
  const parts = [
    () => exifHere(hand),
    () => xmpOf(marker),
    () => iptcOf(marker),
    () => commentOf(marker),
    () => profileOf(marker),
    () => Buffer.concat([Buffer.of(0xff, 0xe5, 0, marker.length + 2), latin(marker)]),
  ];
  const chosen = parts.filter(() => hand.below(3) > 0);
  const made = withParts(
    await plainJpeg(16 + hand.below(200), 16 + hand.below(200)),
    ...(chosen.length > 0 ? chosen : parts).map((one) => one()),
  );
  // As some phones do: a second picture, or words, after the end.
  return hand.below(3) === 0 ? Buffer.concat([made, await plainJpeg(16, 16), latin(marker)]) : made;
};

export function pngOf(width: number, height: number, more: readonly Buffer[], lines = height): Buffer {
  const head = Buffer.concat([u32(width), u32(height), Buffer.of(8, 2, 0, 0, 0)]);
  const line = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, 120)]);
  const dots = deflateSync(Buffer.concat(Array.from({ length: Math.min(lines, 400) }, () => line)));
  return Buffer.concat([
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', dots),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const png: Shape = (hand) => {
  const parts = [
    () => chunk('tEXt', latin(`Author\0${marker}`)),
    () => chunk('zTXt', Buffer.concat([latin('Comment\0\0'), deflateSync(latin(marker))])),
    () =>
      chunk(
        'iTXt',
        latin(
          `XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="${marker}"/></rdf:RDF></x:xmpmeta>`,
        ),
      ),
    () => chunk('eXIf', tiffHere(hand)),
    () => chunk('tIME', Buffer.of(7, 234, 9, 17, 22, 10, 0)),
    () => chunk('iCCP', Buffer.concat([latin(`${marker}\0\0`), deflateSync(Buffer.alloc(200))])),
    () => chunk('prVt', latin(marker)),
  ];
  const made = pngOf(
    8 + hand.below(120),
    8 + hand.below(120),
    parts.filter(() => hand.below(3) > 0).map((one) => one()),
  );
  return hand.below(4) === 0 ? Buffer.concat([made, latin(marker)]) : made;
};

let plainWebp: Promise<Buffer> | undefined;
async function webpBase(): Promise<Buffer> {
  const { default: encode, init } = await import('@jsquash/webp/encode.js');
  const { readWasm: wasmOf } = await import('../../../../src/platform/files/cleaner/parts.ts');
  await init({
    wasmBinary: new Uint8Array(wasmOf('@jsquash/webp/codec/enc/webp_enc_simd.wasm', 'none')).buffer,
  } as never);
  const [width, height] = [40, 30];
  const data = new Uint8ClampedArray(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : at % 251));
  return Buffer.from(await encode({ data, width, height } as never));
}
const riff = (kind: string, content: Buffer): Buffer =>
  Buffer.concat([latin(kind), u32le(content.length), content, Buffer.alloc(content.length % 2)]);
const webp: Shape = async (hand) => {
  plainWebp ??= webpBase();
  const picture = (await plainWebp).subarray(12);
  const head = Buffer.concat([Buffer.of(0x0c, 0, 0, 0), Buffer.of(39, 0, 0, 29, 0, 0)]);
  const body = Buffer.concat([
    latin('WEBP'),
    riff('VP8X', head),
    picture,
    riff('EXIF', tiffHere(hand)),
    riff('XMP ', xmpOf(marker).subarray(4 + 29)),
    ...(hand.below(2) ? [riff('NOTE', latin(marker))] : []),
  ]);
  return Buffer.concat([latin('RIFF'), u32le(body.length), body]);
};

export function pdfOf(objects: readonly (string | Buffer)[], info = ''): Buffer {
  let made = latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const places = objects.map((object, index) => {
    const at = made.length;
    made = Buffer.concat([
      made,
      latin(`${index + 1} 0 obj\n`),
      typeof object === 'string' ? latin(object) : object,
      latin('\nendobj\n'),
    ]);
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.concat([
    made,
    latin(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${info} >>\nstartxref\n${made.length}\n%%EOF\n`,
    ),
  ]);
}
const stream = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([latin(`<< ${dictionary} /Length ${content.length} >>\nstream\n`), content, latin('\nendstream')]);

const pdf: Shape = async (hand) => {
  const picture = withParts(await plainJpeg(40, 40), exifHere(hand), commentOf(marker));
  const pages = 1 + hand.below(3);
  const first = 9;
  const kids = Array.from({ length: pages }, (_, index) => `${first + index} 0 R`).join(' ');
  return pdfOf(
    [
      `<< /Type /Catalog /Pages 2 0 R /Metadata 3 0 R /OpenAction 8 0 R /Names << /EmbeddedFiles << /Names [(${marker}) 7 0 R] >> >> >>`,
      `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
      stream('/Type /Metadata /Subtype /XML', xmpOf(marker).subarray(4 + 29)),
      stream(
        '/Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode',
        picture,
      ),
      stream('', latin('q 200 0 0 200 50 400 cm /Im0 Do Q')),
      stream('/Type /EmbeddedFile', latin(marker)),
      `<< /Type /Filespec /F (${marker}) /EF << /F 6 0 R >> >>`,
      `<< /S /JavaScript /JS (app.alert\\("${marker}"\\)) >>`,
      ...Array.from(
        { length: pages },
        () =>
          '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /XObject << /Im0 4 0 R >> >> /Contents 5 0 R >>',
      ),
      `<< /Author (${marker}) /Creator (${marker}) /CreationDate (D:20260917221000Z) >>`,
    ],
    `/Info ${first + pages} 0 R`,
  );
};

const sps = Buffer.from('6742c00ad9079e8400000300040000030050 3c489920'.replace(' ', ''), 'hex');
const pps = Buffer.from('68cb83cb20', 'hex');
const avc = Buffer.concat([
  Buffer.of(1, 0x42, 0xc0, 0x0a, 0xff, 0xe1, 0, sps.length),
  sps,
  Buffer.of(1, 0, pps.length),
  pps,
]);

async function film(kind: 'mp4' | 'webm', hand: Hand): Promise<Buffer> {
  const { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output, WebMOutputFormat } =
    await import('mediabunny');
  const target = new BufferTarget();
  const output = new Output({ format: kind === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const source = new EncodedVideoPacketSource(kind === 'mp4' ? 'avc' : 'vp8');
  output.addVideoTrack(source, { name: marker, languageCode: 'vie', frameRate: 25 });
  output.setMetadataTags({ title: marker, artist: marker, comment: marker, date: new Date('2026-09-17T22:10:00Z') });
  await output.start();
  const config = {
    codec: kind === 'mp4' ? 'avc1.42c00a' : 'vp8',
    codedWidth: 64,
    codedHeight: 48,
    ...(kind === 'mp4' && { description: avc }),
  };
  for (let frame = 0; frame < 5 + hand.below(20); frame += 1) {
    const picture =
      kind === 'mp4'
        ? Buffer.concat([u32(12), Buffer.of(0x65), Buffer.alloc(11, frame)])
        : Buffer.concat([Buffer.from('1002009d012a40003000', 'hex'), Buffer.alloc(20, frame)]);
    await source.add(new EncodedPacket(picture, 'key', frame / 25, 1 / 25), { decoderConfig: config } as never);
  }
  await output.finalize();
  const made = Buffer.from(target.buffer ?? new ArrayBuffer(0));
  if (kind === 'webm') return made;
  // Where phones write where they were.
  const where = latin('+51.7500-000.3400/');
  const box = (name: string, content: Buffer) => Buffer.concat([u32(content.length + 8), latin(name), content]);
  const place = box('udta', box('\xa9xyz', Buffer.concat([Buffer.of(0, where.length, 0x15, 0xc7), where])));
  return Buffer.concat([
    made,
    place,
    box(
      'uuid',
      Buffer.concat([Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), xmpOf(marker).subarray(4 + 29)]),
    ),
    box('free', latin(marker)),
  ]);
}

/** The expected result of a file: a clean copy, a refusal on arrival, a refusal by the cleaner, or any of these. */
export type Expected = 'copy' | 'refused at the door' | 'no copy' | 'any';
export type Case = { readonly what: string; readonly bytes: Buffer; readonly expected: Expected };

const right = {
  jpeg,
  png,
  webp,
  pdf,
  mp4: (hand: Hand) => film('mp4', hand),
  webm: (hand: Hand) => film('webm', hand),
} as const;
type Right = keyof typeof right;
const every = Object.keys(right) as Right[];

/** A picture that says that it is larger than any. */
const bombs: Readonly<Record<string, Shape>> = {
  'a JPEG of four thousand million dots': async () => {
    const made = Buffer.from(await plainJpeg());
    const at = made.indexOf(Buffer.of(0xff, 0xc0));
    made.writeUInt16BE(65_500, at + 5);
    made.writeUInt16BE(65_500, at + 7);
    return made;
  },
  'a PNG of nine hundred million dots': () => pngOf(30_000, 30_000, [], 1),
  'a PNG that unpacks to far more than it says': () => {
    const head = Buffer.concat([u32(64), u32(64), Buffer.of(8, 2, 0, 0, 0)]);
    const dots = deflateSync(Buffer.alloc(40_000_000), { level: 9 });
    return Buffer.concat([
      latin('\x89PNG\r\n\x1a\n'),
      chunk('IHDR', head),
      chunk('IDAT', dots),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  },
  'a PNG whose text unpacks without end': () =>
    pngOf(20, 20, [chunk('zTXt', Buffer.concat([latin('Comment\0\0'), deflateSync(Buffer.alloc(60_000_000))]))]),
  'a WebP of 268 million dots': () => {
    const body = Buffer.concat([
      latin('WEBP'),
      riff('VP8X', Buffer.concat([Buffer.of(0, 0, 0, 0), Buffer.of(0xfe, 0x3f, 0, 0xfe, 0x3f, 0)])),
      riff('VP8L', Buffer.alloc(40)),
    ]);
    return Buffer.concat([latin('RIFF'), u32le(body.length), body]);
  },
  'a PDF of four thousand pages': () =>
    pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${'3 0 R '.repeat(4_000)}] /Count 4000 >>`,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] >>',
    ]),
  'a PDF whose page draws itself for ever': () =>
    pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /XObject << /A 5 0 R >> >> /Contents 4 0 R >>',
      stream('', latin('/A Do '.repeat(2_000))),
      stream(
        '/Type /XObject /Subtype /Form /BBox [0 0 420 595] /Resources << /XObject << /A 6 0 R >> >>',
        latin('/A Do '.repeat(2_000)),
      ),
      stream('/Type /XObject /Subtype /Form /BBox [0 0 420 595]', latin('0 0 m 420 595 l 3 w S '.repeat(2_000))),
    ]),
};

const foreign: Readonly<Record<string, Shape>> = {
  'a drawing that runs': () =>
    latin('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'),
  'a page that runs': () => latin('<!DOCTYPE html><html><script>1</script></html>'),
  'a program': () => Buffer.concat([latin('MZ\x90\0\x03\0\0\0'), Buffer.alloc(400, 1)]),
  'a program of another kind': () => Buffer.concat([latin('\x7fELF\x02\x01\x01\0'), Buffer.alloc(400, 1)]),
  'a packed folder': smallZip,
  'a bomb of a packed folder': () =>
    Buffer.concat([smallZip().subarray(0, 60), deflateSync(Buffer.alloc(10_000_000)), smallZip()]),
  'a photo that is a packed folder too': async () => Buffer.concat([await plainJpeg(), smallZip()]),
  'a photo that is a page too': async () =>
    Buffer.concat([await plainJpeg(), latin(`<html><script>${marker}</script></html>`)]),
  'a photo that is a PDF too': async () => withParts(await plainJpeg(), commentOf('%PDF-1.4 1 0 obj')),
  'a PNG that is a packed folder too': () => Buffer.concat([pngOf(20, 20, []), smallZip()]),
  'a text that is a page': () => latin('Hello\n<script src=x></script>'),
  nothing: () => Buffer.alloc(0),
};

/** So many of each, and every one of them spoilt in another way. */
export async function* cases(hand: Hand, count: number): AsyncGenerator<Case> {
  for (const [what, make] of Object.entries(foreign))
    yield { what, bytes: await make(hand), expected: 'refused at the door' };
  for (const [what, make] of Object.entries(bombs)) yield { what, bytes: await make(hand), expected: 'any' };
  for (let number = 0; number < count; number += 1) {
    const kind = every[number % every.length] as Right;
    const whole = await right[kind](hand);
    if (Math.floor(number / every.length) % 3 === 0)
      yield { what: `${kind} with all that devices write`, bytes: whole, expected: 'copy' };
    else yield spoilt(kind, whole, hand);
  }
}

function spoilt(kind: Right, whole: Buffer, { below, one }: Hand): Case {
  const way = one(['cut off', 'bytes changed', 'a piece twice', 'a piece gone', 'lengths turned up']);
  const at = 12 + below(Math.max(1, whole.length - 12));
  const bytes = Buffer.from(whole);
  switch (way) {
    case 'cut off':
      return { what: `${kind} ${way}`, bytes: bytes.subarray(0, at), expected: 'any' };
    case 'bytes changed':
      for (let times = 1 + below(12); times > 0; times -= 1) bytes[12 + below(bytes.length - 12)] = below(256);
      return { what: `${kind} with ${way}`, bytes, expected: 'any' };
    case 'a piece twice':
      return {
        what: `${kind}, ${way}`,
        bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(400)))]),
        expected: 'any',
      };
    case 'a piece gone':
      return {
        what: `${kind}, ${way}`,
        bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(200))]),
        expected: 'any',
      };
    default:
      for (let times = 1 + below(4); times > 0; times -= 1)
        bytes.writeUInt16BE(0xffff, Math.min(bytes.length - 2, 12 + below(bytes.length - 12)));
      return { what: `${kind}, ${way}`, bytes, expected: 'any' };
  }
}
