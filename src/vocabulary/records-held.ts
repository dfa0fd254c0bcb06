/** The information held on a person, as parts and lines of the answer to their request. Lines about somebody else are marked. */
import { wordsOfAll } from './value-words.ts';

export const thirdParties = ['a member', 'another person', 'an agency’s own remark'] as const;
export type ThirdParty = (typeof thirdParties)[number];

export type Line = {
  /** The same for the same thing each time: a mark is kept by it. */
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly third?: ThirdParty;
  /** Names of other people in its text. */
  readonly names?: readonly NameMark[];
};
/** Somebody else's name in a line: the character ranges where it occurs. */
export type NameMark = {
  readonly key: string;
  readonly third: ThirdParty;
  readonly at: readonly (readonly [from: number, to: number])[];
};
export type Part = { readonly title: string; readonly lines: readonly Line[] };

/** Which column is shown under which label; marked where its text may concern somebody else. */
export type ShownColumn = readonly [column: string, label: string, third?: ThirdParty | undefined];

const formatValue = (value: unknown): string => {
  if (value instanceof Date)
    return value
      .toISOString()
      .replace(/:\d\d\.\d+Z$/, ' UTC')
      .replace('T', ' ');
  if (Array.isArray(value)) return wordsOfAll(value.map(String)).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
};

/** Columns that hold one value of a list, and never free text. */
const ofList = ['purpose', 'interpreted', 'item'];

/** The lines of one row: what is empty says nothing. */
export const createLines = (of: string, row: Readonly<Record<string, unknown>>, told: readonly ShownColumn[]): Line[] =>
  told.flatMap(([column, label, third]) => {
    const value = row[column];
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return [];
    return [
      {
        key: `${of}/${column}`,
        label,
        text: formatValue(ofList.includes(column) ? [value].flat() : value),
        ...(third && { third }),
      },
    ];
  });

/** An agency’s part of an answer, by the ids of records that are about the person. */
export type ListRecordsHeld<Db, Keys> = (db: Db, keys: Keys, about: readonly string[]) => Promise<Part[]>;
