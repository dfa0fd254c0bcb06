/** Where a backup is taken from: the server in the settings, the embedded database that runs, or one that is started for it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupAddresses } from '../../../platform/backup/index.ts';
import type { Config } from '../../../platform/config.ts';
import { hasServerSettings, serverBackupAddresses } from '../../../platform/database/server-addresses.ts';
import { findHolder } from '../../../platform/embedded-postgres/data-lock.ts';
import {
  databaseNames,
  hasEmbeddedData,
  openEmbedded,
  runningSuperuser,
} from '../../../platform/embedded-postgres/embedded.ts';
import { demonstrationPasswordFile } from '../../../platform/start.ts';
import { Refusal } from '../../command.ts';

export type BackupSource = { readonly addresses: BackupAddresses; readonly stop: () => Promise<void> };

/** Refuses where there is nothing to back up, or no login that may. */
export async function openBackupSource(config: Config): Promise<BackupSource> {
  const server = serverBackupAddresses(config);
  if (server) return { addresses: server, stop: async () => {} };
  if (hasServerSettings(config))
    throw new Refusal(
      'The settings name a server, and no login for backups. Set DATABASE_URL_BACKUP to a login with the attribute replication; docs/operations/backup.md says how to make it.',
    );
  const { dataFolder } = config;
  if (!hasEmbeddedData(dataFolder))
    throw new Refusal(
      `There is no database in ${dataFolder}. Set SAFELIGHT_DATA to the data folder, or DATABASE_URL_BACKUP to a server.`,
    );
  if (await findHolder(dataFolder)) {
    const addresses = runningSuperuser(dataFolder);
    if (addresses) return { addresses, stop: async () => {} };
    throw new Refusal(`A Safelight on ${dataFolder} is starting or stopping. Try again in a minute.`);
  }
  const opened = await openEmbedded(dataFolder);
  return {
    addresses: {
      main: opened.superuserAddress(databaseNames.main),
      safeguarding: opened.superuserAddress(databaseNames.safeguarding),
    },
    stop: opened.stop,
  };
}

/** Refuses an incremental backup of the embedded database, which nobody could restore with Safelight’s packages alone. */
export function refuseEmbedded(config: Config): void {
  if (serverBackupAddresses(config) || hasServerSettings(config)) return;
  throw new Refusal(
    'Incremental backups need a PostgreSQL 17 server of your own. The embedded database lacks pg_combinebackup, without which they cannot be restored. Take a full backup: leave out --incremental.',
  );
}

/** Small files of the installation that go into a backup. The unit's keys and the halves are not among them. */
export const settingsFiles = ({ dataFolder, logKeysFile }: Config) => [
  { name: 'roles.json', path: join(dataFolder, 'roles.json') },
  { name: 'server-roles.json', path: join(dataFolder, 'server-roles.json') },
  { name: 'log-keys.json', path: logKeysFile },
  // Without it nobody knows the password of the accounts of a restored demonstration.
  { name: 'demonstration-password', path: demonstrationPasswordFile({ dataFolder }) },
];

/** Files of an installation that are not where the settings say. */
export const listMissing = ({ keysFile, logKeysFile, keyHalvesFolder }: Config): readonly string[] =>
  [keysFile, logKeysFile, keyHalvesFolder].filter((path) => !existsSync(path));
