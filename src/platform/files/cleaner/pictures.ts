/** Writes PNG and WebP again from their pixels, so that nothing else of the file is copied. */

import { encodeJpeg } from './jpeg.ts';
import { CannotClean, type Pixels, readWasm } from './parts.ts';

const mostDots = 8_400_000;
/** What is larger is kept as a JPEG: a second PNG of it would not fit the memory there is. */
const mostDotsOfPng = 4_200_000;

/** The decoders make one of these, which a browser would have. */
(globalThis as { ImageData?: unknown }).ImageData ??= class {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
};

const refuseSize = (width: number, height: number): void => {
  if (width === 0 || height === 0) throw new CannotClean('damaged');
  if (width * height > mostDots) throw new CannotClean('too large unpacked');
};

type ReencodedImage = { readonly type: 'image/jpeg' | 'image/png'; readonly bytes: Buffer };

/** With `smaller` it becomes a JPEG of at most so many dots. */
export async function reencodePng(bytes: Uint8Array, smaller?: number): Promise<ReencodedImage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new CannotClean('damaged');
  refuseSize(view.getUint32(16), view.getUint32(20));
  const [{ default: decode, init }, { default: encode, init: alsoInit }] = await Promise.all([
    import('@jsquash/png/decode.js'),
    import('@jsquash/png/encode.js'),
  ]);
  const machine = readWasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm', 'squoosh_png_bg.wasm');
  await init(machine);
  await alsoInit(machine);
  const dots = await decode(toArrayBuffer(bytes));
  if (smaller !== undefined || dots.width * dots.height > mostDotsOfPng)
    return { type: 'image/jpeg', bytes: await asJpeg(dots, smaller) };
  return { type: 'image/png', bytes: Buffer.from(await encode(dots)) };
}

export async function encodePng({ width, height, data }: Pixels): Promise<Buffer> {
  const { default: encode, init } = await import('@jsquash/png/encode.js');
  await init(readWasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm', 'squoosh_png_bg.wasm'));
  const dots = { data: new Uint8ClampedArray(data), width, height } as Parameters<typeof encode>[0];
  return Buffer.from(await encode(dots));
}

export async function reencodeWebp(bytes: Uint8Array, smaller?: number): Promise<ReencodedImage> {
  refuseSize(...readWebpSize(bytes));
  const { default: decode, init } = await import('@jsquash/webp/decode.js');
  await init({ wasmBinary: toArrayBuffer(readWasm('@jsquash/webp/codec/dec/webp_dec.wasm', 'webp_dec.wasm')) });
  return { type: 'image/jpeg', bytes: await asJpeg(await decode(toArrayBuffer(bytes)), smaller) };
}

/** By its first part: lossy, lossless or extended. */
function readWebpSize(bytes: Uint8Array): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) throw new CannotClean('damaged');
  const part = Buffer.from(bytes.subarray(12, 16)).toString('latin1');
  if (part === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (part === 'VP8L') {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  if (part === 'VP8X')
    return [(view.getUint32(24, true) & 0xff_ffff) + 1, ((view.getUint32(26, true) >>> 8) & 0xff_ffff) + 1];
  throw new CannotClean('damaged');
}

/** Transparent pixels are put on white. Of more than `mostDots`, each dot is the mean of a block. */
function asJpeg({ width, height, data }: Pixels, mostDots = Infinity): Promise<Buffer> {
  const step = Math.ceil(Math.sqrt((width * height) / mostDots)) || 1;
  const [across, down] = [Math.floor(width / step), Math.floor(height / step)];
  const solidAt = (from: number, colour: number): number => {
    const solid = (data[from + 3] ?? 255) / 255;
    return (data[from + colour] ?? 0) * solid + 255 * (1 - solid);
  };
  return encodeJpeg(3, { width: across, height: down }, (into) => {
    for (let y = 0, to = 0; y < down; y += 1)
      for (let x = 0; x < across; x += 1, to += 3)
        for (let colour = 0; colour < 3; colour += 1) {
          let sum = 0;
          for (let dy = 0; dy < step; dy += 1)
            for (let dx = 0; dx < step; dx += 1) sum += solidAt(4 * ((y * step + dy) * width + x * step + dx), colour);
          into[to + colour] = sum / (step * step);
        }
  });
}

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
