/** How records become figures: things found are counted whole and by their parts, and each number keeps the ids behind it. Pure and deterministic. */
import type { CountablePlan } from '../../operations/plan/index.ts';
import type { CountableFact, SubmittedNrmReferral } from '../../safeguarding/referrals/index.ts';
import type { CountableVisits } from '../../visits/index.ts';
import {
  type Breakdown,
  breakdowns,
  breakdownsOf,
  type Cell,
  type Dimension,
  exactly,
  type Figure,
  type Figures,
  type Indicator,
  type Quantity,
} from '../../vocabulary/figures.ts';

/** All that one operation's return is counted from. */
export type Records = Omit<CountablePlan, 'powers'> &
  Omit<CountableVisits, 'visits' | 'officerReferrals'> & {
    /** The power of a visit by its name, or that nobody entered, or that it is not known yet. */
    readonly visits: readonly (CountableVisits['visits'][number] & { readonly basis: string })[];
    /** Powers of entry in the words of the catalogue, as on visits. */
    readonly powers: readonly (CountablePlan['powers'][number] & { readonly isWarrant: boolean })[];
    /** With the name of the first responder: the agency of the officer. */
    readonly officerReferrals: readonly (Omit<CountableVisits['officerReferrals'][number], 'agencyId'> & {
      readonly organisation: string;
    })[];
    readonly facts: readonly CountableFact[];
    /** Referrals with the name of the organisation they went to. */
    readonly referrals: readonly { readonly id: string; readonly organisation: string; readonly state: string }[];
    /** NRM referrals and notifications that support agencies sent, by the kind of first responder. */
    readonly submittedReferrals: readonly SubmittedNrmReferral[];
  };

export const recordKinds = [
  'premises',
  'planned visit',
  'visit',
  'power',
  'member',
  'encounter',
  'arrest',
  'seizure',
  'NRM referral',
  'fact',
  'referral',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Points to one record; `within` is the record on whose page it is shown, when it has no page of its own. */
export type RecordReference = { readonly kind: RecordKind; readonly id: string; readonly within: string | null };

type DimensionValues = Readonly<Partial<Record<Dimension, string>>>;
/** One thing that counts, and what it is by each dimension that its breakdowns name. Without an amount it counts one. */
export type CountedItem = RecordReference & { readonly of: DimensionValues; readonly amount?: number };

/** The items that a definition finds. A breakdown with overlapping or separate parts has its own items. */
export type FoundItems = {
  readonly whole: readonly CountedItem[];
  readonly parts?: Readonly<Partial<Record<Breakdown, readonly CountedItem[]>>>;
  /** Records that should state an amount do not: the figure is the least that it can be. */
  readonly isFloor?: boolean;
  /** How many of what the amounts are in make one of the figure's unit: pence in a pound. */
  readonly per?: number;
};

/** A record behind one cell of a figure. */
export type CountedRecord = RecordReference & { readonly indicator: Indicator; readonly cell: string };

export type Counted = { readonly figures: Figures; readonly countedRecords: readonly CountedRecord[] };

/** The name of the cell for the whole figure. */
export const totalCell = 'total';

/** Names a cell of one figure: `byTown ["Watford"]`. */
export const formatCellName = (breakdown: Breakdown, of: Cell['of']): string =>
  `${breakdown} ${JSON.stringify(breakdowns[breakdown].map((dimension) => of[dimension as Dimension] ?? unknownValue))}`;

/** A missing value is a part of its own, so that the parts still add up. */
export const unknownValue = 'not known';

/** Counts what one definition found. */
export function countFound(
  indicator: Indicator,
  { whole, parts = {}, isFloor = false, per = 1 }: FoundItems,
): { figure: Figure; behind: CountedRecord[] } {
  const behind: CountedRecord[] = [];
  const keep = (cell: string, items: readonly CountedItem[]): void => {
    for (const { kind, id, within } of items) behind.push({ indicator, cell, kind, id, within });
  };
  const quantify = (items: readonly CountedItem[]): Quantity => {
    const value = Math.floor(items.reduce((sum, { amount = 1 }) => sum + amount, 0) / per);
    if (!isFloor) return exactly(value);
    return value === 0 ? { kind: 'not known' } : { kind: 'number', value, qualifier: 'at least' };
  };
  keep(totalCell, whole);
  const counted: Partial<Record<Breakdown, readonly Cell[]>> = {};
  for (const breakdown of breakdownsOf[indicator] ?? []) {
    const groups = groupBy(breakdown, parts[breakdown] ?? whole);
    counted[breakdown] = groups.map(({ of, items }) => ({ of, quantity: quantify(items) }));
    for (const { of, items } of groups) keep(formatCellName(breakdown, of), items);
  }
  return { figure: { indicator, total: quantify(whole), breakdowns: counted }, behind };
}

/** Groups in the order of their names, whatever the order of the rows. */
function groupBy(breakdown: Breakdown, items: readonly CountedItem[]): { of: DimensionValues; items: CountedItem[] }[] {
  const groups = new Map<string, { of: DimensionValues; items: CountedItem[] }>();
  for (const item of items) {
    const of = Object.fromEntries(
      breakdowns[breakdown].map((dimension: Dimension) => [dimension, item.of[dimension] ?? unknownValue]),
    );
    const name = formatCellName(breakdown, of);
    const group = groups.get(name);
    if (group) group.items.push(item);
    else groups.set(name, { of, items: [item] });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, group]) => group);
}
