/**
 * What a reader of published tables knows, written apart from the protector: for each published number between which
 * whole numbers the count must lie, by the published rule. A case is one fact with the first release that counts it.
 */
import { type CellCodes, type CellKey, getCellKey } from '../declaration.ts';
import { fewer, type Method, type PublishedTables, type Shown, withheld } from '../published.ts';

/** A case as the auditor is given it: its codes, from which release on it is counted, before which it no longer is, and whose record it is. */
export type Case = {
  readonly of: CellCodes;
  /** Position of the first release that counts it. */
  readonly from: number;
  /** Position of the first release that no longer counts it; null while it is counted. */
  readonly until: number | null;
  readonly agency: string | null;
  /** Whom the fact is of, where one person can be counted several times. Without it each fact is of another person. */
  readonly unit?: string;
};

/** A number known from elsewhere, such as a national table or the prose of a release: at least and at most so many in a cell. */
export type KnownNumber = {
  readonly of: CellCodes;
  readonly release: number;
  readonly least: number;
  readonly most: number;
};

/** One thing that is known of a sum of cases. */
export type Observation = {
  readonly release: number;
  readonly key: CellKey;
  readonly of: CellCodes;
  readonly least: number;
  readonly most: number;
  /** The number as it is shown, 0 for "fewer than 5"; null if none is. */
  readonly shown: number | null;
  /** Its count itself is to be protected. False for a number that was known exactly before. */
  readonly isProtected: boolean;
};

type Range = readonly [least: number, most: number];
const anything: Range = [0, Number.POSITIVE_INFINITY];

/** Which counts can be behind a number rounded by the published rule. A whole that is shown as a number is 5 or more. */
function readRounded(shown: number, extraStep: boolean, isWhole: boolean): Range {
  if (shown % 5 !== 0 || shown < 5) throw new Error(`${shown} is no number of a rounded table.`);
  const least = isWhole ? 5 : 0;
  if (!extraStep) return shown === 5 ? [least, 9] : [shown - 4, shown + 4];
  return shown === 5 ? [least, 14] : [Math.max(5, shown - 9), shown + 9];
}

/** Which counts can be behind what is shown. */
export function readShown(shown: Shown, method: Method, isWhole: boolean): Range {
  if (shown === withheld) return anything;
  if (method.kind === 'suppressed') return shown === fewer ? [0, 4] : [shown, shown];
  return shown === fewer ? [0, 4] : readRounded(shown, method.extraStep, isWhole);
}

/** Codes of a cell key. */
const readKey = (key: CellKey): CellCodes => Object.fromEntries(JSON.parse(key) as [string, string][]);

/** All that is known: every cell of every release, oldest first, and the numbers from elsewhere. */
export function listObservations(
  releases: readonly PublishedTables[],
  elsewhere: readonly KnownNumber[],
): Observation[] {
  const exactly = new Set(
    elsewhere.filter(({ least, most }) => least === most).map(({ of, release }) => `${release} ${getCellKey(of)}`),
  );
  const published = releases.flatMap(({ cells, method }, release) =>
    cells.map(({ key, shown }): Observation => {
      const of = readKey(key);
      const [least, most] = readShown(shown, method, Object.keys(of).length === 0);
      // Suppressed tables show exact counts on purpose.
      const isOpen = method.kind === 'suppressed' && typeof shown === 'number';
      return {
        release,
        key,
        of,
        least,
        most,
        shown: shown === withheld ? null : shown === fewer ? 0 : shown,
        isProtected: !isOpen && !exactly.has(`${release} ${key}`),
      };
    }),
  );
  const known = elsewhere.map(
    (number): Observation => ({
      ...number,
      key: getCellKey(number.of),
      shown: null,
      isProtected: false,
    }),
  );
  return [...published, ...known];
}
