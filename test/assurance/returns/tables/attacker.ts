/**
 * An attacker written apart from protector and auditor: it knows the published rule in its own words, lists every table
 * of whole numbers that agrees with what is shown, and says which counts are left for each cell. For small tables alone.
 */
type Leaf = Readonly<Record<string, string>>;
/** What is printed of a cell, how many of it the reader knows, and whether it was printed by another rule than the others. */
export type Reading = {
  readonly of: Leaf;
  readonly shown: number | string;
  readonly own?: number;
  readonly isExact?: boolean;
  readonly isFar?: boolean;
};

/** From what is printed to the least and most that may be behind it. */
function spanOf({ shown, of, isExact }: Reading, far: boolean): [number, number] {
  if (isExact && typeof shown === 'number') return [shown, shown];
  if (shown === 'fewer than 5') return [0, 4];
  if (typeof shown === 'string') return [0, 30];
  const reach = far ? 9 : 4;
  // The whole is never raised from below five.
  if (shown === 5) return [Object.keys(of).length === 0 ? 5 : 0, 5 + reach];
  return [Math.max(shown - reach, 5), shown + reach];
}

function span(reading: Reading, far: boolean): [number, number] {
  const [least, most] = spanOf(reading, reading.isFar ?? far);
  return [least - (reading.own ?? 0), most - (reading.own ?? 0)];
}

/** The counts of each reading without the reader's own, over all tables that agree with all of them. Undefined if there are too many tables. */
export function listPossible(
  leaves: readonly Leaf[],
  readings: readonly Reading[],
  covers: (cell: Leaf, leaf: Leaf) => boolean,
  far: boolean,
): ReadonlySet<number>[] | undefined {
  const spans = readings.map((reading) => span(reading, far));
  const members = readings.map(({ of }) => leaves.map((leaf) => covers(of, leaf)));
  const most = leaves.map((_, leaf) =>
    Math.min(...spans.flatMap(([, upper], reading) => (members[reading]?.[leaf] ? [upper] : []))),
  );
  const sums = readings.map(() => 0);
  const seen = readings.map(() => new Set<number>());
  let budget = 3_000_000;
  const fill = (leaf: number): void => {
    if (budget-- < 0) return;
    if (leaf === leaves.length) {
      if (sums.every((sum, i) => sum >= (spans[i]?.[0] ?? 0))) for (const [i, sum] of sums.entries()) seen[i]?.add(sum);
      return;
    }
    const touched = readings.flatMap((_, i) => (members[i]?.[leaf] ? [i] : []));
    for (let value = 0; value <= (most[leaf] ?? 0); value++) {
      for (const i of touched) sums[i] = (sums[i] ?? 0) + value;
      if (touched.every((i) => (sums[i] ?? 0) <= (spans[i]?.[1] ?? 0))) fill(leaf + 1);
      for (const i of touched) sums[i] = (sums[i] ?? 0) - value;
    }
  };
  fill(0);
  return budget < 0 ? undefined : seen;
}
