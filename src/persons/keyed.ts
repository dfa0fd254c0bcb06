/** Marks as they lie in the table: of each keyed digest three bytes, so that several words share a mark and none proves a name. */
import { createHmac } from 'node:crypto';
import type { UnitKeys } from '../platform/crypto.ts';
import { apartOf, askedFor, marksOf, type Names, type Sought, yearMarks } from './marks.ts';

/** A name as a pattern of so many bits, one for each mark of a single part: how many two share is counted in an instant. */
const bits = 256;
const patternOf = (marks: readonly number[]): string => {
  const pattern = new Array<string>(bits).fill('0');
  for (const mark of marks) pattern[mark % bits] = '1';
  return pattern.join('');
};

/** As the database takes them. */
export const listed = (marks: readonly number[]): string => `{${marks.join(',')}}`;

export type Keyed = { readonly marks: number[]; readonly likes: string; readonly born: number | null };

export class Marker {
  readonly #keys: readonly string[];
  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  /** Under every key that was ever the unit's: what was marked before the present one is found too. */
  readonly of = (words: readonly string[]): number[] => [
    ...new Set(
      this.#keys.flatMap((key) =>
        words.map((word) => createHmac('sha256', key).update(word).digest().readUIntBE(0, 3)),
      ),
    ),
  ];

  /** What is stored of a person. */
  keyed(names: Names, of: (words: readonly string[]) => number[] = this.of): Keyed {
    const { apart, together, year } = marksOf(names);
    const [single, [born = null]] = [of(apart), of(year === null ? [] : [year])];
    const marks = [...new Set([...single, ...this.of(together), ...(born === null ? [] : [born])])];
    return { marks, likes: patternOf(single), born };
  }

  /** What a search hands to the database. */
  sought(sought: Sought) {
    const { exact, near } = yearMarks(sought.yearOfBirth);
    return {
      asked: JSON.stringify(askedFor(sought).map(({ weight, groups }) => [weight, ...groups.map(this.of)])),
      likes: patternOf(this.of(apartOf(sought))),
      exact: listed(this.of(exact)),
      near: listed(this.of(near)),
    };
  }
}

const use = 'person search';
export const writtenBy = (keys: UnitKeys): Marker => new Marker([keys.derive(use)]);
export const soughtBy = (keys: UnitKeys): Marker => new Marker(keys.deriveEach(use));
