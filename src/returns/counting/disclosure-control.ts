/**
 * What leaves the safeguarding database of a count. Applied once, when an operation is counted: every table of people
 * helped is rounded, attacked by the auditor together with all that was shown before, and shown only if nothing is found.
 * Neither exact numbers nor references of records reach the main database.
 */
import {
  type Breakdown,
  type Cell,
  disclosureThreshold,
  type Figure,
  fewerThanFive,
  type Indicator,
  isSafeguarding,
  type Quantity,
} from '../../vocabulary/figures.ts';
import {
  type CellCodes,
  fewer,
  getCellKey,
  layOut,
  type Protection,
  type PublishedTables,
  protect,
  type Shown,
  withheld,
} from '../disclosure-control/index.ts';
import { type CountedAlike, countAlike, toCases } from './case-history.ts';
import type { Check } from './checks.ts';
import type { Counted, RecordKind, Records } from './counting.ts';
import {
  type Around,
  type DeclaredTables,
  declareTables,
  type Place,
  type Population,
  populations,
} from './declared-tables.ts';
import {
  checkAround,
  countAround,
  type Exactness,
  findExactness,
  leastExact,
  limitSpokenTo,
  listKnown,
  spokenTo,
} from './exact-beside.ts';
import { certify, type ProtectedPopulation } from './protected-population.ts';

/** Records of the safeguarding database: no reference to one is kept with a return. */
export const safeguardingRecords: readonly RecordKind[] = ['fact', 'referral'];

/** A release of one population as the safeguarding database keeps it. */
export type KeptRelease = {
  readonly population: string;
  readonly release: number;
  readonly tables: PublishedTables;
  readonly cases: readonly CountedAlike[];
  readonly countedAt: Date;
};
export type NewRelease = Omit<KeptRelease, 'countedAt'>;

export type ProtectedCount = {
  readonly counted: Counted;
  readonly populations: readonly ProtectedPopulation[];
  /** What the safeguarding database keeps before anything is shown. */
  readonly releases: readonly NewRelease[];
  /** Of figures of people helped beside the counts around them. */
  readonly checks: readonly Check[];
};

/** Time for each question to the solver: an analyst waits for the answer. */
const solverSeconds = 5;

/** Every cell is left out: fewer than five people stand behind the facts. */
const showNothing = (declared: DeclaredTables): PublishedTables => ({
  declaration: declared.declaration,
  method: { kind: 'rounded', extraStep: false },
  cells: layOut(declared.declaration).cells.map(({ key }) => ({ key, shown: withheld })),
});

type ToProtect = {
  readonly declared: DeclaredTables;
  readonly rows: readonly CountedAlike[];
  readonly earlier: readonly KeptRelease[];
  /** A count of the return that these people are a part of, and that stays exact. */
  readonly around: Figure | undefined;
  readonly seconds: number;
};

async function protectPopulation({ declared, rows, earlier, around, seconds }: ToProtect): Promise<Protection> {
  const people = rows.reduce((all, { many }) => all + many, 0);
  const cases = toCases([...earlier.map((release) => release.cases), rows]);
  const input = {
    declaration: declared.declaration,
    earlier: earlier.map(({ tables }) => tables),
    cases,
    elsewhere: around ? listKnown(around, declared.declaration, cases, earlier.length) : [],
    partners: [...new Set(rows.flatMap(({ agency }) => agency ?? []))].sort(),
    seconds,
  };
  const isOfFew = declared.isOfSeveralFactsEach && people < disclosureThreshold;
  if (!isOfFew) return protect(input);
  const last = earlier.at(-1);
  return last ? { state: 'unchanged', tables: last.tables } : { state: 'protected', tables: showNothing(declared) };
}

/** Figures and records as they may be kept outside the safeguarding database, and what it keeps itself. */
export async function protectCount(
  { figures, countedRecords }: Counted,
  records: Records,
  {
    around,
    earlier,
    today,
    seconds = solverSeconds,
  }: {
    readonly around: Around;
    readonly earlier: readonly KeptRelease[];
    readonly today: string;
    readonly seconds?: number;
  },
): Promise<ProtectedCount> {
  const declared = declareTables(withEarlierCodes(around, earlier));
  const shown: Partial<Record<Indicator, Figure>> = {};
  const kept: ProtectedPopulation[] = [];
  const releases: NewRelease[] = [];
  const allowed: Exactness[] = [];
  for (const population of populations) {
    // An earlier edition of the definitions counts fewer figures.
    if (!declared[population].places.some(({ indicator }) => figures[indicator])) continue;
    const own = earlier.filter((release) => release.population === population);
    const tables = declared[population];
    const cases = countAlike(tables.listUnits(records));
    const counted = countAround[population];
    const around = counted && figures[counted];
    const protection = await protectPopulation({
      ...{ declared: tables, rows: cases, earlier: own, seconds },
      around: counted === spokenTo ? undefined : around,
    });
    if (protection.state === 'protected')
      releases.push({ population, release: own.length, tables: protection.tables, cases });
    if (around && counted === spokenTo) {
      const all = protection.state === 'protected' ? [...own, { tables: protection.tables, cases }] : own;
      allowed.push(await findExactness(around, all, seconds));
    }
    const release = protection.state === 'protected' ? own.length : own.length - 1;
    kept.push(certify(population, protection, { release, countedOn: getDay(own, protection, today) }));
    // What is refused is not shown; what was shown before is known already, and stays.
    const known = protection.state === 'refused' ? own.at(-1)?.tables : protection.tables;
    for (const place of known ? tables.places : []) {
      const figure = known && toFigure(place, known);
      if (figure) shown[place.indicator] = figure;
    }
  }
  const open = Object.values(figures).filter(({ indicator }) => !isSafeguarding(indicator));
  const given = limitSpokenTo(
    { ...Object.fromEntries(open.map((figure) => [figure.indicator, figure])), ...shown },
    leastExact(allowed),
  );
  return {
    counted: {
      figures: given,
      countedRecords: countedRecords.filter(
        ({ indicator, kind }) => !isSafeguarding(indicator) && !safeguardingRecords.includes(kind),
      ),
    },
    populations: kept,
    releases,
    checks: checkAround(given),
  };
}

/** The day of the count that the numbers are of. */
const getDay = (own: readonly KeptRelease[], { state }: Protection, today: string): string =>
  (state !== 'protected' && own.at(-1)?.countedAt.toISOString().slice(0, 10)) || today;

/** Towns and organisations of earlier releases stay declared: a code that goes would tell of the cases that it had. */
function withEarlierCodes(around: Around, earlier: readonly KeptRelease[]): Around {
  const listCodes = (name: string, of: Population): string[] =>
    earlier
      .filter(({ population }) => population === of)
      .flatMap(({ tables }) => tables.declaration.dimensions.filter((one) => one.name === name))
      .flatMap(({ codes }) => codes.map(({ code }) => code));
  return {
    towns: [...around.towns, ...listCodes('town', 'people advised')],
    organisations: [...around.organisations, ...listCodes('organisation', 'referrals')],
    responders: [...around.responders, ...listCodes('organisation', 'referrals by officers')],
  };
}

/** A rounded number is about the count; of nobody and of fewer than five the same words are said. */
export const toQuantity = (shown: Shown): Quantity | undefined => {
  if (shown === withheld) return undefined;
  return shown === fewer ? fewerThanFive : { kind: 'number', value: shown, qualifier: 'about' };
};

/** A breakdown is given where it says more than that every part is small. What is not shown is left out. */
function toFigure({ indicator, total, parts = {} }: Place, { cells }: PublishedTables): Figure | undefined {
  const shown = new Map(cells.map((cell) => [cell.key, cell.shown]));
  const read = (codes: CellCodes): Quantity | undefined => toQuantity(shown.get(getCellKey(codes)) ?? withheld);
  const whole = read(total);
  if (!whole) return undefined;
  const breakdowns = Object.entries(parts).flatMap(([name, all]) => {
    const given = all.flatMap(({ of, codes }): Cell[] => {
      const quantity = read(codes);
      return quantity ? [{ of, quantity }] : [];
    });
    const says = given.some(({ quantity }) => quantity.kind === 'number');
    return says ? [[name, given.filter(isWorthSaying)] as [Breakdown, Cell[]]] : [];
  });
  return { indicator, total: whole, breakdowns: Object.fromEntries(breakdowns) };
}

/** That few are in a part of which nothing is known says nothing. */
const isWorthSaying = ({ of, quantity }: Cell): boolean =>
  quantity.kind === 'number' || !Object.values(of).includes('not known');

/** A check of safeguarding figures says whether it holds: neither numbers nor records. */
export const controlChecks = (checks: readonly Check[]): Check[] =>
  checks.map((check) =>
    check.figures.some((indicator: Indicator) => isSafeguarding(indicator))
      ? { ...check, records: [], found: check.found === null ? null : 'It does not hold.' }
      : check,
  );
