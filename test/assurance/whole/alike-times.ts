/** How long what is hidden takes beside what never was. */
import { chance } from '../../harness/assurance.ts';
import { ask, type Way } from './alike-ways.ts';
import { sameSource } from './kolmogorov.ts';

/** Addresses of what is hidden, each with one of what never was. */
export type Pairs = readonly (readonly [hidden: string, absent: string])[];
export type Timing = Pick<Way, 'method' | 'name' | 'who'> & { readonly pairs: Pairs };
export type Timed = { readonly name: string; readonly p: number };

/** All paths at once, since most of the time is waiting for the beat; on each, hidden and absent in pairs whose order a coin decides, after a warm-up. What else the machine does falls on both alike. */
export async function timeAll(
  ways: readonly Timing[],
  { tries, seed }: { readonly tries: number; readonly seed: number },
): Promise<Timed[]> {
  const tryOne = async (way: Timing, index: number): Promise<Timed> => {
    const random = chance(seed + index);
    const times: readonly [number[], number[]] = [[], []];
    const time = async (pair: Pairs[number], which: 0 | 1): Promise<void> => {
      const began = performance.now();
      await ask(way, pair[which]);
      times[which].push(performance.now() - began);
    };
    const warm = 5;
    for (let at = 0; at < tries + warm; at += 1) {
      const pair = way.pairs[at % way.pairs.length] as Pairs[number];
      const first = random() < 0.5 ? 0 : 1;
      await time(pair, first);
      await time(pair, first === 0 ? 1 : 0);
      if (at < warm) for (const taken of times) taken.length = 0;
    }
    return { name: way.name, p: sameSource(...times) };
  };
  return Promise.all(ways.map(tryOne));
}
