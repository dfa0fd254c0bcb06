/** The sealed files of a backup: read from a folder or a bucket, and put back into either. */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { describePlace, type FilesPlace, FilesUnavailable, type ObjectPlace, openObjectStore } from '../files/index.ts';
import { BackupFault } from './fault.ts';
import type { FileToPack } from './tar-stream.ts';

export type FilesToPack = { readonly files: readonly FileToPack[]; readonly bytes: number };

/** Files of the public that wait for a report, and those of every line. Names are ids. */
export async function listFilesToPack(place: FilesPlace): Promise<FilesToPack> {
  if (typeof place !== 'string') return listObjectsToPack(place);
  const files = listFiles(place);
  const sizes = files.map(({ path }) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return { files, bytes: sizes.reduce((all, size) => all + size, 0) };
}

/** All files under a folder, by their names in it. */
function listFiles(folder: string): { readonly name: string; readonly path: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: relative(folder, path), path };
    });
}

async function listObjectsToPack(place: ObjectPlace): Promise<FilesToPack> {
  const store = openObjectStore(place);
  const objects = await asFault(place, () => store.listObjects());
  return {
    files: objects.map(({ name }) => ({ name, read: () => asFault(place, () => store.readObject(name)) })),
    bytes: objects.reduce((all, { size }) => all + size, 0),
  };
}

/** Refuses a bucket that cannot be reached, keeps what is deleted, or has files under its prefix. */
export async function refuseUnfitStore(place: ObjectPlace): Promise<void> {
  const store = openObjectStore(place);
  const { state } = await store.check();
  if (state === 'keeps versions')
    throw new BackupFault(
      `${describePlace(place)} has versioning: what is erased would stay in it.`,
      'Name a bucket that never had versioning or object lock. Nothing was changed.',
    );
  if ((await asFault(place, () => store.listObjects())).length > 0)
    throw new BackupFault(
      `There are files in ${describePlace(place)} already.`,
      'Name an empty prefix in SAFELIGHT_FILES. Nothing was changed.',
    );
}

/** Moves restored files into the bucket. Where that fails they are removed from it, and the fault says if some may be left. */
export async function moveFilesToStore(place: ObjectPlace, folder: string, stopped?: AbortSignal): Promise<number> {
  const store = openObjectStore(place);
  const put: string[] = [];
  try {
    for (const { name, path } of listFiles(folder)) {
      stopped?.throwIfAborted();
      const key = name.split(sep).join('/');
      put.push(key);
      await asFault(place, () => store.writeObject(key, createReadStream(path, { highWaterMark: 262_144 })));
    }
  } catch (error) {
    const removed = await Promise.allSettled(put.map((name) => store.removeObject(name)));
    if (removed.every(({ status }) => status === 'fulfilled')) throw error;
    throw new BackupFault(
      `${describePlace(place)} cannot be used: ${(error as Error).message} Some restored files may be left in it.`,
      'Delete everything under this prefix before you try again. Otherwise nothing was kept.',
    );
  }
  await rm(folder, { recursive: true, force: true });
  return put.length;
}

async function asFault<Value>(place: ObjectPlace, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FilesUnavailable)) throw error;
    throw new BackupFault(
      `${describePlace(place)} cannot be used: ${error.message}.`,
      'Run safelight doctor, which says what to do, and try again. Nothing was kept.',
    );
  }
}
