/** Opens a backup and unpacks its parts, comparing every file with the digests that were written when it was taken. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StoreName } from '../access-policy/access.ts';
import { digestServerManifest } from './base.ts';
import { type Link, nameLink, readBackup, readBase } from './chain.ts';
import { combineFolders } from './combine.ts';
import { BackupFault, takeAnother } from './fault.ts';
import { type CountsOfStores, checkSignature, type Manifest, openCounts, type Part } from './manifest.ts';
import { unwrapKey } from './recipients.ts';
import { openPart, partKey } from './sealed-part.ts';
import { readManifestText } from './store.ts';
import { readTar, type TarEntry } from './tar-stream.ts';

export type OpenedBackup = {
  readonly path: string;
  readonly manifest: Manifest;
  readonly key: Buffer;
  readonly counts: CountsOfStores;
  /** On which an incremental one rests. */
  readonly base?: OpenedBackup | undefined;
};

/** Opens its key, and refuses a manifest that was changed. With an incremental backup, every link of its chain. */
export async function openBackup(path: string, identities: readonly string[]): Promise<OpenedBackup> {
  const manifest = readBackup(path);
  const key = await unwrapKey(manifest.key, identities, 'this backup');
  checkSignature(readManifestText(path), key);
  const opened = { path, manifest, key, counts: openCounts(manifest.counts, key) };
  const base = readBase(opened);
  if (!base) return opened;
  try {
    return { ...opened, base: await openBackup(base.path, identities) };
  } catch (error) {
    throw error instanceof BackupFault ? nameLink(basename(base.path), error) : error;
  }
}

/** Every link, the full backup first. */
const listLinks = (opened: OpenedBackup): readonly OpenedBackup[] =>
  opened.base ? [...listLinks(opened.base), opened] : [opened];

/** What is unpacked takes so much room, and with a chain as much again for what is made of it. */
export function sizeOf(opened: OpenedBackup): number {
  const links = listLinks(opened);
  const held = links.flatMap(({ manifest }) => manifest.parts).reduce((all, { holds }) => all + holds, 0);
  return links.length === 1 ? held : 2 * held;
}

/** Reads every part as it lies there. Needs no key. Gives one fault for each that is not as it was written. */
export async function checkDigests({ path, manifest: { parts } }: Link, stopped?: AbortSignal): Promise<BackupFault[]> {
  const faults: BackupFault[] = [];
  for (const part of parts) {
    const hash = createHash('sha256');
    for await (const piece of createReadStream(join(path, part.name), { highWaterMark: 1_048_576 })) {
      stopped?.throwIfAborted();
      hash.update(piece as Buffer);
    }
    if (hash.digest('hex') !== part.sha256) faults.push(changedPart(part));
  }
  return faults;
}

const changedPart = ({ name }: Part): BackupFault =>
  new BackupFault(`The part ${name} was changed after it was written.`, takeAnother);

/** Opens a part piece by piece. */
export const readPart = ({ path, key }: OpenedBackup, name: string): AsyncGenerator<Buffer> =>
  openPart(join(path, name), partKey(key, name), name);

type Unpacked = { readonly bytes: number; readonly sha256: string };

/** Whether files are waited for until they are on the disk, and whether to go on. */
export type UnpackOptions = { readonly sync: boolean; readonly stopped?: AbortSignal | undefined };

/** Writes the entries of an archive into a folder, 0600 and 0700. Returns what was written under each name. */
export async function unpackEntries(
  entries: AsyncIterable<TarEntry>,
  to: string,
  { sync, stopped }: UnpackOptions,
): Promise<ReadonlyMap<string, Unpacked>> {
  const written = new Map<string, Unpacked>();
  const made = new Set<string>();
  const ensureFolder = (path: string): void => {
    if (made.has(path)) return;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    made.add(path);
  };
  ensureFolder(to);
  for await (const entry of entries) {
    stopped?.throwIfAborted();
    const path = join(to, entry.name);
    ensureFolder(entry.kind === 'folder' ? path : dirname(path));
    if (entry.kind === 'file') written.set(entry.name, await writeEntry(entry, path));
  }
  if (sync) await syncFiles([...written.keys()].map((name) => join(to, name)));
  return written;
}

/** Synchronously, piece by piece: a database has thousands of small files, and nothing else waits for this process. */
async function writeEntry({ content, size }: TarEntry, path: string): Promise<Unpacked> {
  const hash = createHash('sha256');
  const file = openSync(path, 'wx', 0o600);
  try {
    for await (const piece of content) {
      hash.update(piece);
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
    }
  } finally {
    closeSync(file);
  }
  return { bytes: size, sha256: hash.digest('hex') };
}

/** After all are written, and several at once: the disk then waits for many together. */
async function syncFiles(paths: readonly string[]): Promise<void> {
  const waiting = paths.values();
  const lane = async (): Promise<void> => {
    for (const path of waiting) {
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}

/** Unpacks one of our own archives. */
export const unpackPart = (opened: OpenedBackup, name: string, to: string, options: UnpackOptions) =>
  unpackEntries(readTar(readPart(opened, name), name), to, options);

/** Unpacks a server's folder, complete: of a chain every link, which are then put together. */
export async function unpackCluster(
  opened: OpenedBackup,
  name: StoreName,
  to: string,
  options: UnpackOptions,
): Promise<void> {
  if (!opened.base) {
    await unpackServer(opened, name, to, options);
    return;
  }
  const scratch = `${to}-links`;
  const folders: string[] = [];
  let before: string | undefined;
  try {
    for (const link of listLinks(opened)) {
      const folder = join(scratch, String(folders.length));
      const digest = await unpackServer(link, name, folder, { ...options, sync: false });
      const { restsOn } = link.manifest.clusters.find((cluster) => cluster.name === name) ?? {};
      if (restsOn !== before)
        throw new BackupFault(
          `The ${name} server’s part of ${basename(link.path)} rests on another backup than the one before it.`,
          takeAnother,
        );
      before = digest;
      folders.push(folder);
    }
    await combineFolders(folders, to, options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Compares what it unpacks, file by file, with the manifest that the server sent. Returns the digest of that manifest. */
async function unpackServer(
  opened: OpenedBackup,
  name: StoreName,
  to: string,
  options: UnpackOptions,
): Promise<string> {
  const written = await unpackPart(opened, `${name}.tar`, to, options);
  const pieces: Buffer[] = [];
  for await (const piece of readPart(opened, `${name}.manifest`)) pieces.push(piece);
  const text = Buffer.concat(pieces);
  compareWithServer(written, readServerManifest(text));
  // For PostgreSQL’s own pg_verifybackup.
  await writeFile(join(to, 'backup_manifest'), text, { mode: 0o600, flush: options.sync });
  return digestServerManifest(text);
}

type ServerFile = { readonly path: string; readonly size: number; readonly checksum: string };

function readServerManifest(text: Buffer): readonly ServerFile[] {
  const fault = new BackupFault('The manifest that PostgreSQL wrote for the backup is damaged.', takeAnother);
  const lastLine = text.lastIndexOf(0x0a, text.length - 2) + 1;
  try {
    const read = JSON.parse(text.toString('utf8')) as {
      readonly Files: readonly Readonly<Record<string, string | number>>[];
      readonly 'Manifest-Checksum': string;
    };
    if (createHash('sha256').update(text.subarray(0, lastLine)).digest('hex') !== read['Manifest-Checksum'])
      throw fault;
    return read.Files.map((file) => ({
      path: String(file.Path ?? Buffer.from(String(file['Encoded-Path']), 'hex').toString('latin1')),
      size: Number(file.Size),
      checksum: String(file.Checksum),
    }));
  } catch {
    throw fault;
  }
}

function compareWithServer(written: ReadonlyMap<string, Unpacked>, wanted: readonly ServerFile[]): void {
  for (const { path, size, checksum } of wanted) {
    const found = written.get(path);
    if (!found) throw new BackupFault(`The file ${path} of the database is missing from the backup.`, takeAnother);
    if (found.bytes !== size || found.sha256 !== checksum)
      throw new BackupFault(`The file ${path} of the database is not what the server sent.`, takeAnother);
  }
  const known = new Set(wanted.map(({ path }) => path));
  const more = [...written.keys()].find((path) => !known.has(path) && !path.startsWith('pg_wal/'));
  if (more) throw new BackupFault(`The file ${more} in the backup is none that the server sent.`, takeAnother);
  if (![...written.keys()].some((path) => /^pg_wal\/[\dA-F]{24}$/.test(path)))
    throw new BackupFault('The write-ahead log is missing from the backup.', takeAnother);
}
