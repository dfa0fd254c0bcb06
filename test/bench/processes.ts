/** Child processes of the bench: each bound in time, each ended by its id. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../harness/ports.ts';
import { processorTime } from './processor.ts';

const here = import.meta.dirname;
const root = join(here, '../..');
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function start(
  file: string,
  given: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): ChildProcess {
  const child = spawn(process.execPath, [...flags, file, ...given], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

export type Bare = { readonly url: string; readonly child: ChildProcess };

export async function startBare(...given: string[]): Promise<Bare> {
  const child = start(join(here, 'bare.ts'), given);
  const port = Number(await firstLine(child));
  return { url: `http://127.0.0.1:${port}`, child };
}

export const firstLine = async (child: ChildProcess): Promise<string> => {
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return chunk.toString().trim();
};

/** Starts the server, built or not, and asks until both sites answer. */
export async function startServer(
  kind: 'built' | 'unbuilt',
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
) {
  const port = await freePort('127.0.0.1');
  const began = performance.now();
  const child = start(
    join(root, kind === 'built' ? 'dist/main.js' : 'src/main.ts'),
    [],
    {
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/safelight/compiled'),
      GLIBC_TUNABLES: 'glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=131072', // As the README starts it.
      ...environment,
      PORT: String(port),
      HOST: '127.0.0.1',
    },
    flags,
  );
  const url = `http://127.0.0.1:${port}`;
  const firstAnswer = await untilAnswered(`${url}/signs`, child, began);
  const firstStaffAnswer =
    environment.SAFELIGHT_DOOR === 'public' ? Number.NaN : await untilAnswered(`${url}/staff/sign-in`, child, began);
  return {
    url,
    child,
    /** From the process's start to the first answer of the public site and of the staff site, in milliseconds. */
    firstAnswer,
    firstStaffAnswer,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  };
}

/** Asks until there is an answer; gives the milliseconds since `began`. */
async function untilAnswered(address: string, child: ChildProcess, began: number): Promise<number> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('the server ended before it answered');
    try {
      await (await fetch(address)).arrayBuffer();
      return performance.now() - began;
    } catch {
      await new Promise((done) => setTimeout(done, 2));
    }
    if (performance.now() - began > 180_000) throw new Error('the server did not answer within three minutes');
  }
}

export type RunningServer = Awaited<ReturnType<typeof startServer>>;

/** What a load tool prints. */
export type Printed = {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
};

export type Load = Printed & {
  /** Processor time of the server for one request, in microseconds, without that of the load tool: it holds when others use the machine too. 0 where the system does not report it. */
  readonly processor: number;
};

/** The same, with the processor time of the database. */
export type Measured = Load & { readonly database: number };

/** The figures of a load tool, once it has ended. */
export async function printed(child: ChildProcess): Promise<Printed> {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'exit');
  return JSON.parse(Buffer.concat(chunks).toString()) as Printed;
}

export type Asked = {
  readonly connections?: number;
  readonly seconds?: number;
  readonly headers?: readonly string[];
  /** Above nought: the address ends in another word each time, of so many. */
  readonly words?: number;
};

export async function load(
  server: { readonly url: string; readonly child: ChildProcess },
  path: string,
  { connections = 16, seconds = 3, headers = [], words = 0 }: Asked = {},
): Promise<Load> {
  const before = processorTime(server.child.pid ?? 0);
  const given = [server.url + path, connections, seconds, words].map(String);
  const found = await printed(start(join(here, 'load.ts'), [...given, ...headers]));
  return { ...found, processor: (processorTime(server.child.pid ?? 0) - before) / found.requests };
}

/** Refuses a figure where more than one answer in a hundred failed: it would tell how fast errors are. */
export function refuseErrors(what: string, measured: readonly Printed[]): void {
  const sum = (of: (one: Printed) => number) => measured.reduce((total, one) => total + of(one), 0);
  const [errors, requests] = [sum((one) => one.errors), sum((one) => one.requests)];
  if (errors > requests / 100)
    throw new Error(`${what}: ${errors} of ${requests} answers failed, so there is no figure`);
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Both so many times, now one first and now the other. */
export async function inTurn<Found>(
  ours: () => Promise<Found>,
  theirs: () => Promise<Found>,
  rounds: number,
): Promise<{ readonly ours: Found; readonly theirs: Found }[]> {
  const pairs: { ours: Found; theirs: Found }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await ours() : undefined;
    const other = await theirs();
    pairs.push({ ours: first ?? (await ours()), theirs: other });
  }
  return pairs;
}

/** From the least to the most. */
export const range = (ratios: readonly number[]): string =>
  `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;

/** The median of the ratios, pair by pair, holds when the machine's speed drifts. */
export async function ratio(ours: () => Promise<Load>, theirs: () => Promise<Load>, rounds: number) {
  const pairs = await inTurn(ours, theirs, rounds);
  const ratios = pairs.map((pair) => pair.ours.perSecond / pair.theirs.perSecond);
  return {
    median: median(ratios),
    range: range(ratios),
    ours: median(pairs.map((pair) => pair.ours.perSecond)),
    theirs: median(pairs.map((pair) => pair.theirs.perSecond)),
    p99: median(pairs.map((pair) => pair.ours.p99)),
    processor: median(pairs.map((pair) => pair.ours.processor)),
    theirProcessor: median(pairs.map((pair) => pair.theirs.processor)),
    errors: pairs.reduce((sum, pair) => sum + pair.ours.errors, 0),
  };
}
