/** Where returns of a week may count the same thing: at joint visits, at likely ones, and where one operation came twice. Pure. */
import type { Quantity } from '../../../vocabulary/figures.ts';
import type { Shared } from './bounds.ts';
import { type ReadableReturn, reporterKey } from './inbox.ts';
import {
  canOverlap,
  isAboutVisit,
  isShared,
  isStated,
  listReferences,
  listSame,
  listUndecidedBy,
  type PairDecisions,
  type SharedReference,
  type VisitGroup,
} from './joint-visits.ts';
import { foldTown } from './town-names.ts';

/** Returns of one reporter with one operation name and the same dates, under two ids: probably one operation, entered twice. */
export const listDoubled = (returns: readonly ReadableReturn[]): ReadableReturn[][] =>
  [
    ...Map.groupBy(returns, ({ reporter, document: { operation, week } }) =>
      JSON.stringify([reporterKey(reporter), operation.name.trim().toLowerCase(), week.localWindow]),
    ).values(),
  ].filter((of) => of.length > 1);

/** A town or a kind of premises, folded. */
export type PlacePart = { readonly what: 'town' | 'kind'; readonly name: string };
type Named = { readonly town: string; readonly kind: string };

/** A visit that is joint, with what each return counts of it. Without counts nobody knows how much. */
type JointVisit = {
  readonly from: readonly number[];
  readonly at: readonly Named[];
  readonly counts: (indicator: string) => readonly number[] | undefined;
};

export type Overlaps = {
  readonly returns: readonly ReadableReturn[];
  readonly joint: readonly JointVisit[];
  readonly doubled: readonly (readonly number[])[];
  /** Of likely pairs that nobody has decided, by town, by kind and of all. */
  readonly undecided: (part: PlacePart | undefined) => readonly (readonly number[])[];
  /** Towns that two returns of one visit may write differently. */
  readonly blurred: ReadonlySet<string>;
};

export const foldPlace = (what: PlacePart['what'], name: string): string =>
  what === 'town' ? foldTown(name) : name.trim().toLocaleLowerCase('en-GB');

export function readOverlaps(returns: readonly ReadableReturn[], decisions: PairDecisions): Overlaps {
  const numbers = new Map(returns.map((one, index) => [one, index]));
  const toNumbers = (of: readonly ReadableReturn[]): number[] => of.map((one) => numbers.get(one) ?? 0);
  const joint = [
    ...listReferences(returns)
      .filter(isShared)
      .map(
        ({ lines }): JointVisit => ({
          from: toNumbers(lines.map(({ from }) => from)),
          at: lines.map(({ line }) => line),
          counts: countsOfLines(lines),
        }),
      ),
    ...listSame(returns, decisions).map(
      (groups): JointVisit => ({
        from: toNumbers(groups.map(({ from }) => from)),
        at: groups,
        counts: countsOfGroups(groups),
      }),
    ),
  ];
  const by = { town: new Map<string, number[][]>(), kind: new Map<string, number[][]>(), all: [] as number[][] };
  const blurred = new Set<string>();
  const open = listUndecidedBy(returns, decisions);
  by.all = open.all.map(toNumbers);
  for (const what of ['town', 'kind'] as const)
    for (const [name, pairs] of open[what]) by[what].set(foldPlace(what, name), pairs.map(toNumbers));
  for (const name of open.blurred) blurred.add(foldTown(name));
  for (const { at } of joint) {
    const towns = new Set(at.map(({ town }) => foldTown(town)));
    if (towns.size > 1) for (const town of towns) blurred.add(town);
  }
  return {
    ...{ returns, joint, blurred },
    doubled: listDoubled(returns).map(toNumbers),
    undecided: (part) => (part ? (by[part.what].get(part.name) ?? []) : by.all),
  };
}

/** A return gives the figures of a visit, except what a team states of its whole operation, people helped and its officers. */
const countsOfLines =
  (lines: SharedReference['lines']): JointVisit['counts'] =>
  (indicator) =>
    canOverlap(indicator) && !isStated(indicator) ? lines.map(({ line }) => line.counts[indicator] ?? 0) : undefined;

const countsOfGroups =
  (groups: readonly VisitGroup[]): JointVisit['counts'] =>
  (indicator) => {
    if (indicator === 'visits.made') return groups.map(({ visits }) => visits);
    return indicator === 'premises.visited' ? groups.map(({ premises }) => premises) : undefined;
  };

/** What may be counted twice of one figure, or of its part in one town or at one kind of premises. */
export function listShared(overlaps: Overlaps, indicator: string, part?: PlacePart): Shared[] {
  const { joint, doubled, undecided } = overlaps;
  const isThere = ({ at }: JointVisit): boolean =>
    part === undefined || at.some((one) => foldPlace(part.what, one[part.what]) === part.name);
  return [
    ...joint.filter(isThere).map(({ from, counts }): Shared => {
      const known = counts(indicator);
      return { from, ...(known && { counts: known }), isCertain: isAboutVisit(indicator) };
    }),
    ...[...doubled, ...undecided(part)].map((from): Shared => ({ from, isCertain: false })),
  ];
}

/** How many premises may stand at two joint visits of one return: those that it visited on two days. */
export function countRepeats({ returns, joint }: Overlaps, indicator: string): number {
  if (!isAboutVisit(indicator) || !/premises/.test(indicator)) return 0;
  if (indicator !== 'premises.visited') return Number.POSITIVE_INFINITY;
  const involved = new Set(joint.flatMap(({ from }) => from));
  let repeats = 0;
  for (const index of involved) {
    const document = returns[index]?.document;
    const total = document?.figures[indicator]?.total as Quantity | undefined;
    const listed = document?.visits.reduce((sum, { premises }) => sum + premises, 0) ?? 0;
    // Without the visits by day nobody knows how many were visited twice.
    if (total?.kind !== 'number' || total.qualifier !== 'exact' || listed < total.value)
      return Number.POSITIVE_INFINITY;
    repeats += listed - total.value;
  }
  return repeats;
}
