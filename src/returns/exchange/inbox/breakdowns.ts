/**
 * Adds the breakdowns of a week's returns, part by part, and checks them against the totals. A protected number was
 * rounded in each return: its sum is a range, never an exact number. Pure.
 */
import {
  type Breakdown,
  breakdowns,
  isFewerThanFive,
  isSafeguarding,
  partitions,
  type Quantity,
} from '../../../vocabulary/figures.ts';
import { getIndicator, type Indicator, indicatorNames } from '../../../vocabulary/indicators.ts';
import type { ReadableReturn } from './inbox.ts';
import { isAboutVisit, isShared, listReferences, listSame, listUndecided, type PairDecisions } from './joint-visits.ts';
import { addReturns, listDoubled, type Total, type Totals } from './roll-up.ts';

/** What a sum can be. */
export type Range = {
  readonly least: number;
  /** Null where nothing limits it. */
  readonly most: number | null;
  /** The sum of the numbers as they were sent, where some were rounded or may count a visit twice. */
  readonly about: number | null;
};

/** A rounded number may be this far from the count, with the extra step that a table may need. */
export const mostRounding = 9;
const mostOfFew = 4;

const exact = (value: number): Range => ({ least: value, most: value, about: null });

/** What one return says, as far as it can be relied on. */
export function readRange(quantity: Quantity | undefined, isProtected: boolean): Range {
  if (quantity && isFewerThanFive(quantity)) return { least: 0, most: mostOfFew, about: null };
  if (quantity?.kind !== 'number') return { least: 0, most: null, about: null };
  const { value, qualifier } = quantity;
  if (qualifier === 'at least') return { least: value, most: null, about: null };
  if (qualifier === 'exact') return exact(value);
  if (!isProtected) return { least: value, most: value, about: value };
  return { least: Math.max(0, value - mostRounding), most: value + mostRounding, about: value };
}

const sentOf = ({ least, about }: Range): number => about ?? least;
export const addRanges = (ranges: readonly Range[]): Range =>
  ranges.reduce(
    (sum, one): Range => ({
      least: sum.least + one.least,
      most: sum.most === null || one.most === null ? null : sum.most + one.most,
      about: sum.about === null && one.about === null ? null : sentOf(sum) + sentOf(one),
    }),
    exact(0),
  );

export type AddedPart = { readonly of: Readonly<Record<string, string>>; readonly sum: Range };
export type AddedBreakdown = {
  readonly indicator: Indicator;
  readonly breakdown: Breakdown;
  readonly parts: readonly AddedPart[];
  /** How many returns give it, and how many give the figure. */
  readonly given: number;
  readonly asked: number;
  readonly isProtected: boolean;
  /** The parts and the total cannot both be right. */
  readonly isWrong: boolean;
};

type Cells = readonly { readonly of: Readonly<Record<string, string>>; readonly quantity: Quantity }[];
type Given = { readonly from: ReadableReturn; readonly cells: Cells };

const cellsOf = ({ document }: ReadableReturn, indicator: string, breakdown: string): Cells | undefined =>
  document.figures[indicator]?.breakdowns[breakdown] as Cells | undefined;
const fold = (text: string): string => text.trim().toLocaleLowerCase('en-GB');
const keyOf = (breakdown: Breakdown, of: Readonly<Record<string, string>>): string =>
  JSON.stringify(breakdowns[breakdown].map((dimension) => fold(of[dimension] ?? '')));

/** A part that a return leaves out is nobody. A protected breakdown may leave out a few people whose part is not known. */
const readMissing = (of: Readonly<Record<string, string>>, isProtected: boolean): Range =>
  isProtected && Object.values(of).includes('not known') ? { least: 0, most: mostOfFew, about: null } : exact(0);

function addParts(breakdown: Breakdown, given: readonly Given[], isProtected: boolean): AddedPart[] {
  const names = new Map(given.flatMap(({ cells }) => cells.map(({ of }) => [keyOf(breakdown, of), of] as const)));
  const sums = new Map<string, Range[]>([...names.keys()].map((key) => [key, []]));
  for (const { cells } of given) {
    const own = Map.groupBy(cells, ({ of }) => keyOf(breakdown, of));
    for (const [key, ranges] of sums) {
      const here = own.get(key)?.map(({ quantity }) => readRange(quantity, isProtected));
      ranges.push(...(here ?? [readMissing(names.get(key) ?? {}, isProtected)]));
    }
  }
  return [...names].map(([key, of]) => ({ of, sum: addRanges(sums.get(key) ?? []) }));
}

/** Which part of a breakdown a joint visit is in: its town and its kind of premises are known, its power is not. */
const partOfVisit: Readonly<Record<string, 'town' | 'kind'>> = { byTown: 'town', byBusiness: 'kind' };

/** Takes off what returns count of the same joint visit, as the totals do. Gives false where its part is not known. */
function takeJoint(
  { indicator, breakdown }: Pick<AddedBreakdown, 'indicator' | 'breakdown'>,
  parts: AddedPart[],
  returns: readonly ReadableReturn[],
): boolean {
  let known = true;
  for (const { lines } of listReferences(returns).filter(isShared)) {
    const counts = lines.map(({ line }) => line.counts[indicator] ?? 0).filter((one) => one > 0);
    if (counts.length < 2) continue;
    const what = partOfVisit[breakdown];
    const name = what && lines[0]?.line[what];
    const at = parts.findIndex(({ of }) => name !== undefined && fold(Object.values(of)[0] ?? '') === fold(name));
    const part = parts[at];
    if (!part || !isAboutVisit(indicator)) {
      known = false;
      continue;
    }
    const twice = counts.reduce((sum, one) => sum + one, 0) - Math.max(...counts);
    const { least, most, about } = part.sum;
    parts[at] = {
      ...part,
      sum: {
        least: Math.max(0, least - twice),
        most: most === null ? null : Math.max(0, most - twice),
        about: about === null ? null : Math.max(0, about - twice),
      },
    };
  }
  return known;
}

const toAbout = (part: AddedPart): AddedPart => ({ ...part, sum: { ...part.sum, about: sentOf(part.sum) } });

const meets = (one: Range, other: Range): boolean =>
  (one.most === null || other.least <= one.most) && (other.most === null || one.least <= other.most);

const rangeOfTotal = ({ value, qualifier }: Total): Range =>
  qualifier === 'exact' ? exact(value) : { least: qualifier === 'at least' ? value : 0, most: null, about: null };

/** Whether the parts of a partition can be the whole; cash is compared in pounds alone. */
function isWrongSum(
  breakdown: Breakdown,
  parts: readonly AddedPart[],
  whole: Range,
  { covers, uncertain }: { readonly covers: boolean; readonly uncertain: boolean },
): boolean {
  if (uncertain) return false;
  if (breakdown === 'byCurrency') {
    const pounds = parts.find(({ of }) => of.currency === 'GBP')?.sum ?? exact(0);
    return covers && !meets(pounds, whole);
  }
  if (!partitions.includes(breakdown)) return false;
  const sum = addRanges(parts.map((part) => part.sum));
  // Returns that give the figure without this breakdown leave a rest.
  return !meets(covers ? sum : { ...sum, most: null }, whole);
}

function addBreakdown(
  returns: readonly ReadableReturn[],
  indicator: Indicator,
  breakdown: Breakdown,
  same: ReadonlySet<ReadableReturn>,
  total: Total | undefined,
): AddedBreakdown | undefined {
  const asked = returns.filter(({ document }) => document.figures[indicator]);
  const given = asked.flatMap((from) => {
    const cells = cellsOf(from, indicator, breakdown);
    return cells ? [{ from, cells }] : [];
  });
  if (given.length === 0) return undefined;
  const isProtected = isSafeguarding(indicator);
  const added = addParts(breakdown, given, isProtected);
  const known = takeJoint({ indicator, breakdown }, added, returns);
  const twice = !isProtected && given.filter(({ from }) => same.has(from)).length > 1;
  const parts = known && !twice ? added : added.map(toAbout);
  const whole = isProtected
    ? addRanges(asked.map(({ document }) => readRange(document.figures[indicator]?.total as Quantity, true)))
    : total && rangeOfTotal(total);
  const isWrong =
    whole !== undefined &&
    isWrongSum(breakdown, parts, whole, { covers: given.length === asked.length, uncertain: !known || twice });
  return {
    ...{ indicator, breakdown, given: given.length, asked: asked.length, isProtected, isWrong },
    parts: parts.sort(
      (a, b) => sentOf(b.sum) - sentOf(a.sum) || (keyOf(breakdown, a.of) < keyOf(breakdown, b.of) ? -1 : 1),
    ),
  };
}

/** Every breakdown that at least one return gives, in the order of the indicators. */
export function addBreakdowns(
  returns: readonly ReadableReturn[],
  decisions: PairDecisions,
  totals: Totals = addReturns(returns, decisions),
): AddedBreakdown[] {
  const same = new Set([
    ...listSame(returns, decisions).flatMap((groups) => groups.map(({ from }) => from)),
    ...[...listUndecided(returns, decisions), ...listDoubled(returns)].flat(),
  ]);
  return indicatorNames.flatMap((indicator) =>
    (Object.keys(breakdowns) as Breakdown[]).flatMap(
      (breakdown) => addBreakdown(returns, indicator, breakdown, same, totals.get(indicator)) ?? [],
    ),
  );
}

export type WrongChild = { readonly child: Indicator; readonly parent: Indicator };

/** A figure that is a part of another, record by record, and is more than it. */
export function findWrongChildren(returns: readonly ReadableReturn[], totals: Totals): WrongChild[] {
  const rangeOf = (indicator: Indicator): Range | undefined => {
    const total = totals.get(indicator);
    if (!total) return undefined;
    if (!isSafeguarding(indicator)) return rangeOfTotal(total);
    return addRanges(returns.map(({ document }) => readRange(document.figures[indicator]?.total as Quantity, true)));
  };
  return indicatorNames.flatMap((child) => {
    const { parent } = getIndicator(child);
    const [part, whole] = [rangeOf(child), parent === null ? undefined : rangeOf(parent)];
    const isMore = part && whole && whole.most !== null && part.least > whole.most;
    return parent !== null && isMore ? [{ child, parent }] : [];
  });
}
