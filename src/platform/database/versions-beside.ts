/** Two versions on one database: an earlier process goes on beside a later one, and no change is made that a running process could not bear. */
import { BadConfiguration } from '../config.ts';
import type { Db } from './database.ts';
import type { SchemaFile } from './schema-files.ts';
import {
  compareVersions,
  formatVersion,
  listConnectedVersions,
  parseStamp,
  readSeal,
  refuseIfTooNew,
  type Stamp,
  unfinished,
  versionNeeded,
} from './schema-stamp.ts';

export const describeBeside = ({ version }: Stamp, own: string): string =>
  `Safelight ${version} has migrated this database. This is ${own}, which can work with it and changes nothing.`;

/** Refuses a file of the contract half while a process runs that is too early for it. */
export async function refuseEarlierProcesses(db: Db, pending: readonly SchemaFile[]): Promise<void> {
  for (const file of pending) {
    const needed = versionNeeded(file);
    if (needed === undefined) continue;
    const [earliest] = await listConnectedVersions(db);
    if (earliest === undefined || compareVersions(earliest, needed) >= 0) continue;
    throw new BadConfiguration(
      `The change ${file.name} needs every process to be Safelight ${needed} or later, and one of ${formatVersion(earliest)} is connected. Stop it, then start again. Nothing was changed.`,
    );
  }
}

type Waiting = {
  readonly version: string;
  readonly tell: (sentence: string) => void;
  readonly pause: (milliseconds: number) => Promise<unknown>;
};

const between = 500;
const longestWait = 600_000;

/** For a process without the owner's login: waits until the database was migrated to its version, and refuses one that needs a later version. Throws where the database cannot be reached. */
export async function waitForMigration(db: Db, { version, tell, pause }: Waiting): Promise<void> {
  for (let waited = 0; ; waited += between) {
    const seal = await readSeal(db);
    const stamp = parseStamp(seal);
    if (stamp) refuseIfTooNew(stamp, version);
    const underWay = stamp?.version === version && seal?.startsWith(unfinished);
    if (stamp && !underWay && compareVersions(stamp.version, version) >= 0) {
      if (stamp.version !== version) tell(describeBeside(stamp, version));
      return;
    }
    if (waited === 0)
      tell(
        `The database is not yet at Safelight ${version}. Waiting for “safelight migrate”, or a process that does it.`,
      );
    if (waited >= longestWait)
      throw new BadConfiguration(
        `The database was not brought to Safelight ${version} within ten minutes. Run “safelight migrate” of this version with the owner’s login, then start again.`,
      );
    await pause(between);
  }
}
