/** Turns words into tokens under a key that one comparison makes and drops: two tokens are equal where two words are, and neither word can be read from them. */
import { hash, randomBytes } from 'node:crypto';

/** A token of some words; the kind keeps, say, a sound apart from a spelling. */
export type Keying = (kind: string, words: string) => string;

const [blockSize, digestSize] = [64, 32];

/** HMAC with SHA-256 (RFC 2104), written out because a text takes ten thousands of them, and an object for each is six times as slow. */
export function makeKeying(key: Buffer = randomBytes(digestSize)): Keying {
  if (key.length > blockSize) throw new RangeError('a key of tokens has at most 64 bytes');
  const padded = (filler: number): Buffer =>
    Buffer.from(Uint8Array.from({ length: blockSize }, (_, at) => (key[at] ?? 0) ^ filler));
  const inner = padded(0x36);
  const outer = Buffer.concat([padded(0x5c), Buffer.alloc(digestSize)]);
  return (kind, words) => {
    const said = Buffer.concat([inner, Buffer.from(`${kind}:${words}`)]);
    hash('sha256', said, 'buffer').copy(outer, blockSize);
    return hash('sha256', outer, 'base64url');
  };
}
