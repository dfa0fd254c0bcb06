/** Terms as stored: the first four bytes of a keyed digest, as a 32-bit integer, so that the database learns no word from them. */
import { createHmac } from 'node:crypto';

/** Distinct digests of these terms under each of these keys. */
export const digestTerms = (keys: readonly string[], terms: readonly string[]): number[] => [
  ...new Set(
    keys.flatMap((key) => terms.map((term) => createHmac('sha256', key).update(term).digest().readInt32BE(0))),
  ),
];
