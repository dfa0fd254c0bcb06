/** Tries one thing on many invented inputs, on all cores at once. Each input has random numbers of its own, so that neither threads nor parts of a run change a result. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createProgress } from '../../../harness/assurance.ts';
import type { Found, TrialName } from './trials.ts';

export type Asked = { readonly trial: TrialName; readonly seed: number; readonly index: number; readonly size: number };
export type Answer =
  | { readonly index: number; readonly found: Found }
  | { readonly index: number; readonly error: string };

/** While the thread of one solver works, another input is walked through. */
const inputsAtOnce = 2;

/** So many inputs of one trial; what was found in each, in their order. `size` is what the trial says it is. */
export async function tryMany(trial: TrialName, many: number, seed: number, size = 0): Promise<Found[]> {
  const results = new Array<Found>(many);
  const progress = createProgress(`of ${trial}`);
  let [next, done] = [0, 0];
  const inThread = (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const worker = new Worker(new URL('./trial-worker.ts', import.meta.url));
    let open = 0;
    const give = (): void => {
      if (next < many) {
        open += 1;
        worker.postMessage({ trial, seed, index: next++, size } satisfies Asked);
      } else if (open === 0) resolve();
    };
    worker.on('error', reject);
    worker.on('message', (answer: Answer) => {
      open -= 1;
      if ('error' in answer)
        return reject(new Error(`${trial}, input ${answer.index} of seed ${seed}: ${answer.error}`));
      results[answer.index] = answer.found;
      progress(++done, many);
      give();
    });
    for (let at = 0; at < inputsAtOnce; at++) give();
    return promise.finally(() => worker.terminate());
  };
  await Promise.all(Array.from({ length: Math.min(many, availableParallelism()) }, inThread));
  return results;
}

export const sum = (found: readonly Found[], name: string): number =>
  found.reduce((all, one) => all + Number(one[name] ?? 0), 0);
