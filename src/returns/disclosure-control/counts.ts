/** Facts counted into the cells of a declaration. A fact is a leaf code for each dimension, never a name or a number of a person. */
import { type CellCodes, combine, DeclarationError, getCellKey, type Layout, readTrees } from './declaration.ts';

export type Fact = CellCodes;

/** For each cell of the layout, how many facts it counts. */
export type Counts = readonly number[];

/** The cells that one fact falls into, over all tables: positions in `layout.cells`. Throws for a code that is not a declared leaf. */
export function createCellFinder(layout: Layout): (fact: Fact) => readonly number[] {
  const trees = readTrees(layout.declaration);
  const found = new Map<string, readonly number[]>();
  return (fact) => {
    const name = getCellKey(fact);
    const known = found.get(name);
    if (known) return known;
    for (const { name: dimension, leaves } of trees.values())
      if (!leaves.includes(fact[dimension] ?? ''))
        throw new DeclarationError(`${dimension}: “${fact[dimension] ?? ''}” is not a declared code.`);
    const cells = new Set<number>();
    for (const { by } of layout.declaration.tables) {
      const paths = by.map((dimension) => [null, ...(trees.get(dimension)?.pathOf(fact[dimension] ?? '') ?? [])]);
      for (const codes of combine<string | null>(paths)) {
        const of = Object.fromEntries(by.flatMap((dimension, i) => (codes[i] ? [[dimension, codes[i]]] : [])));
        cells.add(layout.indexOf.get(getCellKey(of)) as number);
      }
    }
    const listed = [...cells];
    found.set(name, listed);
    return listed;
  };
}

/** Counts facts: one pass, each fact once in each of its cells. */
export function countFacts(layout: Layout, facts: Iterable<Fact>): number[] {
  const find = createCellFinder(layout);
  const counts = new Array<number>(layout.cells.length).fill(0);
  for (const fact of facts) for (const cell of find(fact)) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
}
