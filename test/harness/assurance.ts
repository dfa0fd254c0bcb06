/** What every assurance has: its rows, its effort, and chance that is the same on every machine. */

/** One thing that was tried: what, how often or how well, and whether it passed. */
export type Row = { readonly what: string; readonly figure: string; readonly passed: boolean };
export type Effort = {
  readonly seed: number;
  readonly quick: boolean;
  /** Releases of others with their facts, which the repository does not hold. */
  readonly folder?: string;
};

/** Numbers from 0 to below 1 (mulberry32): the same seed gives the same ones. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const count = (many: number): string => many.toLocaleString('en-GB');

/** The same, in an order of chance. */
export const mixed = <One>(all: readonly One[], random: () => number): One[] =>
  all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** Does the work for each, for so many at once. */
export async function inLanes<One>(
  most: number,
  all: Iterable<One>,
  work: (one: One) => Promise<unknown>,
): Promise<void> {
  const waiting = [...all].values();
  const lane = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: most }, lane));
}

export const row = (what: string, figure: string, passed: boolean): Row => ({ what, figure, passed });

/** Says how far a long run is, every half minute, on the error output: the figures have the other one. */
export function createProgress(of: string): (done: number, all: number) => void {
  const began = Date.now();
  let last = began;
  return (done, all) => {
    if (Date.now() - last < 30_000) return;
    last = Date.now();
    console.error(`  ${count(done)} of ${count(all)} ${of}, ${Math.round((last - began) / 1_000)} s`);
  };
}
