/** Safelight before the cluster, as an operator sets it up: logins and databases on the primary, HAProxy as shipped, two server processes. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseDefinition } from '../../../../src/app.ts';
import { addAgency, addMember, openSession } from '../../../../src/identity/agencies/index.ts';
import { roleName } from '../../../../src/platform/access-policy/row-policies.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { databaseRoles } from '../../../../src/platform/config.ts';
import { type Db, openDatabase } from '../../../../src/platform/database/database.ts';
import { migrate } from '../../../../src/platform/database/migrate.ts';
import { buildAddresses, owner } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { attend } from '../../../../src/reports/examples.ts';
import { intakeLines } from '../../../../src/reports/report.ts';
import { newId } from '../../../../src/vocabulary/ids.ts';
import { sideOf } from '../../../../src/vocabulary/people.ts';
import { openPublicSite } from '../../../harness/embedded.ts';
import { testKeys } from '../../../harness/keys.ts';
import { startKillableServer } from '../../../harness/killed.ts';
import { stores } from '../../reports/open-intake.ts';
import type { Cluster } from './members.ts';

export const databasePort = 5433;
const databases = { main: 'safelight', safeguarding: 'safelight_safeguarding' } as const;
const password = 'only-for-this-trial';
/** Sees everything, to count with. An installation has no such login. */
const counter = 'trial_counter';
const shipped = join(import.meta.dirname, '../../../../deploy');
const serverFile = join(import.meta.dirname, '../../../harness/killed-server.ts');

export type Application = {
  readonly urls: readonly [string, string];
  /** Members who plan. */
  readonly sessions: readonly string[];
  /** By HAProxy, with the shortest patience that the application has. */
  readonly openWriter: () => Db;
  readonly counting: Readonly<Record<keyof typeof databases, Db>>;
};

export async function startApplication(cluster: Cluster, folder: string): Promise<Application> {
  const files = join(folder, 'files');
  await startBalancer(files, folder);
  const ca = encodeURIComponent(join(files, 'application/trial-ca.crt'));
  const address = (user: string, store: keyof typeof databases): string =>
    `postgres://${user}:${password}@127.0.0.1:${databasePort}/${databases[store]}?sslmode=verify-full&sslrootcert=${ca}`;
  const primary = await cluster.inRole('leader');
  primary.query(`create role ${owner} login createrole password '${password}'`);
  primary.query(`create role ${counter} superuser login password '${password}'`);
  const hide = readFileSync(join(shipped, 'compose/database/hide-statistics.sql'), 'utf8');
  for (const name of Object.values(databases)) {
    primary.query(
      `create database ${name} owner ${owner} template template0 locale_provider builtin builtin_locale 'C.UTF-8'`,
    );
    primary.query(hide, name);
  }
  const passwords = Object.fromEntries(databaseRoles.map((role) => [roleName(role), password]));
  for (const store of ['main', 'safeguarding'] as const) {
    const db = openDatabase(address(owner, store), { maxConnections: 2 });
    await migrate(db, store, databaseDefinition, passwords).finally(() => db.destroy());
  }
  await openPublicSite(address(counter, 'main'));
  const openCounter = (store: keyof typeof databases): Db =>
    openDatabase(address(counter, store), { maxConnections: 2, timeoutMs: 60_000 });
  const counting = { main: openCounter('main'), safeguarding: openCounter('safeguarding') };
  const sessions = await prepareMembers(counting);
  primary.query('create table trial_inserts (id uuid, round int)', databases.main);
  const settings = {
    SAFELIGHT_DOOR: 'all',
    SAFELIGHT_LOG: 'warn',
    SAFELIGHT_FILES: join(folder, 'kept-files'),
    SAFELIGHT_STEP_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  mkdirSync(join(folder, 'tmp'));
  const options = { settings, log: join(folder, 'safelight.log'), temporary: join(folder, 'tmp') };
  const [one, other] = await Promise.all(
    [0, 1].map(() =>
      startKillableServer(
        serverFile,
        buildAddresses((role, store) => address(role, store)),
        options,
      ),
    ),
  );
  return {
    urls: [one?.url ?? '', other?.url ?? ''],
    sessions,
    openWriter: () => openDatabase(address(counter, 'main'), { maxConnections: 3, timeoutMs: 4_000 }),
    counting,
  };
}

/** The configuration as it is; only the file of the authority lies elsewhere. */
async function startBalancer(files: string, folder: string): Promise<void> {
  const place = join(files, 'application');
  const own = join(folder, 'haproxy.cfg');
  writeFileSync(own, readFileSync(join(place, 'haproxy.cfg'), 'utf8').replaceAll('/etc/haproxy/', `${place}/`));
  copyFileSync(join(files, 'authority/ca.crt'), join(place, 'trial-ca.crt'));
  const child = spawn('haproxy', ['-db', '-q', '-f', own], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece;
  });
  await sleep(3_000); // Until it has asked all three.
  if (child.exitCode !== null) throw new Error(`HAProxy did not start: ${said}`);
}

async function prepareMembers(counting: Application['counting']): Promise<string[]> {
  const db = counting.main;
  const kind = 'police force';
  const agency = { id: newId<'agency'>(), name: 'Lea Vale', officialName: 'Lea Vale Constabulary', kind } as const;
  await addAgency(db, { ...agency, side: sideOf[kind], firstResponder: false });
  const sessions: string[] = [];
  const members = [0, 1].map((at) => {
    const member = { id: newId<'member'>(), agencyId: agency.id, name: `Robin Test ${at}`, title: 'Officer' } as const;
    return { ...member, roles: ['planner', 'triage'], endedAt: null } as const;
  });
  for (const [at, member] of members.entries()) {
    await addMember(db, member, { email: `robin${at}@example.org`, passwordHash: 'none' });
    const way = { method: 'password', sharedWorkstation: false } as const;
    sessions.push(await openSession(db, member.id, systemClock.now(), way));
  }
  const [by] = members;
  for (const line of intakeLines)
    if (by) await attend(counting[stores[line]], testKeys, line, by, new Date('2026-01-01T00:00:00Z'));
  return sessions;
}
