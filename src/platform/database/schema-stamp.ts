/** Which version of Safelight brought a database to its present shape, and the earliest one that can work with it. Every login may read it. */
import { sql } from 'kysely';
import { BadConfiguration } from '../config.ts';
import type { Db } from './database.ts';
import type { SchemaFile } from './schema-files.ts';

export type Stamp = {
  /** The version that migrated the database last. */
  readonly version: string;
  /** The earliest version that can work with it. */
  readonly earliest: string;
};

/** Of databases and processes from before there was a stamp. */
export const beforeStamps = '0.0.0';

/** Less than 0 where `one` is the earlier version. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  for (const place of [0, 1, 2]) {
    const difference = (a?.[place] ?? 0) - (b?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const latestOf = (versions: readonly string[]): string =>
  versions.reduce((latest, version) => (compareVersions(version, latest) > 0 ? version : latest), beforeStamps);

const contractLine = /^-- contract: needs (\d+\.\d+\.\d+)$/m;

/** The version that every process must have before this file is applied. Undefined where any version can work with it: the file only adds. */
export const versionNeeded = ({ text }: Pick<SchemaFile, 'text'>): string | undefined => contractLine.exec(text)?.[1];

export const earliestFor = (changes: readonly SchemaFile[]): string =>
  latestOf(changes.map(versionNeeded).filter((version) => version !== undefined));

export const formatStamp = ({ version, earliest }: Stamp): string => `${version} ${earliest}`;

/** Stands before the stamp while a migration is under way, or stopped. */
export const unfinished = 'unfinished -';

/** The comment that holds the stamp; null where nothing was ever migrated. */
export async function readSeal(db: Db): Promise<string | null> {
  const { rows } = await sql<{ seal: string | null }>`
    select obj_description(to_regnamespace('ctx'), 'pg_namespace') as seal`.execute(db);
  return rows[0]?.seal ?? null;
}

/** Undefined where nothing was ever migrated. */
export const readStamp = async (db: Db): Promise<Stamp | undefined> => parseStamp(await readSeal(db));

export function parseStamp(seal: string | null | undefined): Stamp | undefined {
  if (!seal) return undefined;
  const [, , version = beforeStamps, earliest = beforeStamps] = seal.split(' ');
  return { version, earliest };
}

export const canWorkWith = (stamp: Stamp, version: string): boolean => compareVersions(stamp.earliest, version) <= 0;

export const wasMadeByLater = (stamp: Stamp, version: string): boolean => compareVersions(stamp.version, version) > 0;

/** Refuses a database that a later version has changed so that this one cannot work with it. */
export function refuseIfTooNew(stamp: Stamp, version: string): void {
  if (canWorkWith(stamp, version)) return;
  throw new BadConfiguration(
    `Safelight ${stamp.version} has changed this database, and ${stamp.earliest} is the earliest version that can work with it. This is ${version}: start ${stamp.version}, or restore the backup from before the upgrade.`,
  );
}

/** The versions of processes that are connected to this database, by the name that their connections give. */
export async function listConnectedVersions(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct application_name as name from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name ~ '^safelight( [0-9.]+)?$'`.execute(
    db,
  );
  return rows.map(({ name }) => name.split(' ')[1] ?? beforeStamps).sort(compareVersions);
}

export const applicationNameOf = (version: string): string => `safelight ${version}`;

export const formatVersion = (version: string): string =>
  version === beforeStamps ? 'a version before they had numbers' : version;
