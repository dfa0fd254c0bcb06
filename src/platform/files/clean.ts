/** Has a working copy made by the cleaner, a process kept from files, keys and the network, and ends it when it takes too long or too much. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type CleaningFailure, decodeCopy, failureExitCodes, type WorkingCopy } from './copy.ts';
import { type CopyableKind, firstPage } from './file-kind.ts';
import { networkIsolation } from './isolation.ts';

export const maxSeconds = 5;
export const maxMemory = 256 * 1024 * 1024;
const mostOut = 80 * 1024 * 1024;
/** So often it is looked at how much it has. */
const everyMs = 10;

const sourceProgram = join(import.meta.dirname, 'cleaner/child.ts');
const program = existsSync(sourceProgram) ? sourceProgram : join(import.meta.dirname, 'cleaner/cleaner.js');
const root = join(import.meta.dirname, '../../..');
/** All that it may read: its own program, and the libraries that it is made of. */
const readable = existsSync(sourceProgram)
  ? [join(root, 'src/platform/files/*'), join(root, 'node_modules/*'), join(root, 'package.json')]
  : [join(dirname(program), '*')];
const options = [
  '--permission',
  ...readable.map((path) => `--allow-fs-read=${path}`),
  '--max-old-space-size=96',
  '--max-semi-space-size=2',
  '--no-warnings',
];

/** The command that runs a program as the cleaner runs: isolated, and with no right but to read its own files. */
export function isolatedCommand(path: string, ...given: string[]): [file: string, given: string[]] {
  const [file, ...rest] = [...networkIsolation().commandPrefix, process.execPath, ...options, path, ...given];
  return [file ?? process.execPath, rest];
}

/** What a run took, for who measures. */
export type ResourceUsage = { readonly ms: number; readonly memory: number };

let last: Promise<unknown> = Promise.resolve();

/** One at a time: what one may take, the machine has once. With `mostDots` a picture becomes a JPEG of at most so many. */
export function clean(
  kind: CopyableKind,
  file: Uint8Array,
  heard: (taken: ResourceUsage) => void = () => {},
  mostDots?: number,
): Promise<Result<WorkingCopy, CleaningFailure>> {
  const next = last.then(() => runCleaner(kind, file, heard, mostDots));
  last = next.catch(() => {});
  return next;
}

/** The first page of a PDF of ours as a PNG, a dot for each point. */
export async function drawFirstPage(pdf: Uint8Array): Promise<Buffer> {
  const next = last.then(() => runCleaner(firstPage, pdf, () => {}));
  last = next.catch(() => {});
  const drawn = await next;
  if (!drawn.ok) throw new Error(`a page of ours could not be drawn: ${drawn.refusal}`);
  return Buffer.from(drawn.value.parts[0] ?? []);
}

function runCleaner(
  kind: CopyableKind | typeof firstPage,
  file: Uint8Array,
  heard: (taken: ResourceUsage) => void,
  mostDots?: number,
): Promise<Result<WorkingCopy, CleaningFailure>> {
  const began = performance.now();
  const child = spawn(...isolatedCommand(program, kind, ...(mostDots === undefined ? [] : [String(mostDots)])), {
    env: {},
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let stopped: CleaningFailure | undefined;
  let memory = 0;
  const stop = (reason: CleaningFailure): void => {
    stopped ??= reason;
    child.kill('SIGKILL');
  };
  const clock = setTimeout(() => stop('took too long'), maxSeconds * 1_000);
  const watch = setInterval(() => {
    memory = Math.max(memory, memoryOf(child.pid));
    if (memory > maxMemory) stop('too much memory');
  }, everyMs);
  const out: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > mostOut) stop('too much memory');
    else out.push(piece);
  });
  child.stdin.on('error', () => {}); // It ended before it had read all: its number says why.
  child.stdin.end(file);
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      clearTimeout(clock);
      clearInterval(watch);
      heard({ ms: performance.now() - began, memory });
      if (stopped) return settle(refuse(stopped));
      if (code !== 0)
        return settle(refuse(code === failureExitCodes['too large unpacked'] ? 'too large unpacked' : 'damaged'));
      try {
        settle(accept(decodeCopy(Buffer.concat(out))));
      } catch {
        settle(refuse('damaged'));
      }
    });
  });
}

const pageBytes = 4_096;

/** What the process holds of the machine's memory; nothing where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes;
  } catch {
    return 0;
  }
}
