/** Puts hostile texts to one reader, in a thread of its own, so that one that never comes back is noticed from outside. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { handOf } from './hostile.ts';
import { parsers } from './parsers.ts';

type Task = { readonly parser: keyof typeof parsers; readonly seed: number; readonly runs: number };
/** `slowestMs` is time of the processor: it holds when others use the machine too. */
type Heard = { readonly ways: Readonly<Record<string, number>>; readonly slowestMs: number; readonly runs: number };
export type Fuzzed = Heard & { readonly crashed: number; readonly crashes: readonly string[]; readonly hung: boolean };

/** As long as nothing is heard, a reader is thinking about one text: after this it hangs. */
const patienceMs = 30_000;
const between = 200;

export function fuzz(task: Task): Promise<Fuzzed> {
  return new Promise((settle, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    let heard: Fuzzed = { ways: {}, slowestMs: 0, runs: 0, crashed: 0, crashes: [], hung: false };
    const end = (fuzzed: Fuzzed): void => {
      clearTimeout(patience);
      settle(fuzzed);
    };
    const lose = (): void => {
      void worker.terminate();
      end({ ...heard, hung: true });
    };
    let patience = setTimeout(lose, patienceMs);
    worker.on('message', (message: Fuzzed) => {
      heard = message;
      clearTimeout(patience);
      patience = setTimeout(lose, patienceMs);
    });
    worker.on('error', fail);
    worker.on('exit', () => end(heard));
  });
}

async function work({ parser, seed, runs }: Task): Promise<void> {
  const run = await parsers[parser]();
  const ways: Record<string, number> = {};
  const crashes: string[] = [];
  let slowestMs = 0;
  for (let number = 1; number <= runs; number += 1) {
    // Each run has a seed of its own: one that fails is repeated alone.
    const hand = handOf(seed * 1_000_003 + number);
    const begun = process.threadCpuUsage();
    try {
      const way = await run(hand);
      ways[way] = (ways[way] ?? 0) + 1;
    } catch (error) {
      crashes.push(`run ${number}: ${error instanceof Error ? error.message : error}`.slice(0, 200));
    }
    const { user, system } = process.threadCpuUsage(begun);
    slowestMs = Math.max(slowestMs, (user + system) / 1_000);
    if (number % between === 0 || number === runs)
      parentPort?.postMessage({
        ways,
        slowestMs,
        runs: number,
        crashed: crashes.length,
        crashes: crashes.slice(0, 5),
        hung: false,
      });
  }
}

if (workerData) await work(workerData as Task);
