/** How much a level grew between two parts of a trial. Pure. */

/** What was measured at one moment, by name. */
export type Sample = { readonly atMs: number; readonly levels: Readonly<Record<string, number>> };

/** Memory of script goes up and down with each collection. `median`: half of the time it is below; `least`: after a collection. `mean`: of what comes and goes with the acts, which are the same in each tenth. */
export type LevelOf = 'median' | 'least' | 'mean';

export type Growth = { readonly before: number; readonly after: number; readonly share: number };

/** Tenths of a trial, from 1 to 10. The first is for warming up; the second is the level that the last is compared with. */
const comparedTenths = [2, 10] as const;

export const mostGrowth = 0.05;

export function levelOf(numbers: readonly number[], how: LevelOf): number {
  if (numbers.length === 0) return Number.NaN;
  if (how === 'mean') return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const sorted = numbers.toSorted((one, other) => one - other);
  if (how === 'least') return sorted[0] as number;
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]] as [number, number];
  return (low + high) / 2;
}

/** The levels of one name in one tenth. */
export const inTenth = (samples: readonly Sample[], name: string, tenth: number, wholeMs: number): number[] =>
  samples
    .filter(({ atMs }) => Math.min(10, Math.floor((atMs / wholeMs) * 10) + 1) === tenth)
    .flatMap(({ levels }) => levels[name] ?? []);

/** From the second tenth to the last, as a share. Not a number where either was not measured. */
export function growthOf(samples: readonly Sample[], name: string, wholeMs: number, how: LevelOf): Growth {
  const [before = Number.NaN, after = Number.NaN] = comparedTenths.map((tenth) =>
    levelOf(inTenth(samples, name, tenth, wholeMs), how),
  );
  return { before, after, share: before === 0 ? Number(after > 0) : after / before - 1 };
}

/** Not measured is not passed. */
export const isWithin = ({ share }: Growth): boolean => share <= mostGrowth;

/** When each of so many acts begins: one in each equal part of the whole, at a moment that chance decides, so that every tenth has its share. */
export const spread = (times: number, wholeMs: number, random: () => number): number[] =>
  Array.from({ length: times }, (_, index) => ((index + random()) * wholeMs) / times);
