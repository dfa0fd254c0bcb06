/** What the processes of a running Safelight hold: memory, open files, sockets, connections to the database. Linux alone. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Sample } from './growth.ts';

const mebibyte = 1024 * 1024;

const statusOf = (pid: number, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Undefined for what ended meanwhile. */
function ifThere<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function childrenOf(parent: number): number[] {
  const isChild = (name: string): boolean =>
    /^\d+$/.test(name) &&
    ifThere(() => Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])) === parent;
  return readdirSync('/proc').filter(isChild).map(Number);
}

type OpenFiles = Readonly<Record<'files' | 'sockets' | 'keyHalves', number>>;

function openFiles(pid: number): OpenFiles {
  const targets = readdirSync(`/proc/${pid}/fd`).flatMap(
    (fd) => ifThere(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [],
  );
  const many = (of: (target: string) => boolean): number => targets.filter(of).length;
  return {
    files: targets.length,
    sockets: many((target) => target.startsWith('socket:')),
    keyHalves: many((target) => target.endsWith('.halves')),
  };
}

export type Watched = {
  readonly server: number;
  readonly postmaster: number;
  /** Where the process serves its metrics. */
  readonly metrics: string;
  /** A superuser’s connection: theirs are left out of the count. */
  readonly superuser: pg.Client;
};

/** The background work is busy twice a second, whatever visitors do. */
const connections = `
  select count(*) as many, count(*) filter (where state <> 'idle' and usename <> 'safelight_leader') as busy
  from pg_stat_activity where backend_type = 'client backend' and usename <> current_user`;

/** Megabytes and counts by name. Memory of PostgreSQL is what its processes do not share: its shared buffers fill once and stay. */
export async function look({ server, postmaster, metrics, superuser }: Watched): Promise<Record<string, number>> {
  const { rows } = await superuser.query<{ readonly many: string; readonly busy: string }>(connections);
  const text = await (await fetch(metrics)).text();
  const heap = Number(/^safelight_process_heap_used_bytes (\S+)/m.exec(text)?.[1] ?? Number.NaN) / mebibyte;
  const { files, sockets, keyHalves } = openFiles(server);
  const database = [postmaster, ...childrenOf(postmaster)];
  return {
    memory: statusOf(server, 'VmRSS'),
    heap,
    databaseMemory: database.reduce((sum, pid) => sum + (ifThere(() => statusOf(pid, 'RssAnon')) ?? 0), 0),
    databaseProcesses: database.length,
    connections: Number(rows[0]?.many),
    busyConnections: Number(rows[0]?.busy),
    files,
    sockets,
    keyHalves,
  };
}

/** What a server holds when nobody asks for anything, without what it keeps on purpose: idle connections for half a minute, and up to 64 files of key halves. */
export const held = (levels: Readonly<Record<string, number>>): Readonly<Record<string, number>> => {
  const { files = 0, sockets = 0, keyHalves = 0, connections: all = 0, busyConnections = 0 } = levels;
  return {
    'files that are no sockets': files - sockets - keyHalves,
    'sockets of visitors': sockets - all,
    'connections in use': busyConnections,
  };
};

/** Looks again and again. `end` gives all samples; a look that failed fails the trial. */
export function sample(
  lookNow: () => Promise<Record<string, number>>,
  everyMs: number,
  heard: (samples: readonly Sample[]) => void,
) {
  const began = performance.now();
  const samples: Sample[] = [];
  const over = new AbortController();
  const run = async (): Promise<readonly Sample[]> => {
    for (let time = 1; !over.signal.aborted; time += 1) {
      const levels = await lookNow();
      samples.push({ atMs: performance.now() - began, levels });
      heard(samples);
      const pause = Math.max(0, time * everyMs - (performance.now() - began));
      await sleep(pause, undefined, { signal: over.signal }).catch(() => {});
    }
    return samples;
  };
  const running = run();
  running.catch(() => {});
  return {
    end: (): Promise<readonly Sample[]> => {
      over.abort();
      return running;
    },
  };
}
