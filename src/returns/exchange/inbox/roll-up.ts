/** Adds the returns of a week: each once, joint visits once, and “at least” wherever a part is. Pure. Source: domain 4.5 (floors, streams added twice). */
import { isFewerThanFive, type Quantity } from '../../../vocabulary/figures.ts';
import { type CountPhrase, countPhrases } from '../../counting/qualify.ts';
import { reporterLevels } from '../document/signed-return.ts';
import { type Bounds, boundSum } from './bounds.ts';
import { type Judged, type ReadableReturn, type Reporter, reporterKey } from './inbox.ts';
import type { PairDecisions } from './joint-visits.ts';
import { countRepeats, listShared, readOverlaps } from './overlaps.ts';

export type Total = {
  /** Where it lies between two numbers: the larger. */
  readonly value: number;
  readonly qualifier: 'exact' | 'at least' | 'about' | 'not known';
  /** Where it lies between two numbers: the smaller. */
  readonly least?: number;
  /** Its numbers are rounded, where it is “at least” or between two. */
  readonly isRounded?: true;
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

/** What one return says, as it was sent: a rounded number stands for itself. */
function readSent(quantity: Quantity | undefined): Bounds {
  if (quantity?.kind === 'words') return boundsOfWords(quantity);
  if (quantity?.kind !== 'number') return { least: 0, most: null };
  return { least: quantity.value, most: quantity.qualifier === 'at least' ? null : quantity.value };
}

/** What words such as “fewer than 5” can mean. */
export function boundsOfWords(quantity: Quantity & { readonly kind: 'words' }): Bounds {
  if (isFewerThanFive(quantity)) return { least: 0, most: 4 };
  const [least, most] = countPhrases[quantity.words as CountPhrase] ?? [0, null];
  return { least, most };
}

function toTotal(sent: readonly (Quantity | undefined)[], { least, most }: Bounds): Total {
  const isSaid = sent.some((one) => one?.kind === 'words' || one?.kind === 'number');
  // That it is nought or more, everybody knows.
  if (!isSaid || (most === null && least === 0)) return { value: 0, qualifier: 'not known' };
  const isRounded = sent.some((one) => one?.kind === 'number' && one.qualifier === 'about' && one.value > 0);
  if (most === null) return { value: least, qualifier: 'at least', ...(isRounded && { isRounded }) };
  if (least === most) return { value: most, qualifier: isRounded ? 'about' : 'exact' };
  return { value: most, qualifier: 'about', least, ...(isRounded && { isRounded }) };
}

/** The totals of these returns: each joint visit once, and between two numbers where more than one may count the same. */
export function addReturns(
  returns: readonly ReadableReturn[],
  decisions: PairDecisions,
  overlaps = readOverlaps(returns, decisions),
): Totals {
  const indicators = [...new Set(returns.flatMap(({ document }) => Object.keys(document.figures)))].sort();
  return new Map(
    indicators.map((name) => {
      const sent = returns.map(({ document }) => document.figures[name]?.total as Quantity | undefined);
      const shared = listShared(overlaps, name);
      return [name, toTotal(sent, boundSum(sent.map(readSent), shared, countRepeats(overlaps, name)))];
    }),
  );
}

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
