/** Plays the acts of a week at their moments, and keeps account of each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from './growth.ts';
import type { ActName } from './week.ts';

export type Acts = Readonly<Record<ActName, () => Promise<void>>>;

export type Account = {
  readonly done: Record<ActName, number>;
  /** What went otherwise than it must. */
  readonly failed: string[];
  /** In milliseconds: how long the act that waited longest for others began after its moment. */
  latest: number;
};

/** People at once. More wait until one of them is done. */
const mostAtOnce = 16;

/** All acts of all names, in the order of their moments. */
export function planActs(
  counts: Readonly<Record<ActName, number>>,
  wholeMs: number,
  random: () => number,
): { readonly name: ActName; readonly atMs: number }[] {
  const names = Object.keys(counts) as ActName[];
  return names
    .flatMap((name) => spread(counts[name], wholeMs, random).map((atMs) => ({ name, atMs })))
    .toSorted((one, other) => one.atMs - other.atMs);
}

/** `heard` is told each failure when it happens. */
export async function play(
  acts: Acts,
  counts: Readonly<Record<ActName, number>>,
  { wholeMs, random, heard }: { wholeMs: number; random: () => number; heard: (failure: string) => void },
): Promise<Account> {
  const began = performance.now();
  const done = Object.fromEntries(Object.keys(counts).map((name) => [name, 0])) as Record<ActName, number>;
  const account: Account = { done, failed: [], latest: 0 };
  const waiting = planActs(counts, wholeMs, random).values();
  const lane = async (): Promise<void> => {
    for (const { name, atMs } of waiting) {
      const early = atMs - (performance.now() - began);
      if (early > 0) await sleep(early);
      account.latest = Math.max(account.latest, performance.now() - began - atMs);
      try {
        await acts[name]();
        account.done[name] += 1;
      } catch (error) {
        const failure = `${name}: ${error instanceof Error ? error.message : String(error)}`;
        account.failed.push(failure);
        heard(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, lane));
  return account;
}
