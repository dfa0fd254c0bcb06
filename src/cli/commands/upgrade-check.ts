/** `safelight upgrade check`: what this version would do to the databases of another. Changes nothing. */
import { statfs } from 'node:fs/promises';
import { isSound, isVerified, listBackups } from '../../platform/backup/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { type Config, readConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { hasServerSettings } from '../../platform/database/server-addresses.ts';
import { hasEmbeddedData, runningEmbedded } from '../../platform/embedded-postgres/embedded.ts';
import { openDatabaseServer } from '../../platform/start.ts';
import { safelightVersion } from '../../platform/version.ts';
import { type ExitCode, exitCodes, hasFlag, type ParsedArguments, Refusal, type Terminal } from '../command.ts';
import { formatFindings } from '../doctor/finding.ts';
import { readStoreFacts } from '../upgrade/facts.ts';
import { decideWay, describeFacts, type Facts } from '../upgrade/findings.ts';

type Reached = {
  readonly addresses: Readonly<Record<'main' | 'safeguarding', { readonly owner?: string }>>;
  readonly stop: () => Promise<void>;
};

export async function checkUpgrade(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const facts = await readFacts(readConfig());
  const { lines, ill } = formatFindings(describeFacts(facts));
  if (hasFlag(given, 'json')) terminal.printLine(JSON.stringify({ way: decideWay(facts), ill, ...facts }));
  else for (const line of lines) terminal.printLine(line);
  return ill === 0 ? exitCodes.done : exitCodes.failed;
}

async function readFacts(config: Config): Promise<Facts> {
  const { databaseDefinition } = await import('../../app-database.ts');
  const { addresses, stop } = await reach(config);
  try {
    const stores: Facts['stores'][number][] = [];
    for (const store of ['main', 'safeguarding'] as const) {
      const db = openDatabase(addresses[store].owner ?? '', { maxConnections: 1 });
      stores.push(await readStoreFacts(db, store, databaseDefinition, safelightVersion).finally(() => db.destroy()));
    }
    const onServer = hasServerSettings(config);
    return {
      version: safelightVersion,
      stores,
      backup: readBackups(config.backupsFolder),
      free: onServer ? undefined : await freeBytes(config.dataFolder),
      now: systemClock.now(),
    };
  } finally {
    await stop();
  }
}

/** By the owner's login. An embedded database that nobody runs is started, and stopped again. */
async function reach(config: Config): Promise<Reached> {
  if (!hasServerSettings(config)) {
    const running = runningEmbedded(config.dataFolder);
    if (running) return { addresses: running, stop: async () => {} };
    if (!hasEmbeddedData(config.dataFolder))
      throw new Refusal(`There is no database in ${config.dataFolder}. Set SAFELIGHT_DATA or DATABASE_URL.`);
  }
  const reached = await openDatabaseServer(config);
  const { main, safeguarding } = reached.addresses;
  if (main.owner && safeguarding.owner) return reached;
  await reached.stop();
  throw new Refusal('This needs the owner’s login: set DATABASE_URL, as for “safelight migrate”.');
}

function readBackups(folder: string | undefined): Facts['backup'] {
  if (folder === undefined) return 'not set up';
  try {
    const backups = listBackups(folder);
    return { verified: backups.find(isVerified)?.taken, any: backups.some(isSound) };
  } catch {
    return 'unreadable';
  }
}

async function freeBytes(folder: string): Promise<number | undefined> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
