/**
 * The exact count that a return gives beside people helped. They are no more than the people spoken to, so “about ten
 * advised” beside “eight spoken to” would say six to eight. The auditor is told what a reader takes from that count. If it
 * finds something, the people spoken to are told less exactly, and the protected figures stay as they are.
 */
import {
  exactly,
  type Figure,
  type Figures,
  fewerThanFive,
  type Indicator,
  indicators,
  isFewerThanFive,
  type Quantity,
} from '../../vocabulary/figures.ts';
import {
  audit,
  base,
  type Case,
  type CellCodes,
  type Declaration,
  getCellKey,
  type KnownNumber,
  type PublishedTables,
  readShown,
  withheld,
} from '../disclosure-control/index.ts';
import { type CountedAlike, toCases } from './case-history.ts';
import type { Check } from './checks.ts';
import type { Population } from './declared-tables.ts';
import { countPhrases, getCount, isHeldBack } from './qualify.ts';

export const spokenTo: Indicator = 'people.spokenTo';

/** The exact count that a population is a part of. Arrests and screenings stay exact: there the protected number gives way. */
export const countAround: Readonly<Partial<Record<Population, Indicator>>> = {
  'people advised': spokenTo,
  'people who declined police': spokenTo,
  'potential victims in notes': spokenTo,
  'people arrested with a concern': 'arrests.screened',
};

/** How exactly a return gives the people spoken to, the most exact first. */
export const exactnesses = ['all', 'without towns', 'at least'] as const;
export type Exactness = (typeof exactnesses)[number];

export const leastExact = (allowed: readonly Exactness[]): Exactness =>
  exactnesses.findLast((one) => allowed.includes(one)) ?? 'all';

const countIn = (cases: readonly Case[], of: CellCodes, release: number): number =>
  cases.filter(
    (one) =>
      one.from <= release &&
      (one.until === null || release < one.until) &&
      Object.entries(of).every(([name, code]) => one.of[name] === code),
  ).length;

/**
 * What a reader concludes from an exact count around a population: no more people in the whole and in each town than it
 * says, and none in a town that it does not list. Where there are more, a reader who concludes that is wrong, so it is left out.
 */
export function listKnown(
  { total, breakdowns: { byTown } }: Figure,
  { dimensions }: Declaration,
  cases: readonly Case[],
  release: number,
): KnownNumber[] {
  const towns = (byTown && dimensions.find(({ name }) => name === 'town')?.codes) ?? [];
  const inTown = (town: string): number => getCount(byTown?.find(({ of }) => of.town === town)?.quantity ?? exactly(0));
  return [
    { of: {}, most: getCount(total) },
    ...towns.map(({ code }) => ({ of: { town: code }, most: inTown(code) })),
  ].flatMap(({ of, most }) => (countIn(cases, of, release) <= most ? [{ of, release, least: 0, most }] : []));
}

/** A release of one population as it was shown, and the people behind it. */
type Shown = { readonly tables: PublishedTables; readonly cases: readonly CountedAlike[] };

type Judgement = 'says nothing' | 'says too much' | 'to be audited';

/** What one known number tells of its own cell. Too much: it leaves fewer than five values, and fewer than it would leave without the table. */
function judge({ of, most }: KnownNumber, { cells, method }: PublishedTables): Judgement {
  const shown = new Map(cells.map((cell) => [cell.key, cell.shown]));
  const read = (codes: CellCodes) =>
    readShown(shown.get(getCellKey(codes)) ?? withheld, method, Object.keys(codes).length === 0);
  const [least, upTo] = read(of);
  if (most >= Math.min(upTo, read({})[1])) return 'says nothing';
  return most - least + 1 < Math.min(base, most + 1) ? 'says too much' : 'to be audited';
}

/** How exactly a count can be given beside one population. Takes every release of that population, the one that the return shows last. */
export async function findExactness(figure: Figure, shown: readonly Shown[], seconds: number): Promise<Exactness> {
  const last = shown.at(-1);
  if (!last) return 'all';
  const releases = shown.map(({ tables }) => tables);
  const cases = toCases(shown.map((release) => release.cases));
  for (const exactness of ['all', 'without towns'] as const) {
    const elsewhere = listKnown(limit(figure, exactness), last.tables.declaration, cases, releases.length - 1);
    const judged = elsewhere.map((known) => judge(known, last.tables));
    if (judged.every((one) => one === 'says nothing')) return exactness;
    if (judged.includes('says too much')) continue;
    const findings = await audit({ releases, cases, elsewhere, seconds });
    if (findings.length === 0) return exactness;
  }
  return 'at least';
}

/** A figure as exactly as is allowed. `least`: a number that its parts show it to have. “At least” sets no upper end. */
export function limit(figure: Figure, exactness: Exactness, least = 0): Figure {
  if (exactness === 'all') return figure;
  const { byTown: _, ...others } = figure.breakdowns;
  const many = getCount(figure.total);
  if (exactness === 'without towns') return { ...figure, breakdowns: others };
  const value = Math.max(least, many - (many % base));
  const total: Quantity = value < base ? fewerThanFive : { kind: 'number', value, qualifier: 'at least' };
  return { ...figure, total, breakdowns: {} };
}

/** All figures, with the people spoken to as exactly as is allowed. */
export function limitSpokenTo(figures: Figures, exactness: Exactness): Figures {
  const figure = figures[spokenTo];
  const least = getCount(figures['people.interpreted']?.total);
  return figure ? { ...figures, [spokenTo]: limit(figure, exactness, least) } : figures;
}

/** Why a return gives the people spoken to less exactly than they were counted; undefined where it gives them exactly. */
export function describeExactness(counted: Figure): string | undefined {
  if (counted.indicator !== spokenTo) return undefined;
  const why = 'Beside the numbers of people helped';
  const after = 'Count again when more people were spoken to.';
  if (isHeldBack(counted)) return `${why}, the exact number could give somebody away, so it is not given. ${after}`;
  if (counted.breakdowns.byTown || getCount(counted.total) === 0) return undefined;
  return `${why}, the numbers by town could give somebody away, so they are not given. ${after}`;
}

const between = (quantity: Quantity | undefined): readonly [least: number, most: number] => {
  if (quantity?.kind === 'words') {
    if (isFewerThanFive(quantity)) return [0, base - 1];
    return countPhrases[quantity.words as keyof typeof countPhrases] ?? [0, Number.POSITIVE_INFINITY];
  }
  if (quantity?.kind !== 'number') return [0, Number.POSITIVE_INFINITY];
  const { value, qualifier } = quantity;
  if (qualifier === 'exact') return [value, value];
  return qualifier === 'at least' ? [value, Number.POSITIVE_INFINITY] : [value - base + 1, value + base - 1];
};

/** Compares only what the return shows: to compare the counts would tell more. A person must judge, because neither database knows the other. */
export const checkAround = (shown: Figures): Check[] =>
  (['people.advised', 'people.declinedPolice', 'victims.inNotes'] as const)
    .filter((fewer) => shown[fewer])
    .map((fewer) => {
      const holds = between(shown[fewer]?.total)[0] <= between(shown[spokenTo]?.total)[1];
      const says = `“${indicators[fewer]}” are no more than “${indicators[spokenTo]}”`;
      const found = holds ? null : 'The numbers shown do not agree.';
      return { says, holds, stops: 'nothing', found, figures: [fewer, spokenTo], records: [] };
    });
