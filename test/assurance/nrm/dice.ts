/** Chance that can be repeated, for what is invented here. */

export type Dice = {
  readonly upTo: (least: number, most: number) => number;
  readonly pick: <One>(from: readonly One[]) => One;
  readonly some: <One>(from: readonly One[], count: number) => One[];
  readonly chance: (of: number) => boolean;
};

/** The same seed, the same throws (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
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
  return { upTo, pick, some, chance: (of) => next() < of };
}
