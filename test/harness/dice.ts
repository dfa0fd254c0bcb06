/** Chance that can be repeated, for what is invented here. */
import { chance } from './assurance.ts';

/** The same seed, the same throws (mulberry32). */
export function dice(seed: number) {
  const next = chance(seed);
  const upTo = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <One>(from: readonly One[]): One => {
    const one = from[upTo(0, from.length - 1)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const some = <One>(from: readonly One[], count: number): One[] => {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(upTo(0, left.length - 1), 1)).flat();
  };
  return { next, upTo, pick, some, chance: (of: number) => next() < of };
}
export type Dice = ReturnType<typeof dice>;
