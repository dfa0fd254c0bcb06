/**
 * Adds the breakdowns of a week's returns, part by part, and checks them against the totals. A protected number was
 * rounded in each return: its sum is a range, never an exact number. Pure.
 */
import {
  type Breakdown,
  breakdowns,
  type Dimension,
  isSafeguarding,
  partitions,
  type Quantity,
} from '../../../vocabulary/figures.ts';
import { getIndicator, type Indicator, indicatorNames } from '../../../vocabulary/indicators.ts';
import { boundSum } from './bounds.ts';
import type { ReadableReturn } from './inbox.ts';
import type { PairDecisions } from './joint-visits.ts';
import { countRepeats, foldPlace, listShared, type Overlaps, type PlacePart, readOverlaps } from './overlaps.ts';
import { addReturns, boundsOfWords, type Total, type Totals } from './roll-up.ts';

/** What a sum can be. */
export type Range = {
  readonly least: number;
  /** Null where nothing limits it. */
  readonly most: number | null;
  /** The sum of the numbers as they were sent, where some were rounded. */
  readonly about: number | null;
};

/** A rounded number may be this far from the count, with the extra step that a table may need. */
export const mostRounding = 9;
const mostOfFew = 4;

const exact = (value: number): Range => ({ least: value, most: value, about: null });

/** What one return says, as far as it can be relied on. */
export function readRange(quantity: Quantity | undefined, isProtected: boolean): Range {
  if (quantity?.kind === 'words') return { ...boundsOfWords(quantity), about: null };
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
/** A town is one part however returns write it. */
const keyOf = (breakdown: Breakdown, of: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    breakdowns[breakdown].map((dimension) =>
      dimension === 'town' ? foldPlace('town', of.town ?? '') : fold(of[dimension] ?? ''),
    ),
  );

/** A part that a return leaves out is nobody. A protected breakdown may leave out a few people whose part is not known. */
const readMissing = (of: Readonly<Record<string, string>>, isProtected: boolean): Range =>
  isProtected && Object.values(of).includes('not known') ? { least: 0, most: mostOfFew, about: null } : exact(0);

/** The sum of what several returns say, where some of them may count the same. */
function addShared(
  ranges: readonly Range[],
  overlaps: Overlaps,
  indicator: Indicator,
  part: PlacePart | 'the whole' | 'not a place',
): Range {
  const place = typeof part === 'string' ? undefined : part;
  // Of a town that two returns write differently, nobody knows in which part the visit is.
  const isBlurred = place?.what === 'town' && overlaps.blurred.has(place.name);
  const shared = listShared(overlaps, indicator, place).map((one) => ({
    ...one,
    isCertain: one.isCertain && !isBlurred && part !== 'not a place',
  }));
  const sum = boundSum(ranges, shared, countRepeats(overlaps, indicator));
  const least = isBlurred ? 0 : sum.least;
  return { ...sum, least, about: addRanges(ranges).about };
}

/** The town or the kind of premises that a part names, where its breakdown has one. */
function toPlacePart(breakdown: Breakdown, of: Readonly<Record<string, string>>): PlacePart | 'not a place' {
  const dimensions: readonly Dimension[] = breakdowns[breakdown];
  if (dimensions.includes('town')) return { what: 'town', name: foldPlace('town', of.town ?? '') };
  return dimensions.includes('business') ? { what: 'kind', name: foldPlace('kind', of.business ?? '') } : 'not a place';
}

type Asked = { readonly indicator: Indicator; readonly breakdown: Breakdown; readonly isProtected: boolean };

function addParts(
  { indicator, breakdown, isProtected }: Asked,
  given: readonly Given[],
  overlaps: Overlaps,
): AddedPart[] {
  const names = new Map(given.flatMap(({ cells }) => cells.map(({ of }) => [keyOf(breakdown, of), of] as const)));
  const sums = new Map<string, Range[]>([...names.keys()].map((key) => [key, []]));
  const byReturn = new Map(given.map(({ from, cells }) => [from, cells]));
  for (const from of overlaps.returns) {
    const cells = byReturn.get(from);
    const own = Map.groupBy(cells ?? [], ({ of }) => keyOf(breakdown, of));
    for (const [key, ranges] of sums) {
      const here = own.get(key)?.map(({ quantity }) => readRange(quantity, isProtected));
      ranges.push(here ? addRanges(here) : cells ? readMissing(names.get(key) ?? {}, isProtected) : exact(0));
    }
  }
  return [...names].map(([key, of]) => ({
    of,
    sum: addShared(sums.get(key) ?? [], overlaps, indicator, toPlacePart(breakdown, of)),
  }));
}

const meets = (one: Range, other: Range): boolean =>
  (one.most === null || other.least <= one.most) && (other.most === null || one.least <= other.most);

function rangeOfTotal({ value, qualifier, least, isRounded }: Total): Range {
  if (qualifier === 'exact') return exact(value);
  if (isRounded || qualifier === 'not known') return { least: 0, most: null, about: null };
  if (qualifier === 'at least') return { least: value, most: null, about: null };
  return least === undefined ? { least: 0, most: null, about: null } : { least, most: value, about: null };
}

/** Whether the parts of a partition can be the whole; cash is compared in pounds alone. */
function isWrongSum(breakdown: Breakdown, parts: readonly AddedPart[], whole: Range, covers: boolean): boolean {
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
  overlaps: Overlaps,
  indicator: Indicator,
  breakdown: Breakdown,
  total: Total | undefined,
): AddedBreakdown | undefined {
  const asked = overlaps.returns.filter(({ document }) => document.figures[indicator]);
  const given = asked.flatMap((from) => {
    const cells = cellsOf(from, indicator, breakdown);
    return cells ? [{ from, cells }] : [];
  });
  if (given.length === 0) return undefined;
  const isProtected = isSafeguarding(indicator);
  const parts = addParts({ indicator, breakdown, isProtected }, given, overlaps);
  const whole = isProtected ? addProtected(overlaps, indicator, exact(0)) : total && rangeOfTotal(total);
  const isWrong = whole !== undefined && isWrongSum(breakdown, parts, whole, given.length === asked.length);
  return {
    ...{ indicator, breakdown, given: given.length, asked: asked.length, isProtected, isWrong },
    parts: parts.sort(
      (a, b) => sentOf(b.sum) - sentOf(a.sum) || (keyOf(breakdown, a.of) < keyOf(breakdown, b.of) ? -1 : 1),
    ),
  };
}

/** `missing`: what a return says that does not give the figure. */
const addProtected = (overlaps: Overlaps, indicator: Indicator, missing: Range): Range =>
  addShared(
    overlaps.returns.map(({ document }) => {
      const figure = document.figures[indicator];
      return figure ? readRange(figure.total as Quantity, true) : missing;
    }),
    overlaps,
    indicator,
    'the whole',
  );

/** Every breakdown that at least one return gives, in the order of the indicators. */
export function addBreakdowns(
  returns: readonly ReadableReturn[],
  decisions: PairDecisions,
  given?: Totals,
): AddedBreakdown[] {
  const overlaps = readOverlaps(returns, decisions);
  const totals = given ?? addReturns(returns, decisions, overlaps);
  return indicatorNames.flatMap((indicator) =>
    (Object.keys(breakdowns) as Breakdown[]).flatMap(
      (breakdown) => addBreakdown(overlaps, indicator, breakdown, totals.get(indicator)) ?? [],
    ),
  );
}

export type WrongChild = { readonly child: Indicator; readonly parent: Indicator };

/** A figure that is a part of another, record by record, and is more than it. */
export function findWrongChildren(
  returns: readonly ReadableReturn[],
  totals: Totals,
  decisions: PairDecisions = new Map(),
): WrongChild[] {
  const overlaps = readOverlaps(returns, decisions);
  const rangeOf = (indicator: Indicator): Range | undefined => {
    const total = totals.get(indicator);
    if (!total) return undefined;
    return isSafeguarding(indicator)
      ? addProtected(overlaps, indicator, readRange(undefined, true))
      : rangeOfTotal(total);
  };
  return indicatorNames.flatMap((child) => {
    const { parent } = getIndicator(child);
    const [part, whole] = [rangeOf(child), parent === null ? undefined : rangeOf(parent)];
    const isMore = part && whole && whole.most !== null && part.least > whole.most;
    return parent !== null && isMore ? [{ child, parent }] : [];
  });
}
