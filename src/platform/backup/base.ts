/** What an incremental backup is taken on top of: the newest sound backup, with what the server said of it. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';
import { UnitKeys } from '../crypto/crypto.ts';
import type { ServerManifest } from './base-backup.ts';
import { isMarked } from './base-marker.ts';
import { readChain } from './chain.ts';
import type { ServerFacts } from './cluster-facts.ts';
import { BackupFault, NeedsFull } from './fault.ts';
import type { Manifest } from './manifest.ts';
import { openPart, partKey, SealedWriter, type WrittenPart } from './sealed-part.ts';
import { isSound, listBackups } from './store.ts';

const takeFull = 'Take a full backup now: leave out --incremental.';
const use = 'lists of files of backups';

/** The part of a backup that holds the server’s manifest once more, for the next backup: it opens without an identity. */
export const fileListName = (server: StoreName): string => `${server}.filelist`;

const fileListKey = (derived: string, backupId: string, server: StoreName): Buffer =>
  partKey(Buffer.from(derived), `${backupId}/${fileListName(server)}`);

/** Writes that part with a key of the unit’s. Sizes of tables tell how many people are in them, so it is not plain. Undefined where no keys are. */
export async function writeFileList(
  folder: string,
  backupId: string,
  server: StoreName,
  manifest: ServerManifest,
  keysFile: string,
): Promise<WrittenPart | undefined> {
  if (!existsSync(keysFile)) return undefined;
  const key = fileListKey(UnitKeys.fromFile(keysFile).derive(use), backupId, server);
  const writer = await SealedWriter.create(join(folder, fileListName(server)), key);
  await writer.write(manifest);
  return writer.end();
}

export type Base = {
  readonly name: string;
  readonly manifest: Manifest;
  readonly keysFile: string;
  readonly path: string;
};

/** The newest sound backup of the folder. Refuses where there is none, or a link of its chain is missing. */
export function findBase(folder: string, keysFile: string): Base {
  const newest = existsSync(folder) ? listBackups(folder).find(isSound) : undefined;
  if (!newest?.manifest)
    throw new NeedsFull(`There is no whole backup in ${folder} that an incremental one could rest on.`, takeFull);
  if (!existsSync(keysFile))
    throw new BackupFault(
      `The unit’s key file ${keysFile} is not here. An incremental backup needs it to read which files the backup before holds.`,
      'Run it where the key file is, or take a full backup: leave out --incremental.',
    );
  return { name: newest.name, manifest: newest.manifest, keysFile, path: newest.path };
}

/** Refuses a base that was removed or damaged while the backup on it was taken. */
export function requireStillThere({ path }: Base): void {
  readChain(path);
}

/** What the server said of its part of the base. Refuses another server, one that keeps no summaries, and a list that was changed. */
export async function readServerManifest(
  client: pg.Client,
  { name, manifest, path, keysFile }: Base,
  server: StoreName,
  systemId: string,
  facts: ServerFacts,
): Promise<ServerManifest> {
  if (!facts.summarizes)
    throw new BackupFault(
      `The ${server} server does not note which pages change: summarize_wal is off.`,
      'As its superuser run: alter system set summarize_wal = on; select pg_reload_conf(); then take a full backup. Incremental ones can rest on that one.',
    );
  const before = manifest.clusters.find((cluster) => cluster.name === server);
  if (before?.systemId !== systemId)
    throw new BackupFault(`The newest backup ${name} is of another ${server} server.`, takeFull);
  const part = manifest.parts.find((one) => one.name === fileListName(server));
  if (!part)
    throw new NeedsFull(
      `No incremental backup can rest on ${name}: it was taken while summarize_wal was off, or where the unit’s key file was not.`,
      takeFull,
    );
  if (!(await isMarked(client, name)))
    throw new NeedsFull(
      `The ${server} server does not go on from the backup ${name}: it was restored, set back or taken over by another one, or newer backups went elsewhere.`,
      takeFull,
    );
  for (const derived of UnitKeys.fromFile(keysFile).deriveEach(use)) {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of openPart(
        join(path, part.name),
        fileListKey(derived, manifest.id, server),
        part.name,
        0,
      ))
        pieces.push(piece);
      return Buffer.concat(pieces);
    } catch (error) {
      if (!(error instanceof BackupFault)) throw error;
    }
  }
  throw new BackupFault(
    `The part ${part.name} of ${name} was changed or exchanged after it was written, or the unit’s keys are others.`,
    `${takeFull} Then verify ${name}.`,
  );
}

export const digestServerManifest = (manifest: ServerManifest): string =>
  createHash('sha256').update(manifest).digest('hex');
