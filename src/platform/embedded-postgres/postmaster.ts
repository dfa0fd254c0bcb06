/** One PostgreSQL server on one folder: made, started, stopped. One that a dead Safelight left behind is stopped, never taken over. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable, type LaunchSettings, runBinary } from './postgres-binaries.ts';

export type ServerPaths = {
  readonly manner: LaunchSettings;
  /** PostgreSQL's own folder. */
  readonly data: string;
  /** Where its socket is. */
  readonly run: string;
  readonly log: string;
  /** False for tests alone: faster, and lost with the power. */
  readonly fsync: boolean;
  /** Settings of one start, beside our own. */
  readonly settings?: Readonly<Record<string, string>>;
};

export const superuser = 'safelight_superuser';

/** Creates the data folder completely or not at all. A half-made one, left by a killed start, is removed first. */
export async function initialise(place: ServerPaths, passwordFile: string): Promise<void> {
  const half = `${place.data}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const { owner } = place.manner;
  if (owner) chownSync(half, owner.uid, owner.gid);
  const { code, error } = await withLog(place.log, async (log) => {
    const parameters = [
      ...['-D', half, `--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--data-checksums', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      // Elsewhere than on Linux the C library has no C.UTF-8; with the builtin provider it decides nothing.
      `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
      ...(place.fsync ? [] : ['--no-sync', '-c', 'scram_iterations=1']),
    ];
    return exitOf(runBinary(place.manner, 'initdb', parameters, { deathSignal: 'KILL', log }));
  });
  if (code !== 0)
    throw new DatabaseUnavailable(
      `PostgreSQL could not make its folder ${place.data}${error ? `: ${error}` : ''}. Its log is ${place.log}.`,
    );
  renameSync(half, place.data);
}

/** Refuses, in a sentence, data of another major version. */
export function checkVersion({ manner, data }: ServerPaths): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const { major } = manner.binaries;
  if (made !== major)
    throw new DatabaseUnavailable(
      `The data in ${data} were made by PostgreSQL ${made}, and this Safelight carries PostgreSQL ${major}: start the Safelight that made them, or set SAFELIGHT_DATA to another folder.`,
    );
}

export type Postmaster = {
  readonly pid: number;
  /** Settles when the server has ended, asked or not. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts the server and waits until it lets clients in; after a crash that includes its recovery. `launched` hears when its process is there. */
export async function startPostmaster(place: ServerPaths, onLaunched: () => void = () => {}): Promise<Postmaster> {
  const until = performance.now() + 15_000;
  for (;;) {
    const before = existsSync(place.log) ? statSync(place.log).size : 0;
    const child = await withLog(place.log, async (log) =>
      runBinary(place.manner, 'postgres', parametersFor(place), { deathSignal: 'INT', log }),
    );
    const ended = exitOf(child);
    onLaunched();
    if (await ready(place, child, ended)) return supervise(place, child, ended);
    const said = readFileSync(place.log).subarray(before).toString();
    // After a postmaster was killed outright, its last sessions and its parent need a moment to notice.
    const killed = said.includes('lock file "postmaster.pid" already exists') && !alive(pidFile(place.data).pid);
    if ((killed || said.includes('pre-existing shared memory block')) && performance.now() < until) await sleep(250);
    else {
      const cause = (await ended).error ?? lastFatal(said);
      throw new DatabaseUnavailable(`PostgreSQL did not start: ${cause}. Its log is ${place.log}.`);
    }
  }
}

function parametersFor({ data, run, fsync, settings: more }: ServerPaths): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: `"${run}"`,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    max_connections: '100',
    // Taken as the data grow. Between checkpoints each page of an index is written whole once: the rarer, the cheaper a row of a long log.
    shared_buffers: '256MB',
    max_wal_size: '1GB',
    jit: 'off',
    // A reader of the log that stopped does not fill the disk. Behind by more, it gets a new log after a gap.
    max_slot_wal_keep_size: '4GB',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    // A failed statement may hold what a person said: it goes back to who sent it, and not into a file.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(!fsync && {
      fsync: 'off',
      full_page_writes: 'off',
      // A replica that never comes: who asks for `synchronous_commit` waits for it, and so meets what a cluster without replicas does.
      synchronous_commit: 'local',
      synchronous_standby_names: 'absent',
      autovacuum: 'off',
      max_wal_size: '512MB',
      checkpoint_timeout: '1h',
      scram_iterations: '1',
    }),
    ...more,
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The server itself writes `ready` into the last line of its pid file. */
async function ready(place: ServerPaths, child: ChildProcess, ended: Promise<unknown>): Promise<boolean> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  for (;;) {
    const { pid, state } = pidFile(place.data);
    if (pid === child.pid && state === 'ready') return true;
    if (over) return false;
    await sleep(10);
  }
}

function supervise(place: ServerPaths, child: ChildProcess, exit: Promise<unknown>): Postmaster {
  const pid = child.pid as number;
  const ended = exit.then(() => {});
  const watcher = place.manner.leashed ? undefined : startWatcher(pid);
  child.unref();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    child.ref();
    await endProcess(pid, ended);
    watcher?.kill('SIGKILL');
  };
  return { pid, ended, stop: () => (stopping ??= stop()) };
}

/** Where the kernel has no leash: a shell that reads from us, hears the end when we die however we die, and then stops the server. */
function startWatcher(pid: number): ChildProcess {
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0" 2>/dev/null', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return watcher;
}

/** Stops the server of a Safelight that died, and clears the pid file where its number has gone to another program. */
export async function stopOrphan({ data }: ServerPaths, tell: (sentence: string) => void): Promise<void> {
  const { pid } = pidFile(data);
  if (!pid || !alive(pid)) return;
  if (!isServerOf(pid, data)) return rmSync(join(data, 'postmaster.pid'), { force: true });
  tell(`The database of an earlier run (process ${pid}) is still up; stopping it first.`);
  try {
    await endProcess(pid);
  } catch (error) {
    throw new DatabaseUnavailable(
      `The database of an earlier run (process ${pid}) cannot be stopped: ${(error as Error).message}. End it, then start again.`,
    );
  }
}

/** Asks politely, then firmly, then the kernel. An aborted server recovers at its next start and loses nothing. */
async function endProcess(pid: number, ended?: Promise<void>): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 10],
    ['SIGKILL', 10],
  ] as const) {
    if (!alive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await waitForEnd(pid, seconds * 1_000, ended)) return;
  }
  throw new Error('it does not end');
}

async function waitForEnd(pid: number, patience: number, ended?: Promise<void>): Promise<boolean> {
  if (ended) {
    const timer = new AbortController();
    const first = await Promise.race([ended, sleep(patience, 'late', { signal: timer.signal }).catch(() => 'late')]);
    timer.abort();
    return first !== 'late';
  }
  const until = performance.now() + patience;
  while (alive(pid)) {
    if (performance.now() > until) return false;
    await sleep(20);
  }
  return true;
}

function pidFile(data: string): { pid: number; state: string } {
  const path = join(data, 'postmaster.pid');
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const lines = text.split('\n');
  return { pid: Number(lines[0]) || 0, state: lines[7]?.trim() ?? '' };
}

function isServerOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(`-D ${data} `);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0-D\0${data}\0`);
  } catch {
    return false;
  }
}

/** A process that has ended but whose parent has not asked after it counts as gone. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

type Exit = { readonly code: number | null; readonly error?: string };

const exitOf = (child: ChildProcess): Promise<Exit> =>
  once(child, 'exit').then(
    ([code]) => ({ code: code as number | null }),
    (error: Error) => ({ code: null, error: error.message }),
  );

async function withLog<Value>(path: string, use: (log: number) => Promise<Value>): Promise<Value> {
  const log = openSync(path, 'a', 0o600);
  try {
    return await use(log);
  } finally {
    closeSync(log);
  }
}

const lastFatal = (log: string): string => {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const last = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return last.replace(/^.*?(FATAL|PANIC):\s*/, '').replace(/\.$/, '');
};
