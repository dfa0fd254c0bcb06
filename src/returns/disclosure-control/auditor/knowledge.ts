/**
 * What a reader of published tables knows, written apart from the protector: for each published number between which
 * whole numbers the count must lie, by the published rule. A case is one fact with the first release that counts it.
 */
import { type CellCodes, type CellKey, type Declaration, getCellKey } from '../declaration.ts';
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

/**
 * A number known from elsewhere, such as a national table, the prose of a release, or the exact count of a population that
 * this one is a part of: at least and at most so many in a cell.
 */
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
  /** Which counts the numbers from elsewhere leave by themselves: no table can leave more. */
  readonly before: Range;
};

export type Range = readonly [least: number, most: number];
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

/** A cell has no more than any cell around it, and no fewer than any cell inside it. */
function createFinder({ dimensions }: Declaration, elsewhere: readonly KnownNumber[]): (of: CellCodes) => Range {
  const parents = new Map(
    dimensions.map(({ name, codes }) => [name, new Map(codes.map(({ code, parent }) => [code, parent]))]),
  );
  const isUnder = (name: string, code: string | undefined, above: string): boolean => {
    for (let at: string | null | undefined = code; at != null; at = parents.get(name)?.get(at))
      if (at === above) return true;
    return false;
  };
  const isInside = (one: CellCodes, around: CellCodes): boolean =>
    Object.entries(around).every(([name, code]) => isUnder(name, one[name], code));
  return (of) => [
    Math.max(0, ...elsewhere.filter((known) => isInside(known.of, of)).map(({ least }) => least)),
    Math.min(Number.POSITIVE_INFINITY, ...elsewhere.filter((known) => isInside(of, known.of)).map(({ most }) => most)),
  ];
}

/** All that is known: every cell of every release, oldest first, and the numbers from elsewhere. */
export function listObservations(
  releases: readonly PublishedTables[],
  elsewhere: readonly KnownNumber[],
): Observation[] {
  const exactly = new Set(
    elsewhere.filter(({ least, most }) => least === most).map(({ of, release }) => `${release} ${getCellKey(of)}`),
  );
  const published = releases.flatMap(({ declaration, cells, method }, release) => {
    const findBefore = createFinder(
      declaration,
      elsewhere.filter((known) => known.release === release),
    );
    return cells.map(({ key, shown }): Observation => {
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
        before: findBefore(of),
      };
    });
  });
  const known = elsewhere.map(
    (number): Observation => ({
      ...number,
      key: getCellKey(number.of),
      shown: null,
      isProtected: false,
      before: [number.least, number.most],
    }),
  );
  return [...published, ...known];
}
