/** How few and how many things several returns count together, where more than one may count the same thing. Pure. */

export type Bounds = {
  readonly least: number;
  /** Null where nothing limits it. */
  readonly most: number | null;
};

/** Returns that may count the same. */
export type Shared = {
  readonly from: readonly number[];
  /** How much of each return's number lies there, in the same order. Without it any of the numbers may. */
  readonly counts?: readonly number[];
  /** Every return there counts the same things, so they are certainly counted more than once. */
  readonly isCertain: boolean;
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What is counted again at one place: certainly, and at most. The largest number stays. */
function countAgain({ counts = [], isCertain }: Shared): { readonly certain: number; readonly most: number } {
  const some = counts.filter((one) => one > 0);
  if (some.length < 2) return { certain: 0, most: 0 };
  const most = sumOf(some) - Math.max(...some);
  // Of unequal numbers one thing at least is the same.
  const alike = new Set(some).size === 1 ? most : some.length - 1;
  return { certain: isCertain ? alike : 0, most };
}

type Neighbours = ReadonlyMap<number, ReadonlySet<number>>;

function findNeighbours(shared: readonly Shared[]): Neighbours {
  const neighbours = new Map<number, Set<number>>();
  for (const { from, counts } of shared) {
    const here = from.filter((_, index) => !counts || (counts[index] ?? 0) > 0);
    for (const one of here) {
      const mine = neighbours.get(one) ?? new Set();
      for (const other of here) if (other !== one) mine.add(other);
      neighbours.set(one, mine);
    }
  }
  return neighbours;
}

/** Up to so many returns that hang together, every choice is tried. Of more, the largest are taken first: a bound too, though not the best. */
const mostTried = 20;

function listConnected(nodes: readonly number[], neighbours: Neighbours): number[][] {
  const left = new Set(nodes);
  const found: number[][] = [];
  for (const start of nodes) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (let at = 0; at < group.length; at += 1)
      for (const next of neighbours.get(group[at] as number) ?? []) if (left.delete(next)) group.push(next);
    found.push(group);
  }
  return found;
}

/** The most that returns add up to of which no two share anything. */
export function sumApart(weights: readonly number[], shared: readonly Shared[]): number {
  const neighbours = findNeighbours(shared);
  const weightOf = (one: number): number => weights[one] ?? 0;
  const best = (nodes: readonly number[]): number => {
    const degree = (one: number): number => nodes.filter((other) => neighbours.get(one)?.has(other)).length;
    const [hub] = [...nodes].sort((a, b) => degree(b) - degree(a));
    if (hub === undefined || degree(hub) === 0) return sumOf(nodes.map(weightOf));
    const rest = nodes.filter((one) => one !== hub);
    return Math.max(best(rest), weightOf(hub) + best(rest.filter((one) => !neighbours.get(hub)?.has(one))));
  };
  const largestFirst = (nodes: readonly number[]): number => {
    const out = new Set<number>();
    let sum = 0;
    for (const one of [...nodes].sort((a, b) => weightOf(b) - weightOf(a) || a - b)) {
      if (out.has(one)) continue;
      sum += weightOf(one);
      for (const other of neighbours.get(one) ?? []) out.add(other);
    }
    return sum;
  };
  const counting = weights.flatMap((weight, index) => (weight > 0 ? [index] : []));
  return sumOf(
    listConnected(counting, neighbours).map((group) => (group.length <= mostTried ? best(group) : largestFirst(group))),
  );
}

/**
 * Gives what the numbers of several returns can be together: never less than what returns without anything in
 * common add up to, so never less than the largest. `repeats`: so many things may stand at two places of one return.
 */
export function boundSum(values: readonly Bounds[], shared: readonly Shared[], repeats = 0): Bounds {
  const weights = values.map(({ least }) => least);
  const again = shared.map(countAgain);
  const open = shared.filter(({ counts }) => !counts);
  const certain = again.map((one) => one.certain);
  const off = Math.max(0, ...certain, sumOf(certain) - repeats);
  const least = Math.max(sumApart(weights, shared), sumApart(weights, open) - sumOf(again.map(({ most }) => most)));
  if (values.some(({ most }) => most === null)) return { least, most: null };
  return { least, most: Math.max(least, sumOf(values.map(({ most }) => most ?? 0)) - off) };
}
