/** The databases that the bench runs on: the one that comes with Safelight, and a PostgreSQL server where there is one. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openEmbedded } from '../../src/platform/embedded-postgres/embedded.ts';
import { median } from './processes.ts';

export type Engine = {
  readonly name: string;
  readonly environment: () => NodeJS.ProcessEnv;
  /** What the database itself takes to start, in milliseconds: no part of ours. */
  readonly databaseStart: () => Promise<number>;
};

const programs = '/usr/lib/postgresql/17/bin';

export async function* engines(): AsyncGenerator<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-bench-'));
  try {
    yield {
      name: 'the database that comes with Safelight',
      environment: () => ({ SAFELIGHT_DATA: folder, SAFELIGHT_MODE: 'demonstration' }),
      databaseStart: async () => {
        const times: number[] = [];
        for (let start = 0; start < 3; start += 1) {
          const began = performance.now();
          const embedded = await openEmbedded(folder);
          times.push(performance.now() - began);
          await embedded.stop();
        }
        return median(times);
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const given = process.env.SAFELIGHT_BENCH_SERVER;
  if (given) yield* onServer(given, 'the server of SAFELIGHT_BENCH_SERVER');
  else if (existsSync(join(programs, 'postgres'))) yield* onOwnServer();
  else console.log('\nNo PostgreSQL 17 server is installed (Debian: postgresql-17): the second half has not run.');
}

async function* onServer(address: string, name: string): AsyncGenerator<Engine> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  const data = mkdtempSync(join(tmpdir(), 'safelight-bench-'));
  const url = new URL(address);
  const drop = async (): Promise<void> => {
    for (const name of ['safelight_bench_safeguarding', 'safelight_bench'])
      await client.query(`drop database if exists ${name} with (force)`);
  };
  try {
    await drop();
    await client.query(`drop role if exists safelight_bench_owner`);
    await client.query(`create role safelight_bench_owner login createrole createdb password 'bench'`);
    await client.query('create database safelight_bench owner safelight_bench_owner');
    [url.username, url.password, url.pathname] = ['safelight_bench_owner', 'bench', '/safelight_bench'];
    yield {
      name: `${name}, PostgreSQL ${rows[0]?.version}`,
      environment: () => ({ DATABASE_URL: url.href, SAFELIGHT_DATA: data, SAFELIGHT_MODE: 'demonstration' }),
      databaseStart: async () => 0,
    };
  } finally {
    await drop();
    await client.end();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Debian's server in a folder of its own, with its own defaults; it refuses root, and runs as the user that its package made. */
async function* onOwnServer(): AsyncGenerator<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-server-'));
  const id = (what: 'u' | 'g'): number => Number(execFileSync('id', [`-${what}`, 'postgres']).toString());
  const as = process.getuid?.() === 0 ? { uid: id('u'), gid: id('g') } : {};
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const password = join(folder, 'password');
  writeFileSync(password, 'bench\n', { mode: 0o644 });
  const options = { ...as, cwd: folder, stdio: 'ignore' as const };
  execFileSync(
    join(programs, 'initdb'),
    [
      ...['-D', join(folder, 'data'), '-U', 'bench', `--pwfile=${password}`],
      ...'--auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8'.split(' '),
    ],
    options,
  );
  const server: ChildProcess = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`],
    options,
  );
  const address = `postgres://bench:bench@localhost/postgres?host=${folder}`;
  try {
    await answering(address);
    yield* onServer(address, 'Debian’s server');
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answering(address: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const client = new pg.Client({ connectionString: address });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('the server of the bench did not start');
}
