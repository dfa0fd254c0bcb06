/** Puts a backup into an empty folder: a data folder for the embedded database, or folders for a PostgreSQL server of one's own. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { StoreName } from '../access-policy/access.ts';
import { adoptCluster, embeddedOrigin } from '../embedded-postgres/adopt.ts';
import { removeMovedData } from '../embedded-postgres/embedded.ts';
import { findBinaries } from '../embedded-postgres/postgres-binaries.ts';
import type { ObjectPlace } from '../files/index.ts';
import type { VerifyLog } from './checks.ts';
import { requireCombine } from './combine.ts';
import { BackupFault } from './fault.ts';
import { isEmptyOrAbsent, requireRoom, syncFolder } from './folders.ts';
import { type KeyCopyHeader, openKeyCopy } from './key-copy.ts';
import { type CheckedPoint, checkRestored } from './log/check-restored.ts';
import { findServerLog, recoverServer, type ServerLog, type Until } from './log/recover.ts';
import type { Cluster, Manifest } from './manifest.ts';
import { moveFilesToStore, refuseUnfitStore } from './stored-files.ts';
import {
  type OpenedBackup,
  openBackup,
  sizeOf,
  type UnpackOptions,
  unpackCluster,
  unpackEntries,
  unpackPart,
} from './unpack.ts';

export type RestoreTarget = 'embedded' | 'server';

export type RestoreOptions = {
  readonly backup: string;
  readonly identities: readonly string[];
  /** The copy of the keys; without it no sealed record opens. */
  readonly keyCopy: string | undefined;
  /** Empty, or not there. */
  readonly to: string;
  readonly target: RestoreTarget;
  /** An empty place in a bucket for the files; otherwise they lie in the folder `files`. */
  readonly filesTo?: ObjectPlace | undefined;
  /** A moment after the backup’s end, to which the databases are brought from the log in the same folder. */
  readonly until?: Until | undefined;
  /** Reads the access logs of what was brought to a moment. */
  readonly verifyLog?: VerifyLog;
  /** False for tests alone: faster, and lost with the power. */
  readonly sync?: boolean;
  readonly stopped?: AbortSignal;
};

export type Restored = {
  readonly manifest: Manifest;
  readonly keyCopy: KeyCopyHeader | undefined;
  /** PostgreSQL's folders. */
  readonly postgres: readonly string[];
  /** The folder for SAFELIGHT_DATA. */
  readonly data: string;
  /** How many files went into the bucket. */
  readonly moved?: number;
  /** What was asked of databases that were brought to a moment. */
  readonly checked?: CheckedPoint;
  /** The newest moment at which the copy of the keys was known to be whole. */
  readonly keysGood?: string | undefined;
};

/** Compressions that the embedded PostgreSQL was built with. */
export const readByEmbedded: readonly string[] = ['off', 'on', 'pglz'];

/** Why this backup cannot be opened by the embedded database; undefined where it can. */
export function findTargetProblem(
  { clusters }: Pick<Manifest, 'clusters'>,
  target: RestoreTarget,
): BackupFault | undefined {
  if (target === 'server') return undefined;
  const unknown = [...new Set(clusters.flatMap(({ compressions }) => compressions))].filter(
    (one) => !readByEmbedded.includes(one),
  );
  if (unknown.length > 0)
    return new BackupFault(
      `The server that was backed up compresses with ${unknown.join(' and ')}, which the embedded database cannot read.`,
      'Restore with --as server, and start it with a PostgreSQL 17 that has this compression.',
    );
  return undefined;
}

/** Refuses two servers, which cannot become one folder. */
function requireOneCluster({ clusters }: Manifest): Cluster {
  const [only, second] = clusters;
  if (only && !second) return only;
  throw new BackupFault(
    'This backup holds two servers, one for each database. The embedded database is a single one.',
    'Restore with --as server.',
  );
}

/** Restores everything or nothing: what was begun is removed when it fails. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { to, target } = options;
  if (!isEmptyOrAbsent(to))
    throw new BackupFault(`The folder ${to} is not empty.`, 'Name an empty folder. Nothing was changed.');
  const opened = await openBackup(options.backup, options.identities);
  const problem = findTargetProblem(opened.manifest, target);
  if (problem) throw problem;
  if (target === 'embedded') requireOneCluster(opened.manifest);
  if (opened.base) requireCombine();
  if (options.filesTo) await refuseUnfitStore(options.filesTo);
  const logs = findLogs(opened, options);
  const existed = existsSync(to);
  await mkdir(to, { recursive: true, mode: 0o700 });
  try {
    await requireRoom(to, sizeOf(opened), 'what is restored');
    const unpacked = await unpackAll(opened, options, logs);
    const restored = { ...unpacked, ...(await checkPoint(opened, options, logs)) };
    if (!options.filesTo) return restored;
    // Last: where anything before it failed, nothing is in the bucket.
    const moved = await moveFilesToStore(options.filesTo, join(restored.data, 'files'), options.stopped);
    return { ...restored, moved };
  } catch (error) {
    if (target === 'embedded') removeMovedData(to);
    for (const name of readdirSync(to)) await rm(join(to, name), { recursive: true, force: true });
    if (!existed) await rm(to, { recursive: true, force: true });
    throw error;
  }
}

/** The log of each server, before anything is unpacked. */
function findLogs({ manifest, path }: OpenedBackup, { until }: RestoreOptions): readonly ServerLog[] {
  if (!until) return [];
  if (until !== 'last' && until.toISOString() < manifest.ended)
    throw new BackupFault(
      `This backup ended at ${manifest.ended}, after the moment that was asked for.`,
      'Name an earlier backup, or a later moment.',
    );
  requireRecovery(manifest);
  return manifest.clusters.map((cluster) => findServerLog(dirname(resolve(path)), cluster, until));
}

/** Whatever the target, it is the PostgreSQL of Safelight’s packages that recovers. */
function requireRecovery(manifest: Manifest): void {
  const problem = findTargetProblem(manifest, 'embedded');
  if (problem) throw new BackupFault(problem.message, 'Restore the backup itself, without --until.');
  try {
    findBinaries();
  } catch {
    throw new BackupFault(
      'The PostgreSQL of Safelight’s packages brings a backup to a moment, and it is not here.',
      'Restore on a computer with Safelight in a folder, and carry the result over.',
    );
  }
}

async function checkPoint(
  opened: OpenedBackup,
  { to, target, verifyLog, sync = true }: RestoreOptions,
  logs: readonly ServerLog[],
): Promise<Pick<Restored, 'checked' | 'keysGood'>> {
  const [first] = logs;
  if (!first) return {};
  const keysGood = first.span.reached?.keys;
  if (target !== 'embedded' || !verifyLog) return { keysGood };
  return { keysGood, checked: await checkRestored(to, opened, verifyLog, sync) };
}

async function unpackAll(opened: OpenedBackup, options: RestoreOptions, logs: readonly ServerLog[]): Promise<Restored> {
  const { to, target, sync = true, stopped, identities, until = 'last' } = options;
  const how = { sync, stopped };
  const half = join(to, 'unfinished-restore');
  const data = target === 'embedded' ? half : join(half, 'safelight-data');
  const names = new Map(
    opened.manifest.clusters.map(({ name }) => [
      name,
      opened.manifest.clusters.length === 1 ? 'postgres' : `postgres-${name}`,
    ]),
  );
  // The small parts first: what is wrong with the keys is said at once.
  const keyCopy = await unpackData(opened, options, data, how);
  for (const [name, folder] of names) await unpackCluster(opened, name, join(half, folder), how);
  for (const log of logs)
    await recoverServer(log, join(half, names.get(log.cluster.name) ?? ''), join(half, 'recovery'), {
      until,
      identities,
      sync,
      stopped,
    });
  // A start without its passwords is refused: nothing half restored can be started.
  const order = [...names.values(), ...readdirSync(half).filter((name) => name !== 'roles.json'), 'roles.json'];
  for (const name of new Set(order)) if (existsSync(join(half, name))) await rename(join(half, name), join(to, name));
  await rm(half, { recursive: true });
  await syncFolder(to);
  const [cluster] = opened.manifest.clusters;
  if (target === 'embedded' && cluster && !embeddedOrigin(cluster)) await adoptCluster(to, cluster, sync);
  return {
    manifest: opened.manifest,
    keyCopy,
    postgres: [...names.values()].map((name) => join(to, name)),
    data: target === 'embedded' ? to : join(to, 'safelight-data'),
  };
}

/** Everything of a data folder but the database. */
async function unpackData(
  opened: OpenedBackup,
  { keyCopy, identities }: Pick<RestoreOptions, 'keyCopy' | 'identities'>,
  data: string,
  how: UnpackOptions,
): Promise<KeyCopyHeader | undefined> {
  await unpackPart(opened, 'settings.tar', data, how);
  await unpackPart(opened, 'files.tar', join(data, 'files'), how);
  if (!keyCopy) return undefined;
  const { header, entries } = await openKeyCopy(keyCopy, identities);
  await unpackEntries(entries, data, how);
  return header;
}

/** As a restore, for a trial: one server into a scratch data folder of its own, without waiting for the disk. */
export async function restoreForTrial(
  opened: OpenedBackup,
  cluster: Cluster,
  to: string,
  stopped: AbortSignal | undefined,
): Promise<void> {
  const how = { sync: false, stopped };
  await unpackCluster(opened, cluster.name satisfies StoreName, join(to, 'postgres'), how);
  await unpackPart(opened, 'settings.tar', to, how);
  if (!embeddedOrigin(cluster)) await adoptCluster(to, cluster, false);
}
