/** Adds the returns of a week: each once, joint visits once, and “at least” wherever a part is. Pure. Source: domain 4.5 (floors, streams added twice). */
import type { Quantity } from '../../../vocabulary/figures.ts';
import { reporterLevels } from '../document/signed-return.ts';
import { type Judged, type ReadableReturn, type Reporter, reporterKey } from './inbox.ts';
import {
  canOverlap,
  isAboutVisit,
  isShared,
  isStated,
  listReferences,
  listSame,
  listUndecided,
  type PairDecisions,
} from './joint-visits.ts';

export type Total = {
  readonly value: number;
  readonly qualifier: 'exact' | 'at least' | 'about' | 'not known';
  /** Of “about” where returns may count the same: the number if they do. */
  readonly least?: number;
};
export type Totals = ReadonlyMap<string, Total>;

export type Included = { readonly what: ReadableReturn; readonly within: Reporter };

export type RollUp = {
  /** Returns that are added. */
  readonly added: readonly ReadableReturn[];
  /** Valid returns that another return includes, and whose. */
  readonly included: readonly Included[];
  readonly totals: Totals;
  readonly byCountry: ReadonlyMap<string, Totals>;
  readonly byReporter: ReadonlyMap<string, Totals>;
  /** By local window, “2026-09-14 2026-09-20”. */
  readonly byWindow: ReadonlyMap<string, Totals>;
};

/** A return of a country includes its forces and partnerships; another includes the reporters that the week says. */
export function splitIncluded(counted: readonly ReadableReturn[]): Pick<RollUp, 'added' | 'included'> {
  const reporters = new Map(counted.map(({ reporter }) => [reporterKey(reporter), reporter]));
  const countries = new Map(
    [...reporters.values()].filter(({ level }) => level === 'country').map((one) => [one.country, one]),
  );
  const within = ({ country, level, partOf }: Reporter): Reporter | undefined => {
    const national = level === 'country' ? undefined : countries.get(country);
    if (national) return national;
    const parent = partOf === null ? undefined : reporters.get(reporterKey({ name: partOf, country }));
    // The larger includes the smaller, so no two include each other.
    return parent && rank(parent) > rank({ level }) ? parent : undefined;
  };
  const placed = counted.map((what) => ({ what, within: within(what.reporter) }));
  return {
    added: placed.filter((one) => one.within === undefined).map(({ what }) => what),
    included: placed.flatMap(({ what, within: parent }) => (parent ? [{ what, within: parent }] : [])),
  };
}

const rank = ({ level }: Pick<Reporter, 'level'>): number => reporterLevels.indexOf(level);

type Sum = { value: number; floor: boolean; about: boolean; said: boolean; rounded: boolean; twice: number };
const nothing = (): Sum => ({ value: 0, floor: false, about: false, said: false, rounded: false, twice: 0 });

function toTotal({ value, floor, about, said, rounded, twice }: Sum): Total {
  if (!said) return { value: 0, qualifier: 'not known' };
  const shown = Math.max(0, value);
  if (!about) return { value: shown, qualifier: floor ? 'at least' : 'exact' };
  const isRange = twice > 0 && !rounded && !floor;
  return { value: shown, qualifier: 'about', ...(isRange && { least: Math.max(0, shown - twice) }) };
}

function addQuantity(sum: Sum, quantity: Quantity | undefined): void {
  if (quantity?.kind === 'words' || quantity?.kind === 'number') sum.said = true;
  if (quantity?.kind !== 'number') {
    sum.floor = true;
    return;
  }
  sum.value += quantity.value;
  if (quantity.qualifier === 'at least') sum.floor = true;
  if (quantity.qualifier === 'about') {
    sum.about = true;
    sum.rounded = true;
  }
}

/** Takes off what several returns count of the same thing: the largest of them stays. */
function takeOverlap(sum: Sum | undefined, counts: readonly number[], exact: boolean): void {
  const some = counts.filter((one) => one > 0);
  if (!sum || some.length < 2) return;
  sum.value -= some.reduce((all, one) => all + one, 0) - Math.max(...some);
  if (!exact || new Set(some).size > 1) sum.floor = true;
}

export function addReturns(returns: readonly ReadableReturn[], decisions: PairDecisions): Totals {
  const indicators = [...new Set(returns.flatMap(({ document }) => Object.keys(document.figures)))].sort();
  const sums = new Map<string, Sum>(indicators.map((name) => [name, nothing()]));
  for (const { document } of returns)
    for (const [name, sum] of sums) addQuantity(sum, document.figures[name]?.total as Quantity | undefined);
  for (const shared of listReferences(returns).filter(isShared)) {
    const names = new Set(shared.lines.flatMap(({ line }) => Object.keys(line.counts)).filter(canOverlap));
    for (const name of names)
      takeOverlap(
        sums.get(name),
        shared.lines.map(({ line }) => line.counts[name] ?? 0),
        isAboutVisit(name),
      );
  }
  for (const shared of listReferences(returns).filter(isShared))
    doubt(
      sums,
      shared.lines.map(({ from }) => from),
      (name) => canOverlap(name) && isStated(name),
    );
  for (const same of listSame(returns, decisions)) takeSame(sums, same);
  for (const of of listUndecided(returns, decisions)) doubt(sums, of, canOverlap);
  for (const of of listDoubled(returns)) doubt(sums, of, () => true);
  return new Map([...sums].map(([name, sum]) => [name, toTotal(sum)]));
}

/** Returns of one reporter with one operation name and the same dates, under two ids: probably one operation, entered twice. */
export const listDoubled = (returns: readonly ReadableReturn[]): ReadableReturn[][] =>
  [
    ...Map.groupBy(returns, ({ reporter, document: { operation, week } }) =>
      JSON.stringify([reporterKey(reporter), operation.name.trim().toLowerCase(), week.localWindow]),
    ).values(),
  ].filter((of) => of.length > 1);

/** Without a reference nobody says what else of the visit both counted: those totals are “about”. */
function takeSame(sums: ReadonlyMap<string, Sum>, same: ReturnType<typeof listSame>[number]): void {
  takeOverlap(
    sums.get('visits.made'),
    same.map(({ visits }) => visits),
    true,
  );
  takeOverlap(
    sums.get('premises.visited'),
    same.map(({ premises }) => premises),
    true,
  );
  doubt(
    sums,
    same.map(({ from }) => from),
    (name) => canOverlap(name) && name !== 'visits.made' && name !== 'premises.visited',
  );
}

/** Totals of which nobody says how much two returns both count. */
function doubt(sums: ReadonlyMap<string, Sum>, of: readonly ReadableReturn[], asks: (name: string) => boolean): void {
  for (const [name, sum] of sums) {
    if (!asks(name)) continue;
    const some = of.map((from) => totalOf(from, name)).filter(isSome);
    if (some.length < 2) continue;
    sum.about = true;
    const numbers = some.map((quantity) => (quantity?.kind === 'number' ? quantity.value : 0));
    sum.twice += numbers.reduce((all, one) => all + one, 0) - Math.max(...numbers);
  }
}

const totalOf = ({ document }: ReadableReturn, name: string): Quantity | undefined =>
  document.figures[name]?.total as Quantity | undefined;

/** Of what nobody knows, nothing can be counted twice. */
const isSome = (quantity: Quantity | undefined): boolean =>
  quantity !== undefined && quantity.kind !== 'not known' && !(quantity.kind === 'number' && quantity.value === 0);

export function rollUp({ counted }: Pick<Judged, 'counted'>, decisions: PairDecisions): RollUp {
  const { added, included } = splitIncluded(counted);
  const addBy = (of: (one: ReadableReturn) => string, from: readonly ReadableReturn[]): Map<string, Totals> =>
    new Map(
      [...Map.groupBy(from, of)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, group]) => [name, addReturns(group, decisions)]),
    );
  return {
    added,
    included,
    totals: addReturns(added, decisions),
    byCountry: addBy(({ reporter }) => reporter.country, added),
    byReporter: addBy(({ reporter }) => reporterKey(reporter), counted),
    byWindow: addBy(({ document: { week } }) => `${week.localWindow.from} ${week.localWindow.until}`, added),
  };
}
