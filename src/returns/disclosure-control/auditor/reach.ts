/** Asks the solver whether a count can have a value at all: exact where the walk met no witness. */
import { combine } from '../declaration.ts';
import type { Problem, Solve } from '../solver.ts';
import type { Case } from './knowledge.ts';
import type { Atom, Universe } from './possible-tables.ts';

/** Yes with certainty, no with certainty, or not decided in time. */
export type Reach = 'possible' | 'impossible' | 'not decided';

/** More kinds of cases than this are not given to the solver. */
const mostAtoms = 60_000;

/** Every kind of case that can exist: each combination of leaves, from each release on; and those that ended, as they did. */
export function listAtoms(universe: Universe, cases: readonly Case[]): Atom[] | undefined {
  const names = [...universe.leavesOf.keys()];
  const leaves = [...universe.leavesOf.values()];
  if (leaves.reduce((many, some) => many * some.length, universe.releases) > mostAtoms) return undefined;
  const open = [...combine(leaves)].flatMap((codes) => {
    const of = Object.fromEntries(names.map((name, i) => [name, codes[i] as string]));
    return Array.from({ length: universe.releases }, (_, from) => universe.nameAtom(of, from, null));
  });
  const ended = cases
    .filter(({ until }) => until !== null)
    .map(({ of, from, until }) => universe.nameAtom(of, from, until));
  return [...new Map([...open, ...ended].map((atom) => [atom.name, atom])).values()];
}

/** The system of all that is known. Atoms that the same observations count are one column. `fixed` counts are known to the reader. */
export function createSystem(universe: Universe, atoms: readonly Atom[], fixed: readonly number[]) {
  const columnOf = new Map<string, readonly number[]>();
  for (const atom of atoms) {
    const counted = universe.find(atom);
    columnOf.set(counted.join(), counted);
  }
  const columns = [...columnOf.values()];
  const entries: { columns: number[]; factors: number[] }[] = universe.observations.map(() => ({
    columns: [],
    factors: [],
  }));
  for (const [column, counted] of columns.entries())
    for (const index of counted) {
      entries[index]?.columns.push(column);
      entries[index]?.factors.push(1);
    }
  const rows = universe.observations.map(({ least, most }, i) => ({
    least: least - (fixed[i] ?? 0),
    most: most - (fixed[i] ?? 0),
    columns: entries[i]?.columns ?? [],
    factors: entries[i]?.factors ?? [],
  }));
  const toProblem = (index: number, wanted: number): Problem => ({
    cost: columns.map(() => 0),
    lower: columns.map(() => 0),
    upper: columns.map(() => Number.POSITIVE_INFINITY),
    whole: true,
    rows: rows.map((row, i) => {
      const exact = wanted - (fixed[index] ?? 0);
      return i === index ? { ...row, least: exact, most: exact } : row;
    }),
  });
  const atomsOf = new Map(atoms.map((atom) => [universe.find(atom).join(), atom]));
  return {
    /** A table as near as can be to the numbers as they are shown: from there every count has room. */
    findMiddle: async (
      shown: readonly (number | null)[],
      solve: Solve,
      seconds: number,
    ): Promise<Atom[] | undefined> => {
      const near = rows.flatMap((row, i) => {
        const value = shown[i];
        if (value == null) return [];
        const aim = value - (fixed[i] ?? 0);
        return [{ row, aim }];
      });
      const outcome = await solve(
        {
          cost: [...columns.map(() => 0), ...near.flatMap(() => [1, 1])],
          lower: [...columns, ...near, ...near].map(() => 0),
          upper: [...columns, ...near, ...near].map(() => Number.POSITIVE_INFINITY),
          whole: true,
          rows: [
            ...rows,
            ...near.map(({ row, aim }, i) => ({
              least: aim,
              most: aim,
              columns: [...row.columns, columns.length + 2 * i, columns.length + 2 * i + 1],
              factors: [...row.factors, 1, -1],
            })),
          ],
        },
        seconds,
      );
      if (outcome.status !== 'optimal') return undefined;
      return columns.flatMap((counted, i) => {
        const atom = atomsOf.get(counted.join());
        return atom ? Array.from({ length: Math.round(outcome.values[i] ?? 0) }, () => atom) : [];
      });
    },
    /** Whether the count at a position can have a value. */
    reach: async (index: number, wanted: number, solve: Solve, seconds: number): Promise<Reach> => {
      const { least, most } = universe.observations[index] ?? { least: 0, most: 0 };
      if (wanted < least || wanted > most || wanted < (fixed[index] ?? 0)) return 'impossible';
      const { status } = await solve(toProblem(index, wanted), seconds);
      if (status === 'optimal') return 'possible';
      return status === 'infeasible' ? 'impossible' : 'not decided';
    },
  };
}
