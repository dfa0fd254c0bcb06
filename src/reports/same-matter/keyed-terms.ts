/** Terms as stored: the first four bytes of a keyed digest, as a 32-bit integer, so that the database learns no address or number from them. */
import { createHmac } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { MatterTerm } from './matter-terms.ts';

const use = 'reports about the same matter';

const digest = (key: string, agencyId: string, term: string): number =>
  createHmac('sha256', key).update(`${agencyId} ${term}`).digest().readInt32BE(0);

/** Under the present key, to be stored. Two agencies store the same term differently. */
export const termsToStore = (keys: UnitKeys, agencyId: string, terms: readonly MatterTerm[]): readonly number[] => {
  const key = keys.derive(use);
  return [...new Set(terms.map(({ term }) => digest(key, agencyId, term)))];
};

/** Each stored form, under every key that the unit ever had, with its term: to find what was stored before. */
export const termsToFind = (
  keys: UnitKeys,
  agencyId: string,
  terms: readonly MatterTerm[],
): ReadonlyMap<number, MatterTerm> =>
  new Map(keys.deriveEach(use).flatMap((key) => terms.map((one) => [digest(key, agencyId, one.term), one] as const)));
