/** The solver, as its callers see it: a linear problem goes to a thread of its own and comes back solved, contradictory or not finished. */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

/** Least Σ cost × value, with bounds on each value and on sums of values. */
export type Problem = {
  readonly cost: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Values are whole numbers. */
  readonly whole: boolean;
  readonly rows: readonly {
    readonly least: number;
    readonly most: number;
    readonly columns: readonly number[];
    readonly factors: readonly number[];
  }[];
};

export type Outcome =
  | { readonly status: 'optimal'; readonly values: readonly number[] }
  | { readonly status: 'infeasible' }
  /** Out of time, or a state that proves nothing. */
  | { readonly status: 'not finished' };

export type Solve = (problem: Problem, seconds: number) => Promise<Outcome>;

type Message = Outcome | { readonly status: 'ready' } | { readonly status: 'failed'; readonly message: string };

const nextMessage = (worker: Worker, milliseconds: number): Promise<Message | undefined> => {
  const { promise, resolve, reject } = Promise.withResolvers<Message | undefined>();
  // The solver looks at its own limit only now and then, so the thread is ended soon after it.
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  // Under `node --watch` a thread tells of each module that it loads, too.
  const hear = (message: Message): void => {
    if ('status' in message) resolve(message);
  };
  worker.on('message', hear);
  worker.once('error', reject);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', hear);
    worker.off('error', reject);
  });
};

const startSeconds = 60;

/** The production bundle has the thread and the solver in a folder of their own (scripts/build.ts). */
const unbuilt = import.meta.url.endsWith('.ts');
const workerUrl = new URL(unbuilt ? './solver-worker.ts' : './solver/solver-worker.js', import.meta.url);
const solverUrl = () =>
  new URL(unbuilt ? import.meta.resolve('highs/runtime') : './solver/highs.wasm', import.meta.url);

/** Node has it; its types do not name it. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WebAssembly.Module> };

let compiled: Promise<WebAssembly.Module> | undefined;

/** The solver, compiled once for all threads: that takes longer than most problems. Each thread has a memory of its own. */
async function compile(): Promise<WebAssembly.Module> {
  compiled ??= readFile(solverUrl()).then((bytes) => WebAssembly.compile(bytes));
  try {
    return await compiled;
  } catch (error) {
    compiled = undefined;
    throw error;
  }
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(workerUrl, { workerData: await compile() });
  const first = await nextMessage(worker, startSeconds * 1_000);
  if (first?.status !== 'ready') throw new Error('The solver did not start.');
  return worker;
}

/** Gives the work a solver in a fresh thread, started at its first problem, and ends the thread afterwards. */
export async function withSolver<Result>(work: (solve: Solve) => Promise<Result>): Promise<Result> {
  let worker: Worker | undefined;
  const solve: Solve = async (problem, seconds) => {
    // Small problems are solved before the solver looks at its limit for the first time.
    if (seconds <= 0) return { status: 'not finished' };
    worker ??= await startWorker();
    const answer = nextMessage(worker, seconds * 1_000 + 1_000);
    worker.postMessage({ problem, seconds });
    const message = await answer;
    if (message?.status === 'optimal' || message?.status === 'infeasible' || message?.status === 'not finished')
      return message;
    await worker.terminate();
    worker = undefined;
    if (message?.status === 'failed') throw new Error(`The solver failed: ${message.message}`);
    return { status: 'not finished' };
  };
  try {
    return await work(solve);
  } finally {
    await worker?.terminate();
  }
}
