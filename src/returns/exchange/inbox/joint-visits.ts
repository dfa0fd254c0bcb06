/** Finds visits that two forces made together: by the reference that they shared, and likely pairs for a person to decide. Pure. */
import { isSafeguarding } from '../../../vocabulary/figures.ts';
import { getIndicator, type Indicator, indicatorNames } from '../../../vocabulary/indicators.ts';
import type { JointVisitLine } from '../document/signed-return.ts';
import type { ReadableReturn } from './inbox.ts';

/** Figures of a visit that two forces can both have. People who may need help, and officers, are each force's own. */
export const canOverlap = (indicator: string): boolean =>
  !isSafeguarding(indicator as Indicator) && indicator !== 'people.deployed';

/** A number that a team states, of which a return keeps no record for each visit. */
export const isStated = (indicator: string): boolean =>
  isIndicator(indicator) && getIndicator(indicator).sums === 'floor';

const isIndicator = (name: string): name is Indicator => indicatorNames.some((known) => known === name);

/** Facts about the visit itself: both forces say the same of it. */
export const isAboutVisit = (indicator: string): boolean =>
  /^(visits|premises|damage)\./.test(indicator) || indicator === 'arrests.premises';

export type SharedReference = {
  readonly reference: string;
  readonly lines: readonly { readonly from: ReadableReturn; readonly line: JointVisitLine }[];
};

/** Every reference in these returns, in order, with the returns that name it. One that a single return names waits for the other. */
export function listReferences(returns: readonly ReadableReturn[]): SharedReference[] {
  const all = returns.flatMap((from) => from.document.jointVisits.map((line) => ({ from, line })));
  return [...Map.groupBy(all, ({ line }) => line.reference)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reference, lines]) => ({ reference, lines }));
}

export const isShared = ({ lines }: SharedReference): boolean => lines.length > 1;

/** Visits of one return on one day, in one town, of one kind, without those that a shared reference names. */
export type VisitGroup = {
  readonly from: ReadableReturn;
  readonly town: string;
  readonly visits: number;
  readonly premises: number;
};

export type LikelyPair = {
  /** The same for the same two operations, day, town and kind, whatever version they are in. */
  readonly key: string;
  readonly day: string;
  readonly town: string;
  readonly kind: string;
  readonly groups: readonly [VisitGroup, VisitGroup];
};

const fold = (text: string): string =>
  text
    .trim()
    .toLocaleLowerCase('en-GB')
    .replaceAll(/[\s’'-]+/g, ' ');
const notKnown = fold('not known');

type At = Pick<JointVisitLine, 'day' | 'town' | 'kind'>;
type Named = { readonly key: string; readonly isKnown: boolean };
/** A week is asked for its places many times, and a return may have 2,000 lines: each line is folded once. */
const named = new WeakMap<At, Named>();
function nameOf(at: At): Named {
  const before = named.get(at);
  if (before) return before;
  const [town, kind] = [fold(at.town), fold(at.kind)];
  const name = { key: [at.day, town, kind].join('|'), isKnown: town !== notKnown && kind !== notKnown };
  named.set(at, name);
  return name;
}
/** One day, one town and one kind of premises, however they are written. */
export const isSamePlace = (one: At, other: At): boolean => nameOf(one).key === nameOf(other).key;

type Place = At & { readonly key: string; readonly groups: readonly VisitGroup[] };

/** Lines of one return at one place are added up. What a shared reference names is taken off. */
function groupVisits(from: ReadableReturn, shared: ReadonlySet<string>): [string, VisitGroup & At][] {
  const { visits, jointVisits } = from.document;
  const sharedLines = Map.groupBy(
    jointVisits.filter(({ reference }) => shared.has(reference)),
    (line) => nameOf(line).key,
  );
  const lines = Map.groupBy(visits, (line) => nameOf(line).key);
  return [...lines].flatMap(([key, all]): [string, VisitGroup & At][] => {
    const [line] = all;
    if (!line || !nameOf(line).isKnown) return [];
    const left = (what: 'visits' | 'premises', indicator: string): number =>
      all.reduce((sum, one) => sum + one[what], 0) -
      (sharedLines.get(key) ?? []).reduce((sum, { counts }) => sum + (counts[indicator] ?? 0), 0);
    const made = left('visits', 'visits.made');
    if (made <= 0) return [];
    const { day, town, kind } = line;
    const premises = Math.max(1, left('premises', 'premises.visited'));
    return [[key, { from, day, town, kind, visits: made, premises }]];
  });
}

/** The places of the same returns, which one page asks for several times. */
const placesOf = new WeakMap<readonly ReadableReturn[], readonly Place[]>();

/** Where and when more than one operation of a country made visits of one kind. */
export function listPlaces(returns: readonly ReadableReturn[]): readonly Place[] {
  if (returns.length < 2) return [];
  const before = placesOf.get(returns);
  if (before) return before;
  const shared = new Set(
    listReferences(returns)
      .filter(isShared)
      .map(({ reference }) => reference),
  );
  const places = new Map<string, Place & { groups: VisitGroup[] }>();
  for (const from of returns)
    for (const [key, { day, kind, ...group }] of groupVisits(from, shared)) {
      const { town } = group;
      const inCountry = `${from.reporter.country}|${key}`;
      const place = places.get(inCountry);
      if (place) place.groups.push(group);
      else places.set(inCountry, { key, day, town, kind, groups: [group] });
    }
  const found = [...places]
    .filter(([, { groups }]) => groups.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, place]) => place);
  placesOf.set(returns, found);
  return found;
}

const operationOf = ({ from }: VisitGroup): string => from.document.operation.id;
const pairKey = ({ key }: Place, one: VisitGroup, other: VisitGroup): string =>
  [...[operationOf(one), operationOf(other)].sort(), key].join('|');
/** Where a decision on a pair was made. */
const placeOfPair = (key: string): string => key.split('|').slice(2).join('|');

/** Every two groups of a place, of different operations. */
function* pairUp({ groups }: Place): Generator<readonly [VisitGroup, VisitGroup]> {
  for (const [index, one] of groups.entries())
    for (let further = index + 1; further < groups.length; further += 1) {
      const other = groups[further];
      if (other && operationOf(one) !== operationOf(other)) yield [one, other];
    }
}

const toPair = (place: Place, groups: readonly [VisitGroup, VisitGroup]): LikelyPair => {
  const { day, town, kind } = place;
  return { key: pairKey(place, ...groups), day, town, kind, groups };
};

export const listLikelyPairs = (returns: readonly ReadableReturn[]): LikelyPair[] =>
  listPlaces(returns).flatMap((place) => [...pairUp(place)].map((groups) => toPair(place, groups)));

/** As many open pairs as a page can hold at once. */
export const mostOpenPairs = 200;
export type PairList = { readonly pairs: readonly LikelyPair[]; readonly unlisted: number };

/** Every pair that was decided, the first of those that are open, and how many more are open. */
export function listPairs(returns: readonly ReadableReturn[], decisions: PairDecisions): PairList {
  const decided = new Set([...decisions.keys()].map(placeOfPair));
  const pairs: LikelyPair[] = [];
  let [open, unlisted] = [0, 0];
  for (const place of listPlaces(returns))
    for (const groups of pairUp(place)) {
      if (open >= mostOpenPairs && !decided.has(place.key)) unlisted += 1;
      else {
        const pair = toPair(place, groups);
        const isOpen = !decisions.has(pair.key);
        if (isOpen && open >= mostOpenPairs) unlisted += 1;
        else pairs.push(pair);
        if (isOpen) open += 1;
      }
    }
  return { pairs, unlisted };
}

/** The returns of each likely pair that nobody has decided, each two once. */
export function listUndecided(returns: readonly ReadableReturn[], decisions: PairDecisions): ReadableReturn[][] {
  const numbers = new Map(returns.map((one, index) => [one, index]));
  const numberOf = ({ from }: VisitGroup): number => numbers.get(from) ?? 0;
  const decided = new Set([...decisions.keys()].map(placeOfPair));
  const found = new Map<number, ReadableReturn[]>();
  for (const place of listPlaces(returns))
    for (const [one, other] of pairUp(place)) {
      const both = numberOf(one) * returns.length + numberOf(other);
      if (found.has(both) || (decided.has(place.key) && decisions.has(pairKey(place, one, other)))) continue;
      found.set(both, [one.from, other.from]);
    }
  return [...found.values()];
}

export const pairAnswers = ['same', 'different'] as const;
export type PairAnswer = (typeof pairAnswers)[number];
/** As it is kept: “open” takes an earlier decision back. */
export const keptAnswers = ['same', 'different', 'open'] as const;
export type KeptAnswer = (typeof keptAnswers)[number];
/** The latest decision on each pair. A decision can be taken back: then the pair is open again. */
export type PairDecisions = ReadonlyMap<string, PairAnswer>;

/** Groups of visits that a person decided are the same: each counts once. */
export function listSame(returns: readonly ReadableReturn[], decisions: PairDecisions): VisitGroup[][] {
  const decided = new Set([...decisions].flatMap(([key, answer]) => (answer === 'same' ? [placeOfPair(key)] : [])));
  if (decided.size === 0) return [];
  return listPlaces(returns).flatMap((place) => {
    if (!decided.has(place.key)) return [];
    const sets = place.groups.map((group) => new Set([group]));
    for (const [one, other] of pairUp(place)) {
      if (decisions.get(pairKey(place, one, other)) !== 'same') continue;
      const [mine, its] = [sets.find((set) => set.has(one)), sets.find((set) => set.has(other))];
      if (!mine || !its || mine === its) continue;
      for (const group of its) mine.add(group);
      its.clear();
    }
    return sets.filter(({ size }) => size > 1).map((set) => [...set]);
  });
}
