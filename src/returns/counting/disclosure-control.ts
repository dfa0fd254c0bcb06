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
  type Figures,
  fewerThanFive,
  type Indicator,
  isSafeguarding,
  type Quantity,
} from '../../vocabulary/figures.ts';
import {
  type Case,
  type CellCodes,
  fewer,
  getCellKey,
  type KnownNumber,
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
import { giveFigures, giveLedger, type LedgerNumber, listKnown, openAround } from './numbers-around.ts';
import { besideEarlier, checkOpenCounts, tellsMore } from './open-count-checks.ts';
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
  /** Of open counts that beside numbers shown before would give somebody away. */
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
  /** Of all releases, this count last. */
  readonly cases: readonly Case[];
  readonly earlier: readonly KeptRelease[];
  /** Open counts around these people, as returns and releases gave them and as this return will. */
  readonly known: readonly KnownNumber[];
  readonly seconds: number;
};

const isOfFew = ({ declared, rows }: Pick<ToProtect, 'declared' | 'rows'>): boolean =>
  declared.isOfSeveralFactsEach && rows.reduce((all, { many }) => all + many, 0) < disclosureThreshold;

async function protectPopulation(asked: ToProtect): Promise<Protection> {
  const { declared, rows, cases, earlier, known, seconds } = asked;
  const last = earlier.at(-1);
  if (isOfFew(asked))
    return last ? { state: 'unchanged', tables: last.tables } : { state: 'protected', tables: showNothing(declared) };
  return protect({
    declaration: declared.declaration,
    earlier: earlier.map(({ tables }) => tables),
    cases,
    elsewhere: known,
    partners: [...new Set(rows.flatMap(({ agency }) => agency ?? []))].sort(),
    seconds,
  });
}

type Counting = {
  readonly around: Around;
  readonly earlier: readonly KeptRelease[];
  readonly today: string;
  readonly seconds?: number;
  /** The figures as an analyst says them, some in words or rounded. */
  readonly said?: Figures;
  /** What returns and releases of the operation gave before. */
  readonly published?: readonly LedgerNumber[];
};

/** What is asked of one population: its people, what was shown of them before, and what readers know around them. */
function askFor(
  declared: DeclaredTables,
  records: Records,
  own: readonly KeptRelease[],
  { said, published, seconds }: Required<Pick<Counting, 'said' | 'published' | 'seconds'>>,
): ToProtect {
  const rows = countAlike(declared.listUnits(records));
  const cases = toCases([...own.map((release) => release.cases), rows]);
  const times = own.map(({ countedAt }) => countedAt);
  const given = [...giveLedger(published, times), ...giveFigures(said, own.length)];
  return { declared, rows, cases, earlier: own, known: listKnown(declared, cases, given), seconds };
}

/** Figures and records as they may be kept outside the safeguarding database, and what it keeps itself. */
export async function protectCount(
  { figures, countedRecords }: Counted,
  records: Records,
  { around, earlier, today, seconds = solverSeconds, said = figures, published = [] }: Counting,
): Promise<ProtectedCount> {
  const declared = declareTables(withEarlierCodes(around, earlier));
  const shown: Partial<Record<Indicator, Figure>> = {};
  const kept: ProtectedPopulation[] = [];
  const releases: NewRelease[] = [];
  const checks: Check[] = [];
  for (const population of populations) {
    const { places } = declared[population];
    // An earlier edition of the definitions counts fewer figures.
    if (!places.some(({ indicator }) => figures[indicator])) continue;
    const own = earlier.filter((release) => release.population === population);
    const asked = askFor(declared[population], records, own, { said, published, seconds });
    const protection = await protectPopulation(asked);
    const isNew = protection.state === 'protected';
    if (isNew) releases.push({ population, release: own.length, tables: protection.tables, cases: asked.rows });
    const beside = openAround(places.map(({ indicator }) => indicator)).filter((one) => said[one]);
    checks.push(...checkOpenCounts(beside, { said, counted: figures }));
    if (!isNew && beside[0] && (await tellsMore(asked))) checks.push(besideEarlier(beside[0], population));
    const about = {
      release: isNew ? own.length : own.length - 1,
      countedOn: getDay(own, protection, today),
      beside: isOfFew(asked) || asked.known.length === 0 ? [] : beside,
    };
    kept.push(certify(population, protection, about));
    // What is refused is not shown; what was shown before is known already, and stays.
    const readable = protection.state === 'refused' ? own.at(-1)?.tables : protection.tables;
    for (const place of readable ? places : []) {
      const figure = readable && toFigure(place, readable);
      if (figure) shown[place.indicator] = figure;
    }
  }
  return {
    counted: keepOpen({ figures, countedRecords }, shown),
    populations: kept,
    releases,
    checks: [...new Map(checks.map((check) => [check.says, check])).values()],
  };
}

/** What was counted outside the safeguarding database, with the figures of people helped as they are shown. */
function keepOpen({ figures, countedRecords }: Counted, shown: Figures): Counted {
  const open = Object.values(figures).filter(({ indicator }) => !isSafeguarding(indicator));
  return {
    figures: { ...Object.fromEntries(open.map((figure) => [figure.indicator, figure])), ...shown },
    countedRecords: countedRecords.filter(
      ({ indicator, kind }) => !isSafeguarding(indicator) && !safeguardingRecords.includes(kind),
    ),
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
