/** A page packed ahead of its readers, of which only the last words differ: they follow the packed part as they are, so that an answer costs no packing. */
import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, constants, crc32, deflateRawSync } from 'node:zlib';

export type ContentEncoding = 'br' | 'gzip' | 'identity';

const encodingPatterns = {
  br: /\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/,
  gzip: /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/,
};

export const encodingFor = ({ headers }: Pick<IncomingMessage, 'headers'>): ContentEncoding =>
  (['br', 'gzip'] as const).find((packing) => encodingPatterns[packing].test(headers['accept-encoding'] ?? '')) ??
  'identity';

/** The first part, packed up to the edge of a byte, and what its packing must know when the last words come. */
export class PrecompressedPage {
  readonly #first: Buffer;
  readonly #br: Buffer;
  readonly #deflated: Buffer;
  readonly #crc: number;

  constructor(first: Buffer, br: Buffer) {
    this.#first = first;
    this.#br = br;
    this.#deflated = deflateRawSync(this.#first, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
    this.#crc = crc32(this.#first);
  }

  /** At most 65,535 bytes of last words. */
  with(last: string, packing: ContentEncoding): Buffer {
    const words = Buffer.from(last);
    if (packing === 'identity') return Buffer.concat([this.#first, words]);
    if (packing === 'br') return Buffer.concat([this.#br, brotliHead(words.length), words, brotliEnd]);
    return Buffer.concat([gzipHead, this.#deflated, storedHead(words.length), words, this.#trailer(words)]);
  }

  #trailer(words: Buffer): Buffer {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(words, this.#crc));
    trailer.writeUInt32LE(this.#first.length + words.length, 4);
    return trailer;
  }
}

/** By their text: the best packing takes a tenth of a second, and a process meets the same few pages again. */
const packed = new Map<string, PrecompressedPage>();
const mostKept = 8;

/** Takes the part of a page that is the same for everybody, and gives it packed. */
export function precompressPage(first: string): PrecompressedPage {
  const known = packed.get(first);
  if (known) return known;
  const bytes = Buffer.from(first);
  const page = new PrecompressedPage(bytes, compressPrefix(bytes));
  if (packed.size >= mostKept) packed.clear();
  packed.set(first, page);
  return page;
}

/** Brotli that ends on a byte and may go on (RFC 7932): everything flushed, nothing ended. */
const compressPrefix = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, {
    finishFlush: constants.BROTLI_OPERATION_FLUSH,
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

/** A block that is not packed: not the last (0), its length in four half-bytes (00), length less one, not packed (1). */
const brotliHead = (length: number): Buffer => {
  const bits = ((length - 1) << 3) | (1 << 19);
  return Buffer.of(bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff);
};
/** The last block, empty. */
const brotliEnd = Buffer.of(0b11);

/** Gzip without name and time (RFC 1952). */
const gzipHead = Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255);
/** The last block of a deflated stream, stored as it is (RFC 1951). */
const storedHead = (length: number): Buffer =>
  Buffer.of(1, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
