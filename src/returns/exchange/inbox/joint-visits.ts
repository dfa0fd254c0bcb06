/** Finds visits that two forces made together: by the reference that they shared, and likely pairs for a person to decide. Pure. */
import { isSafeguarding } from '../../../vocabulary/figures.ts';
import { getIndicator, type Indicator, indicatorNames } from '../../../vocabulary/indicators.ts';
import type { JointVisitLine } from '../document/signed-return.ts';
import type { ReadableReturn } from './inbox.ts';
import { foldTown, listSlips } from './town-names.ts';

/** Figures that a return gives of each joint visit. People who may need help, and officers, it gives of its whole operation alone. */
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
  readonly kind: string;
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
type Named = { readonly key: string; readonly town: string; readonly kind: string; readonly isKnown: boolean };
/** A week is asked for its places many times, and a return may have 2,000 lines: each line is folded once. */
const named = new WeakMap<At, Named>();
function nameOf(at: At): Named {
  const before = named.get(at);
  if (before) return before;
  const [town, kind] = [foldTown(at.town), fold(at.kind)];
  const name = { key: [at.day, town, kind].join('|'), town, kind, isKnown: town !== notKnown && kind !== notKnown };
  named.set(at, name);
  return name;
}
/** One day, one town and one kind of premises, however they are written. */
export const isSamePlace = (one: At, other: At): boolean => nameOf(one).key === nameOf(other).key;

/** Decisions of before towns were compared by their folded names. */
export function renewPairKey(key: string): string {
  const [one = '', other = '', day = '', town = '', kind = '', ...more] = key.split('|');
  return more.length > 0 || kind === ''
    ? key
    : [one, other, day, town.split('~').map(foldTown).join('~'), kind].join('|');
}

type Place = At & {
  readonly key: string;
  readonly groups: readonly VisitGroup[];
  /** Of a town whose name is one slip apart: each pair has one group of each. */
  readonly others?: readonly VisitGroup[];
};

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

/** Of a town that more groups name, those of different countries are probably of different towns. */
const mostAcrossBorders = 40;

/** Places of one day and one kind whose towns are one slip apart. */
const listSlipPlaces = (places: readonly Place[]): Place[] =>
  [...Map.groupBy(places, (place) => `${place.day}|${nameOf(place).kind}`).values()].flatMap((near) => {
    const byTown = new Map(near.map((place) => [nameOf(place).town, place]));
    return listSlips([...byTown.keys()]).flatMap((names) => {
      const [one, other] = names.map((name) => byTown.get(name));
      if (!one || !other) return [];
      const { day, kind, groups } = one;
      const town = `${one.town} or ${other.town}`;
      return [
        { day, kind, town, key: [day, names.join('~'), nameOf(one).kind].join('|'), groups, others: other.groups },
      ];
    });
  });

/** Where and when more than one operation made visits of one kind. */
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
    for (const [key, { day, ...group }] of groupVisits(from, shared)) {
      const { town, kind } = group;
      const place = places.get(key);
      if (place) place.groups.push(group);
      else places.set(key, { key, day, town, kind, groups: [group] });
    }
  const all = [...places.values()];
  const found = [...all.filter(({ groups }) => groups.length > 1), ...listSlipPlaces(all)].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
  placesOf.set(returns, found);
  return found;
}

const operationOf = ({ from }: VisitGroup): string => from.document.operation.id;
const pairKey = ({ key }: Place, one: VisitGroup, other: VisitGroup): string =>
  [...[operationOf(one), operationOf(other)].sort(), key].join('|');
/** Where a decision on a pair was made. */
const placeOfPair = (key: string): string => key.split('|').slice(2).join('|');

const countryOf = ({ from }: VisitGroup): string => from.reporter.country;

/** Every two groups of a place, of different operations. Two countries must write the town alike. */
function* pairUp({ groups, others }: Place): Generator<readonly [VisitGroup, VisitGroup]> {
  const isAcross = !others && groups.length <= mostAcrossBorders;
  for (const [index, one] of groups.entries()) {
    const second = others ?? groups;
    for (let further = others ? 0 : index + 1; further < second.length; further += 1) {
      const other = second[further];
      if (!other || operationOf(one) === operationOf(other)) continue;
      if (isAcross || countryOf(one) === countryOf(other)) yield [one, other];
    }
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

/** Returns of likely pairs, each two once. */
export type UndecidedReturns = {
  readonly all: readonly ReadableReturn[][];
  readonly town: ReadonlyMap<string, readonly ReadableReturn[][]>;
  readonly kind: ReadonlyMap<string, readonly ReadableReturn[][]>;
  /** Towns that the two returns of a pair write with a slip. */
  readonly blurred: ReadonlySet<string>;
};

/** The returns of each likely pair that nobody has decided, also by its town and by its kind of premises. */
export function listUndecidedBy(returns: readonly ReadableReturn[], decisions: PairDecisions): UndecidedReturns {
  const numbers = new Map(returns.map((one, index) => [one, index]));
  const numberOf = ({ from }: VisitGroup): number => numbers.get(from) ?? 0;
  const decided = new Set([...decisions.keys()].map(placeOfPair));
  type Found = Map<number, ReadableReturn[]>;
  const all: Found = new Map();
  const by = { town: new Map<string, Found>(), kind: new Map<string, Found>() };
  const blurred = new Set<string>();
  const at = (what: 'town' | 'kind', name: string): Found => {
    const found = by[what].get(name) ?? new Map();
    by[what].set(name, found);
    return found;
  };
  for (const place of listPlaces(returns))
    for (const [one, other] of pairUp(place)) {
      if (decided.has(place.key) && decisions.has(pairKey(place, one, other))) continue;
      const pair = [one.from, other.from];
      const both = numberOf(one) * returns.length + numberOf(other);
      const towns = new Set([foldTown(one.town), foldTown(other.town)]);
      if (towns.size > 1) for (const town of towns) blurred.add(town);
      for (const found of [all, ...[...towns].map((town) => at('town', town)), at('kind', fold(place.kind))])
        found.set(both, pair);
    }
  const listed = (found: ReadonlyMap<string, Found>) =>
    new Map([...found].map(([name, pairs]) => [name, [...pairs.values()]]));
  return { all: [...all.values()], town: listed(by.town), kind: listed(by.kind), blurred };
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
  // A group can be in two places: as its town is written, and beside a town one slip apart.
  const sets = new Map<VisitGroup, Set<VisitGroup>>();
  for (const place of listPlaces(returns)) {
    if (!decided.has(place.key)) continue;
    for (const [one, other] of pairUp(place)) {
      if (decisions.get(pairKey(place, one, other)) !== 'same') continue;
      const mine = sets.get(one) ?? new Set([one]);
      for (const group of sets.get(other) ?? [other]) mine.add(group);
      for (const group of mine) sets.set(group, mine);
    }
  }
  return [...new Set(sets.values())].map((set) => [...set]);
}
