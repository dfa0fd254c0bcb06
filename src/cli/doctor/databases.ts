/** What the doctor checks in databases: a trial of the embedded one, or the configured server and the login of every process. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { BadConfiguration, type Config } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { describeDisabledGuard, findDisabledGuards } from '../../platform/database/row-guards.ts';
import { folderHash } from '../../platform/embedded-postgres/data-lock.ts';
import { openEmbedded, runningEmbedded } from '../../platform/embedded-postgres/embedded.ts';
import { findBinaries } from '../../platform/embedded-postgres/postgres-binaries.ts';
import type { Finding } from './finding.ts';

/** Makes a database in a temporary folder and queries it: only this shows that programs, libraries and sockets work. */
export async function checkEmbedded({ dataFolder }: Config): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-doctor-'));
  const moved = `/var/tmp/safelight-${folderHash(folder)}`;
  const told: Finding[] = [];
  try {
    const from = performance.now();
    const embedded = await openEmbedded(folder, { fsync: false, tell: (says) => told.push({ says }) });
    const { version } = await look(embedded.addresses.main.owner ?? '').finally(embedded.stop);
    const seconds = ((performance.now() - from) / 1_000).toFixed(1);
    told.push({
      says: `PostgreSQL ${version} runs here: a trial database was made, asked and stopped in ${seconds} s.`,
    });
    return [...told, ...checkAge(dataFolder), ...(await checkRunning(dataFolder))];
  } catch (error) {
    const log = join(folder, 'postgres.log');
    const last = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').at(-1) : '';
    return [
      ...told,
      {
        says: `A trial of the embedded database failed: ${error instanceof BadConfiguration ? error.message : error}`,
        cure: [last && `PostgreSQL says: ${last}.`, 'Run npm ci, or set DATABASE_URL to a PostgreSQL 17 server.'].join(
          ' ',
        ),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(moved, { recursive: true, force: true });
  }
}

function checkAge(dataFolder: string): Finding[] {
  const file = join(dataFolder, 'postgres/PG_VERSION');
  if (!existsSync(file)) return [];
  const made = readFileSync(file, 'utf8').trim();
  const { major } = findBinaries();
  return made === major
    ? [{ says: `The data were made by PostgreSQL ${made}, as this Safelight needs.` }]
    : [
        {
          says: `The data in ${dataFolder} were made by PostgreSQL ${made}, and this Safelight carries ${major}.`,
          cure: 'Start the Safelight that made them, or set SAFELIGHT_DATA to another folder.',
        },
      ];
}

/** Where Safelight runs on the data folder, its databases are checked too; otherwise the next start checks them. */
async function checkRunning(dataFolder: string): Promise<Finding[]> {
  const { main, safeguarding } = runningEmbedded(dataFolder) ?? {};
  const owners = [main?.owner, safeguarding?.owner].filter((address) => address !== undefined);
  return (await Promise.all(owners.map((address) => checkGuards(address, new URL(address).pathname.slice(1))))).flat();
}

/** The triggers and row policies that protect the log from changes. */
async function checkGuards(address: string, name: string): Promise<Finding[]> {
  const db = openDatabase(address, { maxConnections: 1 });
  try {
    const fallen = await findDisabledGuards(db);
    if (fallen.length === 0) return [{ says: `In ${name} every trigger and the row security of every table is on.` }];
    return fallen.map((one) => ({
      says: `${describeDisabledGuard(one)} in ${name}.`,
      cure: 'Find out who did that, verify the log (npm run safelight -- audit verify), and start Safelight again, which puts it back.',
    }));
  } catch {
    return []; // It cannot be reached: the check of its server reports that, and the next start checks an embedded one.
  } finally {
    await db.destroy();
  }
}

type Login = {
  readonly version: string;
  readonly number: number;
  readonly user: string;
  readonly superuser: boolean;
  readonly makesRoles: boolean;
  readonly skipsPolicies: boolean;
};

async function look(address: string): Promise<Login> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<Login>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
         rolname as user, rolsuper as superuser, rolcreaterole as "makesRoles", rolbypassrls as "skipsPolicies"
       from pg_roles where rolname = current_user`,
    );
    return rows[0] as Login;
  } finally {
    await client.end().catch(() => {});
  }
}

export async function checkServer(config: Config): Promise<Finding[]> {
  const owners: [string, string | undefined][] = [
    ['DATABASE_URL', config.ownerAddress],
    ['SAFEGUARDING_DATABASE_URL', config.safeguardingOwnerAddress],
  ];
  const doors = Object.entries(config.roleAddresses).map(([role, address]): [string, string] => [
    `DATABASE_URL_${role.toUpperCase()}`,
    address,
  ]);
  const findings: Finding[] = [];
  const users = new Map<string, string>();
  for (const [setting, address] of owners)
    if (address)
      findings.push(
        ...(await checkLogin(setting, address, (login) => ownerFindings(setting, login, users))),
        ...(await checkGuards(address, setting)),
      );
  for (const [setting, address] of doors)
    findings.push(...(await checkLogin(setting, address, (login) => doorFindings(setting, login, users))));
  if (doors.length === 0)
    findings.push({
      says: 'No door has an address of its own: their logins are made by the owner, with passwords in the data folder.',
    });
  return findings;
}

async function checkLogin(setting: string, address: string, judge: (login: Login) => Finding[]): Promise<Finding[]> {
  try {
    return judge(await look(address));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return [
      {
        says: `${setting} cannot be reached: ${message || code}.`,
        cure: 'See that the server runs, that this machine may reach it, and that name and password are right.',
      },
    ];
  }
}

function ownerFindings(setting: string, login: Login, users: Map<string, string>): Finding[] {
  users.set(login.user, setting);
  const findings: Finding[] = [
    login.number >= 170_000
      ? { says: `${setting} reaches PostgreSQL ${login.version} as ${login.user}.` }
      : { says: `${setting} reaches PostgreSQL ${login.version}.`, cure: 'Safelight needs 17 or later.' },
  ];
  if (!login.makesRoles && !login.superuser)
    findings.push({
      says: `${login.user} may not make the doors' roles.`,
      cure: `alter role ${login.user} createrole`,
    });
  return findings;
}

/** A process that logs in as the owner, as a superuser or as another process is not separated. */
function doorFindings(setting: string, login: Login, users: Map<string, string>): Finding[] {
  const other = users.get(login.user);
  users.set(login.user, setting);
  if (other)
    return [
      { says: `${setting} logs in as ${login.user}, as ${other} does.`, cure: 'Give each door a login of its own.' },
    ];
  if (login.superuser || login.skipsPolicies || login.makesRoles)
    return [
      {
        says: `${setting} logs in as ${login.user}, which may do more than a door.`,
        cure: `alter role ${login.user} nosuperuser nobypassrls nocreaterole`,
      },
    ];
  return [{ says: `${setting} logs in as ${login.user}.` }];
}
