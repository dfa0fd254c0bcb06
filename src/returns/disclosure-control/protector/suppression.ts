/**
 * Cell suppression, for partners who need exact larger counts: counts below 5 are not shown, zeros among them, and then
 * one more cell after another until the auditor finds nothing. What is chosen is cheap, not the least that would do.
 */
import { audit, type Case, type Finding, threshold } from '../auditor/index.ts';
import { type Declaration, type Layout, layOut } from '../declaration.ts';
import { type PublishedTables, withheld } from '../published.ts';
import { countRelease, isUndecided, notFinished, type Protection } from './protect.ts';

/** Hides nothing of which readers know no more than they must: a small count, and zeros like it. */
const showSuppressed = (layout: Layout, counts: readonly number[], hidden: ReadonlySet<number>): PublishedTables => ({
  declaration: layout.declaration,
  method: { kind: 'suppressed' },
  cells: layout.cells.map(({ key }, cell) => ({ key, shown: hidden.has(cell) ? withheld : (counts[cell] ?? 0) })),
});

/** For a cell that can be worked out: in each of its sums the cheapest cell that is still shown. */
function chooseMore(layout: Layout, counts: readonly number[], hidden: ReadonlySet<number>, cell: number): number[] {
  return layout.allSums.flatMap(({ total, parts }) => {
    const all = [total, ...parts];
    if (!all.includes(cell)) return [];
    const shown = all.filter((one) => one !== cell && !hidden.has(one) && (counts[one] ?? 0) > 0);
    // Parts before totals, small before large.
    const [cheapest] = shown.sort(
      (a, b) => Number(a === total) - Number(b === total) || (counts[a] ?? 0) - (counts[b] ?? 0),
    );
    return cheapest === undefined ? [] : [cheapest];
  });
}

export async function suppress(input: {
  readonly declaration: Declaration;
  readonly cases: readonly Case[];
  readonly seconds?: number;
}): Promise<Protection> {
  const layout = layOut(input.declaration);
  const counts = countRelease(layout, input.cases, 0);
  const hidden = new Set(counts.flatMap((count, cell) => (count < threshold ? [cell] : [])));
  let findings: readonly Finding[] = [];
  // Each round hides at least one cell more, so it ends.
  for (;;) {
    const tables = showSuppressed(layout, counts, hidden);
    findings = await audit({ ...input, releases: [tables] });
    if (findings.length === 0) return { state: 'protected', tables };
    if (isUndecided(findings)) return notFinished;
    const before = hidden.size;
    for (const { key } of findings) {
      const cell = key === null ? undefined : layout.indexOf.get(key);
      if (cell !== undefined) for (const more of chooseMore(layout, counts, hidden, cell)) hidden.add(more);
    }
    if (hidden.size === before) return { state: 'refused', why: 'not safe', findings };
  }
}
