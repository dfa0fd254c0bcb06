/**
 * An attacker written apart from protector and auditor: it knows the published rule in its own words, lists every table
 * of whole numbers that agrees with what is shown, and says which counts are left for each cell. For small tables alone.
 */
type Leaf = Readonly<Record<string, string>>;
export type Reading = { readonly of: Leaf; readonly shown: number | string };

/** From what is printed to the least and most that may be behind it. */
function span(shown: number | string, far: boolean): [number, number] {
  if (shown === 'fewer than 5') return [0, 4];
  if (typeof shown === 'string') return [0, 30];
  const reach = far ? 9 : 4;
  return shown === 5 ? [0, 5 + reach] : [Math.max(shown - reach, 5), shown + reach];
}

/** The counts of each reading, over all tables that agree with all of them. Undefined if there are too many tables. */
export function listPossible(
  leaves: readonly Leaf[],
  readings: readonly Reading[],
  covers: (cell: Leaf, leaf: Leaf) => boolean,
  far: boolean,
): ReadonlySet<number>[] | undefined {
  const spans = readings.map(({ shown }) => span(shown, far));
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
