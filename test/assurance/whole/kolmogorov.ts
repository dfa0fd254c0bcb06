/** Kolmogorov and Smirnov: whether two samples could be draws of one. Ranks alone count, so that nothing need be left out as an outlier. */

/** The probability of a gap as wide as this, or wider, if both came of one distribution (the asymptotic series). */
export function sameSource(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [[...left].sort((x, y) => x - y), [...right].sort((x, y) => x - y)];
  let [i, j, gap] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i] as number, b[j] as number);
    while (i < a.length && a[i] === at) i += 1;
    while (j < b.length && b[j] === at) j += 1;
    gap = Math.max(gap, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  const scaled = (root + 0.12 + 0.11 / root) * gap;
  if (scaled < 0.2) return 1;
  let sum = 0;
  for (let term = 1; term <= 100; term += 1)
    sum += 2 * (term % 2 ? 1 : -1) * Math.exp(-2 * term * term * scaled * scaled);
  return Math.min(1, Math.max(0, sum));
}
