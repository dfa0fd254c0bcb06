/** Marks as stored in the table: the first four bytes of each keyed digest, as a 32-bit integer. */
import { createHmac } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import {
  type PersonNames,
  type PersonQuery,
  requiredTermGroups,
  singlePartTerms,
  termsOfName,
  termsOfYear,
  yearTerms,
} from './search-terms.ts';

/** A name as a bit pattern, one bit for each mark of a single part. Counting the bits that two names share is fast. */
const bits = 256;
const buildPattern = (marks: readonly number[]): string => {
  const pattern = new Array<string>(bits).fill('0');
  for (const mark of marks) pattern[(mark >>> 0) % bits] = '1';
  return pattern.join('');
};

/** As a PostgreSQL array literal. */
export const toArrayLiteral = (marks: readonly number[]): string => `{${marks.join(',')}}`;

export type HashedTerms = { readonly marks: number[]; readonly likes: string; readonly born: number | null };

export class TermHasher {
  readonly #keys: readonly string[];
  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  /** Uses every key that the unit ever had, so that marks made under older keys are found too. */
  readonly of = (words: readonly string[]): number[] => [
    ...new Set(
      this.#keys.flatMap((key) => words.map((word) => createHmac('sha256', key).update(word).digest().readInt32BE(0))),
    ),
  ];

  readonly ofName = (name: string): { readonly apart: readonly number[]; readonly together: readonly number[] } => {
    const { apart, together } = termsOfName(name);
    return { apart: this.of(apart), together: this.of(together) };
  };

  /** The stored marks of a person. */
  keyed(person: PersonNames, ofName = this.ofName): HashedTerms {
    const names = [person.called, ...person.others].map(ofName);
    const single = names.flatMap(({ apart }) => apart);
    const { together, year } = termsOfYear(person);
    const [born = null] = this.of(year === null ? [] : [year]);
    const several = [...names.flatMap((name) => name.together), ...this.of(together)];
    const marks = [...new Set([...single, ...several, ...(born === null ? [] : [born])])];
    return { marks, likes: buildPattern(single), born };
  }

  /** The parameters of a search in the database. */
  sought(sought: PersonQuery) {
    const { exact, near } = yearTerms(sought.yearOfBirth);
    const [one = [], other = []] = requiredTermGroups(sought);
    return {
      one: toArrayLiteral(this.of(one)),
      other: toArrayLiteral(this.of(other)),
      likes: buildPattern(this.of(singlePartTerms(sought))),
      exact: toArrayLiteral(this.of(exact)),
      near: toArrayLiteral(this.of(near)),
    };
  }
}

const use = 'person search';
export const createWriteHasher = (keys: UnitKeys): TermHasher => new TermHasher([keys.derive(use)]);
export const createSearchHasher = (keys: UnitKeys): TermHasher => new TermHasher(keys.deriveEach(use));
