/** JPEG in and out, by libjpeg-turbo: dots alone go from the one to the other. */

import type { Codec, Frame } from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import turbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import { CannotClean, readWasm } from './parts.ts';

const quality = 88;
/** So many are read; more, of a picture that has no business to be so large, are not. */
const mostRead = 25_000_000;
/** So many are kept, that reading and writing fit the memory there is; of a larger picture every second or third in each direction. */
const mostKept = 12_600_000;
/** One that comes in layers is held whole, and again, while it is put together. */
const mostKeptLayered = 6_500_000;
const mostReadLayered = 14_000_000;

let loading: Promise<Codec> | undefined;
const codec = (): Promise<Codec> => {
  loading ??= turbo({
    wasmBinary: readWasm('@cornerstonejs/codec-libjpeg-turbo-8bit/wasm', 'libjpegturbowasm.wasm'),
    print: () => {},
    printErr: () => {},
  });
  return loading;
};

type ImageHeader = {
  readonly width: number;
  readonly height: number;
  readonly layered: boolean;
  readonly turnedBy: number;
};

/** The size and orientation that the file claims, read before anything is decoded. */
export function readHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let turnedBy = 1;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) throw new CannotClean('damaged');
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { width, height, layered: marker === 0xc2, turnedBy };
    } else if (marker === 0xd9 || marker === 0xda) break;
    else if (marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const length = view.getUint16(at + 2);
      if (marker === 0xe1) turnedBy = orientationIn(bytes.subarray(at + 4, at + 2 + length)) ?? turnedBy;
      at += 2 + length;
    }
  }
  throw new CannotClean('damaged');
}

/** Of all the metadata a camera writes, only the orientation is needed. */
function orientationIn(app: Uint8Array): number | undefined {
  if (app.length < 20 || Buffer.from(app.subarray(0, 6)).toString('latin1') !== 'Exif\0\0') return undefined;
  const tiff = new DataView(app.buffer, app.byteOffset + 6, app.byteLength - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  if (first + 2 > tiff.byteLength) return undefined;
  const count = tiff.getUint16(first, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + 12 * entry;
    if (at + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(at, little) !== 0x0112) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** The same picture, upright, as a JPEG of at most `mostDots` that says nothing else. */
export async function reencodeJpeg(bytes: Uint8Array, mostDots = mostKept): Promise<Buffer> {
  const { width, height, layered, turnedBy } = readHeader(bytes);
  const dots = width * height;
  if (dots === 0) throw new CannotClean('damaged');
  if (dots > (layered ? mostReadLayered : mostRead)) throw new CannotClean('too large unpacked');
  const { JPEGDecoder } = await codec();
  const decoder = new JPEGDecoder();
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  const frame = decoder.getFrameInfo();
  if (frame.width !== width || frame.height !== height || ![1, 3].includes(frame.componentCount))
    throw new CannotClean('damaged');
  const step = Math.ceil(Math.sqrt(dots / Math.min(mostDots, layered ? mostKeptLayered : mostKept)));
  const written = await encodeJpeg(frame.componentCount, outputSize(frame, step, turnedBy), (into) =>
    // Asked for again: the memory may have moved when more was needed.
    copyPixels(decoder.getDecodedBuffer(), frame, { into, step, turnedBy }),
  );
  decoder.delete();
  return written;
}

type Size = { readonly width: number; readonly height: number };

function outputSize({ width, height }: Size, step: number, turnedBy: number): Size {
  const [across, down] = [Math.floor(width / step), Math.floor(height / step)];
  return turnedBy >= 5 ? { width: down, height: across } : { width: across, height: down };
}

/** Copies dots to where they belong in an upright picture, of blocks of `step` the mean. */
function copyPixels(
  from: Uint8Array,
  frame: Frame,
  { into, step, turnedBy }: { readonly into: Uint8Array; readonly step: number; readonly turnedBy: number },
): void {
  const { width, componentCount: deep } = frame;
  if (step === 1 && turnedBy === 1) {
    into.set(from.subarray(0, into.length));
    return;
  }
  const [across, down] = [Math.floor(width / step), Math.floor(frame.height / step)];
  const { first, perX, perY } = pixelPlacement(turnedBy, across, down);
  const area = step * step;
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      const to = (first + x * perX + y * perY) * deep;
      for (let colour = 0; colour < deep; colour += 1) {
        let sum = 0;
        for (let dy = 0; dy < step; dy += 1)
          for (let dx = 0; dx < step; dx += 1)
            sum += from[((y * step + dy) * width + x * step + dx) * deep + colour] ?? 0;
        into[to + colour] = sum / area;
      }
    }
}

type PixelPlacement = { readonly first: number; readonly perX: number; readonly perY: number };

/** The eight ways in which a camera may have been held: where the first dot goes, and each next one across and down. */
function pixelPlacement(turnedBy: number, across: number, down: number): PixelPlacement {
  const last = across * down - 1;
  const ways: readonly PixelPlacement[] = [
    { first: 0, perX: 1, perY: across },
    { first: across - 1, perX: -1, perY: across },
    { first: last, perX: -1, perY: -across },
    { first: last - (across - 1), perX: 1, perY: -across },
    { first: 0, perX: down, perY: 1 },
    { first: down - 1, perX: down, perY: -1 },
    { first: last, perX: -down, perY: -1 },
    { first: last - (down - 1), perX: -down, perY: 1 },
  ];
  return ways[turnedBy - 1] ?? { first: 0, perX: 1, perY: across };
}

/** A JPEG of what `fill` puts into its dots, one byte a colour. */
export async function encodeJpeg(
  deep: number,
  { width, height }: Size,
  fill: (into: Uint8Array) => void,
): Promise<Buffer> {
  const { JPEGEncoder } = await codec();
  const encoder = new JPEGEncoder();
  const frame: Frame = { width, height, bitsPerSample: 8, componentCount: deep, isSigned: false };
  fill(encoder.getDecodedBuffer(frame));
  encoder.setQuality(quality);
  encoder.setProgressive(false);
  encoder.encode();
  const written = Buffer.from(encoder.getEncodedBuffer());
  encoder.delete();
  return written;
}
