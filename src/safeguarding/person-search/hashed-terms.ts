/** Marks as stored in the table: the first four bytes of each keyed digest, as a 32-bit integer. */
import { createHmac } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { apartOf, askedFor, marksOfName, marksOfYear, type Names, type Sought, yearMarks } from './search-terms.ts';

/** A name as a bit pattern, one bit for each mark of a single part. Counting the bits that two names share is fast. */
const bits = 256;
const patternOf = (marks: readonly number[]): string => {
  const pattern = new Array<string>(bits).fill('0');
  for (const mark of marks) pattern[(mark >>> 0) % bits] = '1';
  return pattern.join('');
};

/** As a PostgreSQL array literal. */
export const listed = (marks: readonly number[]): string => `{${marks.join(',')}}`;

export type Keyed = { readonly marks: number[]; readonly likes: string; readonly born: number | null };

export class Marker {
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
    const { apart, together } = marksOfName(name);
    return { apart: this.of(apart), together: this.of(together) };
  };

  /** The stored marks of a person. */
  keyed(person: Names, ofName = this.ofName): Keyed {
    const names = [person.called, ...person.others].map(ofName);
    const single = names.flatMap(({ apart }) => apart);
    const { together, year } = marksOfYear(person);
    const [born = null] = this.of(year === null ? [] : [year]);
    const several = [...names.flatMap((name) => name.together), ...this.of(together)];
    const marks = [...new Set([...single, ...several, ...(born === null ? [] : [born])])];
    return { marks, likes: patternOf(single), born };
  }

  /** The parameters of a search in the database. */
  sought(sought: Sought) {
    const { exact, near } = yearMarks(sought.yearOfBirth);
    const [one = [], other = []] = askedFor(sought);
    return {
      one: listed(this.of(one)),
      other: listed(this.of(other)),
      likes: patternOf(this.of(apartOf(sought))),
      exact: listed(this.of(exact)),
      near: listed(this.of(near)),
    };
  }
}

const use = 'person search';
export const writtenBy = (keys: UnitKeys): Marker => new Marker([keys.derive(use)]);
export const soughtBy = (keys: UnitKeys): Marker => new Marker(keys.deriveEach(use));
