/** The embedded database: PostgreSQL on one data folder, its two databases, their owner, and the address and password of every process. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';
import { roleName } from '../access-policy/row-policies.ts';
import { databaseRoles, storeRoles } from '../config.ts';
import type { Addresses } from '../database/database.ts';
import type { RolePasswords } from '../database/roles.ts';
import { openDataFolder } from '../start-problems.ts';
import { folderHash, takeDataLock } from './data-lock.ts';
import {
  chooseLaunchSettings,
  DatabaseUnavailable,
  ensureOwnFolder,
  type LaunchSettings,
  movedHome,
} from './postgres-binaries.ts';
import { checkVersion, initialise, type ServerPaths, startPostmaster, stopOrphan, superuser } from './postmaster.ts';

export type Embedded = {
  /** For backups, tests and the doctor; no serving process holds it. */
  readonly superuserAddress: (database?: string) => string;
  readonly addresses: Addresses;
  readonly passwords: RolePasswords;
  readonly stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** False for tests alone: faster, and lost with the power. */
  readonly fsync?: boolean;
  readonly tell?: (sentence: string) => void;
  /** Hears that PostgreSQL's process is there: what takes time of our own may be done while it starts. */
  readonly launched?: () => void;
  /** Hears that PostgreSQL ended without being asked to. */
  readonly lost?: (sentence: string) => void;
  /** Whether both databases are dropped and made again. Asked when this start has locked the folder. */
  readonly beginsEmpty?: () => boolean;
};

export const owner = 'safelight_owner';
export const databaseNames: Readonly<Record<StoreName, string>> = {
  main: 'safelight',
  safeguarding: 'safelight_safeguarding',
};

/** The default listener: writes to the console. */
export const logToConsole = (sentence: string): void => console.error(sentence);

export async function openEmbedded(
  dataFolder: string,
  {
    fsync = true,
    tell = logToConsole,
    lost = logToConsole,
    launched = () => {},
    beginsEmpty = () => false,
  }: EmbeddedOptions = {},
): Promise<Embedded> {
  openDataFolder(dataFolder);
  const folder = realpathSync(dataFolder);
  const lock = await takeDataLock(folder, { tell });
  try {
    const manner = chooseLaunchSettings(folder, tell);
    const place = getServerPaths(folder, manner, fsync);
    const passwords = rolePasswords(folder, place.data);
    await prepare(place, passwords, tell);
    const postmaster = await startPostmaster(place, launched);
    const address = (user: string, database: string) => buildAddress(place.run, user, passwords[user] ?? '', database);
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      lock.stopping();
      stopping ??= postmaster.stop().finally(lock.release);
      return stopping;
    };
    postmaster.ended.then(() => {
      if (!stopping) lost(`PostgreSQL ended by itself. Its log is ${place.log}.`);
    });
    try {
      await makeDatabases((database) => address(superuser, database), passwords[owner] ?? '', beginsEmpty());
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      superuserAddress: (database = 'postgres') => address(superuser, database),
      addresses: buildAddresses((role, store) => address(role, databaseNames[store])),
      passwords,
      stop,
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Builds addresses of a database that another process runs on this folder; undefined where none runs. */
function runningServer(dataFolder: string): ((role: string, database: string) => string) | undefined {
  if (!existsSync(join(dataFolder, 'roles.json'))) return undefined;
  const folder = realpathSync(dataFolder);
  const file = [folder, movedHome(folder)]
    .map((home) => join(home, 'postgres', 'postmaster.pid'))
    .find((path) => existsSync(path));
  const run = file && readFileSync(file, 'utf8').split('\n')[socketLine];
  if (!run) return undefined;
  const passwords = JSON.parse(readFileSync(join(folder, 'roles.json'), 'utf8')) as Passwords;
  return (role, database) => buildAddress(run, role, passwords[role] ?? '', database);
}

/** How a database that another process runs on this folder is reached; undefined where none runs. */
export function runningEmbedded(dataFolder: string): Addresses | undefined {
  const address = runningServer(dataFolder);
  return address && buildAddresses((role, store) => address(role, databaseNames[store]));
}

/** The superuser's addresses in both databases that another process runs on this folder. For backups alone. */
export function runningSuperuser(dataFolder: string): Readonly<Record<StoreName, string>> | undefined {
  const address = runningServer(dataFolder);
  return (
    address && {
      main: address(superuser, databaseNames.main),
      safeguarding: address(superuser, databaseNames.safeguarding),
    }
  );
}

/** Whether an embedded database was made for this folder. */
export const hasEmbeddedData = (dataFolder: string): boolean =>
  existsSync(dataFolder) &&
  [dataFolder, movedHome(realpathSync(dataFolder))].some((home) => existsSync(join(home, 'postgres', 'PG_VERSION')));

/** Removes what was put elsewhere for a data folder that is given up, where PostgreSQL could not run in it. */
export const removeMovedData = (dataFolder: string): void => {
  if (existsSync(dataFolder)) rmSync(movedHome(realpathSync(dataFolder)), { recursive: true, force: true });
};

/** PostgreSQL records where its socket is. */
const socketLine = 4;

/** An address for the owner and for every process, for each database. */
export function buildAddresses(address: (role: string, store: StoreName) => string): Addresses {
  const ofStore = (store: StoreName) => ({
    owner: address(owner, store),
    ...Object.fromEntries(storeRoles[store].map((role) => [role, address(roleName(role), store)])),
  });
  return { main: ofStore('main'), safeguarding: ofStore('safeguarding') };
}

/** The folder of the socket goes into the query: a path is no host name. Both `pg` and PostgreSQL's own tools read it. */
export const buildAddress = (run: string, user: string, password: string, database: string): string =>
  `postgres://${user}:${password}@localhost:5432/${database}?host=${encodeURIComponent(run)}`;

/** Where the server of a data folder keeps everything. */
export function getServerPaths(folder: string, manner: LaunchSettings, fsync: boolean): ServerPaths {
  const log = join(folder, 'postgres.log');
  if (existsSync(log) && statSync(log).size > 8_000_000) renameSync(log, `${log}.1`);
  return { manner, data: join(manner.home, 'postgres'), run: runFolder(manner), log, fsync };
}

/** A socket's path has at most 107 bytes on Linux and 103 on macOS; a longer one is put in a short folder of its own. */
function runFolder({ home, owner: other }: LaunchSettings): string {
  const beside = join(home, 'run');
  const fits = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= 103;
  const path = fits ? beside : join(tmpdir(), `safelight-${folderHash(home)}`);
  if (!other) return ensureOwnFolder(path, 0o700);
  if (!existsSync(path)) {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, other.uid, other.gid);
  }
  return ensureOwnFolder(path, 0o700, other.uid);
}

async function prepare(place: ServerPaths, passwords: Passwords, tell: (sentence: string) => void): Promise<void> {
  if (existsSync(join(place.data, 'PG_VERSION'))) {
    checkVersion(place);
    return stopOrphan(place, tell);
  }
  const file = join(place.run, 'password');
  const { owner: other } = place.manner;
  writeFileSync(file, `${passwords[superuser]}\n`, { mode: 0o600 });
  if (other) chownSync(file, other.uid, other.gid);
  try {
    await initialise(place, file);
  } finally {
    rmSync(file, { force: true });
  }
}

type Passwords = Readonly<Record<string, string>>;

/** Made once for each data folder; a role that a later Safelight adds gets its own at the next start. */
function rolePasswords(folder: string, data: string): Passwords {
  const path = join(folder, 'roles.json');
  const kept: Passwords = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Passwords) : {};
  if (!kept[superuser] && existsSync(data))
    throw new DatabaseUnavailable(
      `The passwords in ${path} are missing, and the data in ${data} open with no others: put the file back from a copy, or set SAFELIGHT_DATA to another folder.`,
    );
  const names = [superuser, owner, ...databaseRoles.map(roleName)];
  const passwords = Object.fromEntries(
    names.map((name) => [name, kept[name] ?? randomBytes(24).toString('base64url')]),
  );
  if (names.some((name) => !kept[name])) {
    writeFileSync(`${path}.half`, JSON.stringify({ ...kept, ...passwords }, null, 2), { mode: 0o600, flush: true });
    renameSync(`${path}.half`, path);
  }
  chmodSync(path, 0o600);
  return passwords;
}

/** Nothing here is done twice, and what a killed start left half done is completed. */
async function makeDatabases(
  addressIn: (database: string) => string,
  ownerPassword: string,
  empty: boolean,
): Promise<void> {
  const client = new pg.Client({ connectionString: addressIn('postgres') });
  await client.connect();
  try {
    if (empty)
      for (const name of Object.values(databaseNames))
        await client.query(`drop database if exists ${name} with (force)`);
    const { rows } = await client.query<{ name: string }>(
      'select rolname as name from pg_roles where rolname = $1 union all select datname from pg_database where datname = any ($2)',
      [owner, Object.values(databaseNames)],
    );
    const present = new Set(rows.map(({ name }) => name));
    if (!present.has(owner)) {
      await client.query('revoke connect on database postgres, template1 from public');
      await client.query(`create role ${owner} login createrole password ${pg.escapeLiteral(ownerPassword)}`);
    }
    for (const name of Object.values(databaseNames))
      if (!present.has(name)) await client.query(`create database ${name} owner ${owner}`);
    await Promise.all(Object.values(databaseNames).map((name) => hideStatistics(addressIn(name))));
  } finally {
    await client.end();
  }
}

/** PostgreSQL shows the statistics of all databases to every login, so a process could see when the safeguarding database is written to. Its functions reveal as much as its views. */
async function hideStatistics(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(`do $$ declare f regprocedure; begin
      for f in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
          and proname ~ '^(pg_stat_get_db_|pg_stat_get_wal$|pg_stat_get_io$|pg_stat_get_bgwriter|pg_stat_get_checkpointer)'
          and has_function_privilege('public', oid, 'execute')
      loop execute format('revoke execute on function %s from public', f); end loop;
      if has_table_privilege('public', 'pg_stat_database', 'select') then
        revoke select on pg_stat_database, pg_stat_wal, pg_stat_io from public;
      end if; end $$`);
  } finally {
    await client.end();
  }
}
