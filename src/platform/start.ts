/** Opens what a process needs, in order: database connections, migrations, keys, assets. Shared by the server, the command line and the bench. */
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { StoreName } from './access-policy/access.ts';
import { type Clock, systemClock } from './clock.ts';
import { BadConfiguration, type Config, storeRoles } from './config.ts';
import { UnitKeys } from './crypto/crypto.ts';
import { Databases, openDatabase } from './database/database.ts';
import { type DatabaseDefinition, migrate } from './database/migrate.ts';
import { type DatabaseServer, hasServerSettings, serverAddresses } from './database/server-addresses.ts';
import { waitForMigration } from './database/versions-beside.ts';
import { type EmbeddedOptions, logToConsole, openEmbedded } from './embedded-postgres/embedded.ts';
import { noteStatement } from './traces/traces.ts';
import { safelightVersion } from './version.ts';

/** Loads what the databases are migrated to, while they start. */
export type LoadDefinition = () => Promise<DatabaseDefinition>;

export type Runtime = {
  readonly config: Config;
  readonly databases: Databases;
  readonly keys: UnitKeys;
  readonly clock: Clock;
  /** Ends connections, and the embedded database where there is one. May be called twice. */
  readonly stop: () => Promise<void>;
};

/** What a start may hear of the process of the embedded database: that it is there, and that it ended unasked. It is asked whether the databases begin empty. */
export type DatabaseEvents = Pick<EmbeddedOptions, 'launched' | 'lost' | 'beginsEmpty'>;

export const openDatabaseServer = (config: Config, heard: DatabaseEvents = {}): Promise<DatabaseServer> =>
  hasServerSettings(config) ? Promise.resolve(serverAddresses(config)) : openEmbedded(config.dataFolder, heard);

/** As `open`, but returns when the databases are reached; `ready` when they are as they must be. What needs no database goes on meanwhile; `launched` hears when there is nothing to do but wait for a process of the database, `lost` when that ended unasked. */
export async function startRuntime(
  config: Config,
  loadDefinition: LoadDefinition,
  clock: Clock = systemClock,
  heard: DatabaseEvents = {},
): Promise<Runtime & { readonly ready: Promise<void> }> {
  refuseLostKeys(config);
  await refuseKeptVersions(config);
  const reached = await openDatabaseServer(config, heard);
  const databases = new Databases(reached.addresses, {
    ...(makesDemonstration(config) && { connectMs: firstConnectMs }),
    ...(config.traces && config.site !== 'public' && { onQuery: noteStatement }),
  });
  const ready = Promise.all(
    (['main', 'safeguarding'] as const).map((store) =>
      reached.addresses[store].owner
        ? migrateStore(config, loadDefinition, reached, store)
        : waitForOthers(databases, store),
    ),
  ).then(() => {});
  ready.catch(() => {}); // Heard where it is waited for.
  return {
    config,
    databases,
    keys:
      config.site === 'public'
        ? UnitKeys.generate()
        : UnitKeys.fromFile(config.keysFile).withHalvesIn(config.keyHalvesFolder),
    clock,
    ready,
    stop: async () => {
      await databases.close();
      await reached.stop();
    },
  };
}

/** Where the key file is gone and what was made with it is there, a new key would open nothing, and the next backup would take it for the right one. */
function refuseLostKeys({ site, keysFile, keyHalvesFolder, logKeysFile }: Config): void {
  if (site === 'public' || existsSync(keysFile)) return;
  const sealed = existsSync(keyHalvesFolder) && readdirSync(keyHalvesFolder).some((name) => name.endsWith('.halves'));
  if (!sealed && !existsSync(logKeysFile)) return;
  throw new BadConfiguration(
    `The unit’s key file ${keysFile} is not there, and records were sealed with it. A new one would open none of them. Bring it back from the copy of the keys (docs/operations/keys.md), or set SAFELIGHT_KEYS to where it is.`,
  );
}

/** A bucket that keeps what is deleted breaks the promise of erasure. One that does not answer stops no start: pages of help need no files, and System health says it. */
async function refuseKeptVersions({ filesFolder }: Config): Promise<void> {
  if (typeof filesFolder === 'string') return;
  const { openObjectStore } = await import('./files/folder.ts');
  const found = await openObjectStore(filesFolder).check();
  if (found.state === 'keeps versions')
    throw new BadConfiguration(
      'The bucket in SAFELIGHT_FILES has versioning, so what is erased would stay in it. Name a bucket that never had versioning or object lock (docs/operations/files.md).',
    );
  if (found.state === 'versions unknown')
    logToConsole(
      'Nobody knows whether the bucket in SAFELIGHT_FILES keeps what is deleted: allow its key to read the versioning of the bucket.',
    );
  if ('says' in found) logToConsole(`Files cannot be kept or read now: ${found.says}. Run safelight doctor.`);
}

/** Reaches the databases and migrates both where it is the owner's to. The statement of a failing migration is the owner's to see; nothing is half done. */
export async function openRuntime(
  config: Config,
  loadDefinition: LoadDefinition,
  clock: Clock = systemClock,
): Promise<Runtime> {
  const opened = await startRuntime(config, loadDefinition, clock);
  try {
    await opened.ready;
  } catch (error) {
    await opened.stop();
    throw error;
  }
  return opened;
}

/** In milliseconds: an index of a large table is built for a long time. */
const longestMigration = 6 * 3_600_000;

async function migrateStore(
  config: Config,
  loadDefinition: LoadDefinition,
  { addresses, passwords }: DatabaseServer,
  store: StoreName,
): Promise<void> {
  const address = addresses[store].owner;
  if (!address) return;
  if (config.ownerAddress) await ensureServer(address, store === 'safeguarding' ? config.ownerAddress : undefined);
  const owner = openDatabase(address, { maxConnections: 2, hangUpMs: longestMigration, connectMs: firstConnectMs });
  const shape = await loadDefinition();
  await migrate(owner, store, shape, passwords, logToConsole).finally(() => owner.destroy());
}

/** A process without the owner's address uses the database as a migration left it. While the database is away it starts all the same: pages of help need none. */
async function waitForOthers(databases: Databases, store: StoreName): Promise<void> {
  const role = storeRoles[store].find((one) => databases.has(store, one));
  if (!role) return;
  const db = databases.for(store, role, { maxConnections: 1, timeoutMs: 1_000 });
  const waiting = { version: safelightVersion, tell: logToConsole, pause: sleep };
  await waitForMigration(db, waiting).catch((error: unknown) => {
    if (error instanceof BadConfiguration) throw error;
  });
}

/** In milliseconds. While much is made on a busy machine, a server may be slow to answer, and nobody waits for a page yet. */
export const firstConnectMs = 60_000;

const minimumServerVersion = 170_000;
const noSuchDatabase = '3D000';

/** Makes the safeguarding database where the owner may; says in a sentence what a server lacks. */
async function ensureServer(address: string, makeFrom: string | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: firstConnectMs });
  const name = new URL(address).pathname.slice(1);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; text: string }>(
      "select current_setting('server_version_num') as number, current_setting('server_version') as text",
    );
    if (Number(rows[0]?.number) < minimumServerVersion) {
      throw new BadConfiguration(
        `The server at ${hostOf(address)} runs PostgreSQL ${rows[0]?.text}; Safelight needs 17 or later.`,
      );
    }
  } catch (error) {
    if (error instanceof BadConfiguration) throw error;
    const { code, message } = error as { code?: string; message: string };
    if (code !== noSuchDatabase || !makeFrom) {
      throw new BadConfiguration(`The database ${name} at ${hostOf(address)} cannot be reached: ${message}.`);
    }
    await makeDatabase(makeFrom, name);
  } finally {
    await client.end().catch(() => {});
  }
}

async function makeDatabase(from: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: from });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const already = code === '42P04';
    if (!already)
      throw new BadConfiguration(
        `The database ${name} is missing and could not be made: ${message}. Make it, owned by the same role.`,
      );
  } finally {
    await client.end();
  }
}

const hostOf = (address: string): string => new URL(address).host || 'the local socket';

/** Written before the demonstration is made. */
export const demonstrationPasswordFile = ({ dataFolder }: Pick<Config, 'dataFolder'>): string =>
  `${dataFolder}/demonstration-password`;

/** Written before the demonstration is made in empty databases, and removed when it is complete. A server and the embedded database have one each. */
export const unfinishedDemonstrationFile = (config: Config): string =>
  `${config.dataFolder}/demonstration-unfinished${hasServerSettings(config) ? '-on-server' : ''}`;

/** Whether a start ended before it had made the whole demonstration. */
export const isDemonstrationUnfinished = (config: Config): boolean =>
  config.mode === 'demonstration' && existsSync(unfinishedDemonstrationFile(config));

/** Whether this start makes the demonstration, as the first on its data folder does. */
export const makesDemonstration = (config: Config): boolean =>
  config.mode === 'demonstration' &&
  (!existsSync(demonstrationPasswordFile(config)) || isDemonstrationUnfinished(config));
