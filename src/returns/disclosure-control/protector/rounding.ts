/**
 * Controlled rounding to base 5: every count moves to a neighbouring multiple of 5, so that parts still add up in every
 * table of the declaration. Counts below 5 that are rounded down are shown as "fewer than 5". Willenborg and de Waal,
 * Elements of Statistical Disclosure Control (2001), chapter 6.
 *
 * A count of 0 may be rounded up as well, so a shown 5 does not prove that somebody is there. The whole of a declaration
 * is the exception: below 5 it is always "fewer than 5", so that a text never says that some were counted where nobody was.
 */
import type { Counts } from '../counts.ts';
import type { CellCodes, Layout } from '../declaration.ts';
import { base, fewer, type PublishedTables } from '../published.ts';
import type { Problem, Solve } from '../solver.ts';

const isWhole = (of: CellCodes): boolean => Object.keys(of).length === 0;

/** For each cell of the layout the number to which it is rounded, a multiple of 5. */
export type Rounded = { readonly values: readonly number[]; readonly extraStep: boolean };

/** Or none adds up with these wishes, or none was found in time. */
export type Rounding = Rounded | 'none adds up' | 'not finished';

export type RoundingWishes = {
  /** Cells whose rounded value is already published and must stay, by position. */
  readonly kept?: ReadonlyMap<number, number>;
  /** Cells for which one value is safer than the other, by position: a partner knows part of the count. */
  readonly preferred?: ReadonlyMap<number, number>;
  /** Changes the costs a little, so that another table is found if the first was not safe. */
  readonly attempt?: number;
  /** Whether the extra step is allowed from the start, because numbers that are kept took it. */
  readonly extraStep?: boolean;
};

/** The values to which a count may move: one below and one above; with an extra step also the next ones, if the label stays true. */
export function listRoundings(count: number, extraStep: boolean, isWhole = false): readonly number[] {
  if (isWhole && count < base) return [0];
  const down = count - (count % base);
  if (count === 0) return [0, base];
  const near = count === down ? [down] : [down, down + base];
  if (!extraStep || count < base) return near;
  return [...(down >= 2 * base ? [down - base] : []), ...near, (near.at(-1) as number) + base];
}

/** Pseudo-random from 0 to below 1, of two whole numbers: the same on every machine. */
function scatter(cell: number, attempt: number): number {
  let mixed = Math.imul(cell + 1, 0x9e3779b1) ^ Math.imul(attempt + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}

/** Dearer than any distance: a wish gives way only if no additive table has it. */
const againstWish = 100;

/** One 0/1 variable for each value that a cell may take beyond its lowest. */
type Column = { readonly cell: number; readonly step: number };

function createProblem(
  { cells, sums }: Layout,
  counts: Counts,
  extraStep: boolean,
  { kept, preferred, attempt = 0 }: RoundingWishes,
): { problem: Problem; read: (values: readonly number[]) => number[] } {
  const lowest: number[] = [];
  const columns: Column[] = [];
  const cost: number[] = [];
  const columnsOf: number[][] = cells.map(() => []);
  for (const [cell, { of }] of cells.entries()) {
    const count = counts[cell] ?? 0;
    const stays = kept?.get(cell);
    const values = stays === undefined ? listRoundings(count, extraStep, isWhole(of)) : [stays];
    lowest.push(values[0] as number);
    const wish = preferred?.get(cell);
    const costOf = (value: number): number =>
      Math.abs(value - count) + (wish === undefined || wish === value ? 0 : againstWish);
    for (const [at, value] of values.entries()) {
      if (at === 0) continue;
      columnsOf[cell]?.push(columns.length);
      columns.push({ cell, step: value - (values[at - 1] as number) });
      cost.push(costOf(value) - costOf(values[at - 1] as number) + attempt * scatter(columns.length, attempt));
    }
  }
  const row = (cell: number, sign: number) => (columnsOf[cell] ?? []).map((column) => ({ column, factor: sign }));
  const addingUp = sums.map(({ total, parts }) => {
    const entries = [...row(total, 1), ...parts.flatMap((part) => row(part, -1))];
    const side = (parts.reduce((sum, part) => sum + (lowest[part] ?? 0), 0) - (lowest[total] ?? 0)) / base;
    return {
      least: side,
      most: side,
      columns: entries.map(({ column }) => column),
      factors: entries.map(({ factor }) => factor),
    };
  });
  // A cell takes its steps in their order.
  const inOrder = columnsOf.flatMap((own) =>
    own.slice(1).map((column, i) => ({ least: 0, most: 1, columns: [own[i] as number, column], factors: [1, -1] })),
  );
  const problem = {
    cost,
    lower: columns.map(() => 0),
    upper: columns.map(() => 1),
    whole: true,
    rows: [...addingUp, ...inOrder],
  };
  const read = (values: readonly number[]): number[] => {
    const rounded = [...lowest];
    for (const [i, { cell, step }] of columns.entries())
      rounded[cell] = (rounded[cell] ?? 0) + step * Math.round(values[i] ?? 0);
    return rounded;
  };
  return { problem, read };
}

/** Rounds, with the extra step only where no table without it adds up. */
export async function roundTables(
  layout: Layout,
  counts: Counts,
  { solve, seconds, ...wishes }: RoundingWishes & { readonly solve: Solve; readonly seconds: number },
): Promise<Rounding> {
  for (const extraStep of wishes.extraStep ? [true] : [false, true]) {
    const { problem, read } = createProblem(layout, counts, extraStep, wishes);
    const unsolvable = problem.rows.some(({ columns, least, most }) => columns.length === 0 && (least > 0 || most < 0));
    if (unsolvable) continue;
    if (problem.cost.length === 0) return { values: read([]), extraStep };
    const outcome = await solve(problem, seconds);
    if (outcome.status === 'optimal') return { values: read(outcome.values), extraStep };
    if (outcome.status === 'not finished') return 'not finished';
  }
  return 'none adds up';
}

/** The rounded tables as readers see them. */
export const showRounded = (layout: Layout, { values, extraStep }: Rounded): PublishedTables => ({
  declaration: layout.declaration,
  method: { kind: 'rounded', extraStep },
  cells: layout.cells.map(({ key }, cell) => ({
    key,
    shown: (values[cell] ?? 0) < base ? fewer : (values[cell] as number),
  })),
});
