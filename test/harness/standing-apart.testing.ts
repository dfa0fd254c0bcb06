/** For tests: two servers of two controllers, and doors before them as processes of their own, by the settings that a partnership gives them. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import { openSession } from '../../src/identity/agencies/index.ts';
import { roleName } from '../../src/platform/access-sql.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { admitted, type DatabaseRole } from '../../src/platform/config.ts';
import { UnitKeys } from '../../src/platform/crypto.ts';
import { Databases, type Db, openDatabase } from '../../src/platform/database.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../src/platform/embedded.ts';
import { type Chore, doOnce } from '../../src/platform/outbox.ts';
import { casting, formTokenIn, type TestHouse } from './house.ts';
import { freePort } from './ports.ts';

const quiet = { fsync: false, tell: () => {}, lost: () => {} };

export type Server = { readonly folder: string; embedded: Embedded };

async function openServer(t: TestContext, name: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), `safelight-${name}-`));
  const server: Server = { folder, embedded: await openEmbedded(folder, quiet) };
  t.after(async () => {
    await server.embedded.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  });
  return server;
}

export async function startAgain(server: Server): Promise<void> {
  server.embedded = await openEmbedded(server.folder, quiet);
}

type Settings = Readonly<Record<string, string>>;

function start(t: TestContext, file: string, words: readonly string[], settings: Settings) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src', file), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      SAFELIGHT_MODE: 'live',
      SAFELIGHT_LOG: 'silent',
      ...settings,
    },
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      said.text += piece;
    });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  t.after(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { child, said, ended };
}

async function run(t: TestContext, file: string, words: readonly string[], settings: Settings): Promise<void> {
  const { ended, said } = start(t, file, words, settings);
  if ((await ended) !== 0) throw new Error(said.text);
}

/** The address at which it is open. */
async function startDoor(t: TestContext, settings: Settings): Promise<string> {
  const { child, said, ended } = start(t, 'main.ts', [], { PORT: `${await freePort()}`, ...settings });
  const open = Promise.withResolvers<string>();
  child.stdout.on('data', () => {
    const url = /Safelight is open at (\S+)/.exec(said.text)?.[1];
    if (url) open.resolve(url);
  });
  ended.then((code) => open.reject(new Error(`the door ended with ${code}: ${said.text}`)));
  return open.promise;
}

/** The force's server and the council's, brought up to date by their owners; and the staff door, which holds a login for each of its roles and no owner's. */
export async function openApart(t: TestContext) {
  const [force, council] = [await openServer(t, 'force'), await openServer(t, 'council')];
  const folder = mkdtempSync(join(tmpdir(), 'safelight-doors-'));
  const db = openDatabase(force.embedded.superuserAddress(databaseNames.main), { most: 2 });
  const safeguardingDb = openDatabase(council.embedded.superuserAddress(databaseNames.safeguarding), { most: 2 });
  t.after(async () => {
    await Promise.all([db.destroy(), safeguardingDb.destroy()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const main = force.embedded.addresses.main.owner ?? '';
  const behind = council.embedded.addresses.safeguarding.owner ?? '';
  await run(t, 'cli/main.ts', ['migrate'], {
    SAFELIGHT_DATA: folder,
    DATABASE_URL: main,
    SAFEGUARDING_DATABASE_URL: behind,
  });
  const passwords = JSON.parse(readFileSync(join(folder, 'server-roles.json'), 'utf8')) as Record<string, string>;
  const login = (address: string, role: DatabaseRole): string => {
    const url = new URL(address);
    [url.username, url.password] = [roleName(role), passwords[roleName(role)] ?? ''];
    return url.href;
  };
  const given = admitted.main
    .filter((role) => role !== 'public')
    .map((role) => [`DATABASE_URL_${role.toUpperCase()}`, login(main, role)]);
  const staff = await startDoor(t, {
    SAFELIGHT_DATA: folder,
    SAFELIGHT_DOOR: 'staff',
    ...Object.fromEntries(given),
    DATABASE_URL_SAFEGUARDING: login(behind, 'safeguarding'),
  });
  const house = {
    ...casting(db),
    db,
    safeguardingDb,
    keys: UnitKeys.fromFile(join(folder, 'keys.json')).withHalvesIn(join(folder, 'key-halves')),
    clock: systemClock,
  };
  return { force, council, staff, login, house: house as never as TestHouse };
}

export type Apart = Awaited<ReturnType<typeof openApart>>;

/** Does the leader’s chores behind the wall, at a time to come: the doors go by the clock on the wall. */
export async function chores({ council, login, house }: Apart, all: readonly Chore[], at: Date): Promise<void> {
  const leader = login(council.embedded.addresses.safeguarding.owner ?? '', 'leader');
  const databases = new Databases({ main: {}, safeguarding: { leader } }, { most: 1 });
  for (const chore of all) await doOnce(databases, { now: () => at } as typeof house.clock, chore);
  await databases.close();
}

export const openPublicDoor = (t: TestContext, { force, login }: Apart): Promise<string> =>
  startDoor(t, {
    SAFELIGHT_DATA: mkdtempSync(join(tmpdir(), 'safelight-public-')),
    SAFELIGHT_DOOR: 'public',
    DATABASE_URL_PUBLIC: login(force.embedded.addresses.main.owner ?? '', 'public'),
  });

export type Caller = {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, answers: Record<string, unknown>) => Promise<Answer>;
};
type Answer = { readonly status: number; readonly body: string; readonly location: string };

/** A browser's manners over the wire. */
export async function callAs({ house, staff }: Apart, member: { readonly id: string }): Promise<Caller> {
  const token = await openSession(house.db, member.id as never, systemClock.now(), {
    method: 'password',
    sharedWorkstation: false,
  });
  const cookies = new Map([['safelight', token]]);
  const ask = async (path: string, more: RequestInit = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(staff + path, {
      redirect: 'manual',
      ...more,
      headers: { cookie, 'sec-fetch-site': 'same-origin', origin: staff, ...more.headers },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return { status: answer.status, body: await answer.text(), location: answer.headers.get('location') ?? '' };
  };
  await ask('/staff'); // Its cookie is that of each form opened after it.
  return {
    get: (path) => ask(path),
    post: async (path, answers) => {
      const form = new URLSearchParams({ _csrf: formTokenIn(await ask('/staff/sign-in')) });
      for (const [name, value] of Object.entries(answers))
        for (const one of [value].flat()) form.append(name, String(one));
      return ask(path, { method: 'POST', body: form });
    },
  };
}

/** In which tables of which databases of a server a word stands. */
export async function whereOn({ embedded }: Server, word: string): Promise<string[]> {
  const found: string[] = [];
  for (const database of [...Object.values(databaseNames), 'postgres']) {
    const db: Db = openDatabase(embedded.superuserAddress(database), { most: 1 });
    const { rows } = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
    for (const { name } of rows) {
      const { rows: hit } =
        await sql`select 1 from ${sql.raw(name)} t where t::text like ${`%${word}%`} limit 1`.execute(db);
      if (hit.length > 0) found.push(`${database} ${name}`);
    }
    await db.destroy();
  }
  return found;
}
