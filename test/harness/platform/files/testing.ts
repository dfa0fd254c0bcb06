/** Files for tests: pictures that carry what cameras write into them. */
import turbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import { wasmOf } from '../../../../src/platform/files/cleaner/parts.ts';

/** A small picture in two colours, upper left red. */
export async function plainJpeg(width = 64, height = 48): Promise<Buffer> {
  const { JPEGEncoder } = await turbo({
    wasmBinary: wasmOf('@cornerstonejs/codec-libjpeg-turbo-8bit/wasm', 'libjpegturbowasm.wasm'),
    print: () => {},
    printErr: () => {},
  });
  const encoder = new JPEGEncoder();
  const dots = encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 3, isSigned: false });
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      dots.set(x < width / 2 && y < height / 2 ? [230, 20, 20] : [20, 20, 230], (y * width + x) * 3);
  encoder.setQuality(90);
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer());
}

const part = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

export const withParts = (jpeg: Buffer, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)]);

type Entry = { readonly tag: number; readonly type: number; readonly count: number; readonly value: Buffer };
const text = (tag: number, words: string): Entry => ({
  tag,
  type: 2,
  count: words.length + 1,
  value: Buffer.from(`${words}\0`),
});
const fractions = (tag: number, ...all: readonly number[]): Entry => ({
  tag,
  type: 5,
  count: all.length,
  value: Buffer.concat(
    all.map((one) => {
      const pair = Buffer.alloc(8);
      pair.writeUInt32BE(Math.round(one * 1_000), 0);
      pair.writeUInt32BE(1_000, 4);
      return pair;
    }),
  ),
});
const short = (tag: number, value: number): Entry => ({
  tag,
  type: 3,
  count: 1,
  value: Buffer.of(value >> 8, value & 255, 0, 0),
});
const long = (tag: number, value: number): Entry => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return { tag, type: 4, count: 1, value: bytes };
};

function directory(entries: readonly Entry[], at: number): Buffer {
  const head = Buffer.alloc(2 + 12 * entries.length + 4);
  head.writeUInt16BE(entries.length, 0);
  let more = Buffer.alloc(0);
  for (const [index, { tag, type, count, value }] of entries.entries()) {
    const place = 2 + 12 * index;
    head.writeUInt16BE(tag, place);
    head.writeUInt16BE(type, place + 2);
    head.writeUInt32BE(count, place + 4);
    if (value.length <= 4) value.copy(head, place + 8);
    else {
      head.writeUInt32BE(at + head.length + more.length, place + 8);
      more = Buffer.concat([more, value]);
    }
  }
  return Buffer.concat([head, more]);
}

export type Camera = {
  readonly make: string;
  readonly place: readonly [number, number];
  readonly at: string;
  readonly turnedBy?: number;
};

/** As a camera writes it: who made it, when, which way up, and where. */
export function exifOf({ make, place: [north, west], at, turnedBy = 1 }: Camera): Buffer {
  const degrees = (value: number) => [Math.floor(value), Math.floor((value % 1) * 60), ((value * 60) % 1) * 60];
  const gps = [
    text(1, 'N'),
    fractions(2, ...degrees(north)),
    text(3, 'W'),
    fractions(4, ...degrees(west)),
    text(29, at.slice(0, 10)),
  ];
  const main = (gpsAt: number) =>
    directory(
      [
        text(0x010f, make),
        short(0x0112, turnedBy),
        text(0x0132, at),
        text(0x013b, 'Ira Invented'),
        long(0x8825, gpsAt),
      ],
      8,
    );
  const gpsAt = 8 + main(0).length;
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'), main(gpsAt), directory(gps, gpsAt)]);
  return part(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

export const xmpOf = (words: string): Buffer =>
  part(
    0xe1,
    Buffer.from(
      `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="${words}"><dc:creator><rdf:Seq><rdf:li>${words}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`,
      'latin1',
    ),
  );

export const iptcOf = (words: string): Buffer => {
  const field = Buffer.concat([Buffer.of(0x1c, 2, 90, 0, words.length), Buffer.from(words, 'latin1')]);
  const even = field.length % 2 === 0 ? field : Buffer.concat([field, Buffer.of(0)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(field.length);
  return part(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0', 'latin1'), size, even]));
};

export const commentOf = (words: string): Buffer => part(0xfe, Buffer.from(words, 'latin1'));
/** A profile of colours is a text too. */
export const profileOf = (words: string): Buffer =>
  part(
    0xe2,
    Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(128), Buffer.from(words, 'latin1')]),
  );
