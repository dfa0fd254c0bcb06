/** Takes one backup: each server over the replication protocol, the sealed files and the passwords and log keys, all encrypted; then a copy of the keys, apart. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { StoreName } from '../access-policy/access.ts';
import { systemClock } from '../clock.ts';
import type { FilesPlace } from '../files/index.ts';
import {
  type Base,
  digestServerManifest,
  fileListName,
  findBase,
  readServerManifest,
  requireStillThere,
  writeFileList,
} from './base.ts';
import { type BackupAddresses, listServers, openReplication, readSystemId, takeBaseBackup } from './base-backup.ts';
import { markBackup } from './base-marker.ts';
import { readChain } from './chain.ts';
import {
  countRows,
  joinCounts,
  readDatabaseFacts,
  readServerFacts,
  type ServerFacts,
  withConnection,
} from './cluster-facts.ts';
import { BackupFault, NeedsFull, StoppedWork } from './fault.ts';
import { isWithin, makeFolder, requireRoom, syncFolder } from './folders.ts';
import { type KeyPlaces, refuseLostKeys, writeKeyCopy } from './key-copy.ts';
import { readLogSpans } from './log/log-slots.ts';
import { parseLsn } from './log/lsn.ts';
import {
  type Cluster,
  type Counts,
  formatVersion,
  fullVersion,
  type Manifest,
  manifestFile,
  type Part,
  sealCounts,
  signManifest,
} from './manifest.ts';
import { checkRecipients, wrapKey } from './recipients.ts';
import { partKey, SealedWriter } from './sealed-part.ts';
import { backupName, isSound, listBackups, unfinishedSuffix } from './store.ts';
import { listFilesToPack } from './stored-files.ts';
import { packFiles } from './tar-stream.ts';

export type CreateOptions = {
  readonly addresses: BackupAddresses;
  /** Where backups are collected. */
  readonly folder: string;
  /** Where the copy of the keys is replaced. */
  readonly halvesFolder: string;
  readonly recipients: readonly string[];
  readonly keys: KeyPlaces;
  readonly filesFolder: FilesPlace;
  /** Small files with passwords and log keys, by their names in a data folder. Those that do not exist are left out. */
  readonly settings: readonly { readonly name: string; readonly path: string }[];
  readonly safelight: string;
  /** Takes what changed since the newest sound backup in the folder, and rests on it. */
  readonly incremental?: boolean;
  /** In days: with `incremental`, a full one is taken in place of it when the full one that it would rest on is so old, or none can rest on what is there. */
  readonly fullEvery?: number;
  readonly now?: () => Date;
  readonly stopped?: AbortSignal;
  readonly progress?: (bytes: number) => void;
};

export type Created = {
  readonly path: string;
  readonly manifest: Manifest;
  readonly keysMissing: boolean;
  /** Why no incremental backup can rest on this one, in the server’s words. The backup itself is whole. */
  readonly unmarked: string | undefined;
  /** Why a full one was taken where an incremental one was asked for. */
  readonly whyFull?: string;
};

const stopIfAsked = (stopped: AbortSignal | undefined): void => {
  if (stopped?.aborted) throw new StoppedWork('Stopped. Nothing was kept of this backup.', 'Start again.');
};

/** Everything a part of the work needs. */
type Work = Required<Pick<CreateOptions, 'now'>> &
  CreateOptions & {
    readonly at: string;
    readonly id: string;
    readonly base: Base | undefined;
    readonly key: Buffer;
    readonly parts: Part[];
    readonly written: { bytes: number };
  };

/** Makes a backup with a name of its own, or throws and leaves nothing. If the process is killed, an unfinished folder stays, which is never listed as whole. */
export async function createBackup(options: CreateOptions): Promise<Created> {
  if (!options.incremental || options.fullEvery === undefined) return createOne(options);
  try {
    refuseOldFull(options, options.fullEvery);
    return await createOne(options);
  } catch (error) {
    if (!(error instanceof NeedsFull)) throw error;
    const whyFull = error.message;
    try {
      return { ...(await createOne({ ...options, incremental: false })), whyFull };
    } catch (other) {
      if (!(other instanceof BackupFault) || other instanceof StoppedWork) throw other;
      throw new BackupFault(`A full backup was due: ${whyFull} ${other.message}`, other.cure);
    }
  }
}

/** Half a day of grace: a timer is never exact. One that failed its verification may share its damage with those before it. */
function refuseOldFull({ folder, keys, now = systemClock.now }: CreateOptions, days: number): void {
  const cure = 'Take a full backup.';
  const base = findBase(folder, keys.keysFile);
  const broken = listBackups(folder).find((one) => one.state !== 'unfinished' && !isSound(one));
  if (broken && broken.name > base.name)
    throw new NeedsFull(`The newest backup ${broken.name} is broken or failed its verification.`, cure);
  const [full] = readChain(base.path);
  const age = (now().getTime() - Date.parse(full?.manifest.begun ?? '')) / (24 * hourMs);
  if (age < -0.5) throw new NeedsFull('The full backup before is from the future. Check the clock.', cure);
  if (age >= days - 0.5) throw new NeedsFull(`The full backup before is ${Math.round(age)} days old.`, cure);
}

async function createOne(options: CreateOptions): Promise<Created> {
  const { folder, now = systemClock.now } = options;
  const recipients = await checkRecipients(options.recipients);
  if (recipients.length === 0)
    throw new BackupFault('No recipient is given.', 'Give --recipient and an age public key.');
  refuseFolders(options);
  await refuseLostKeys(options.halvesFolder, options.keys);
  const base = options.incremental ? findBase(folder, options.keys.keysFile) : undefined;
  await makeFolder(folder);
  const begun = now();
  const at = join(folder, `${backupName(begun)}${unfinishedSuffix}`);
  await mkdir(at, { mode: 0o700 });
  try {
    return await fill(
      { ...options, now, at, id: randomUUID(), base, key: randomBytes(32), parts: [], written: { bytes: 0 } },
      begun,
      recipients,
    );
  } catch (error) {
    await rm(at, { recursive: true, force: true });
    throw error;
  }
}

/** Writes every part into the unfinished folder, then the copy of the keys, then the manifest, and gives the folder its name. */
async function fill(work: Work, begun: Date, recipients: readonly string[]): Promise<Created> {
  const { at, id, base, key, now, folder, halvesFolder } = work;
  const name = basename(at, unfinishedSuffix);
  const taken = await takeClusters(work);
  const files = await packStoredFiles(work);
  await writePart(work, 'settings.tar', packFiles(work.settings.filter(({ path }) => existsSync(path))));
  // After the databases: a record that they hold has the halves of its key by then.
  const keyCopy = await writeKeyCopy(halvesFolder, work.keys, recipients, now());
  stopIfAsked(work.stopped);
  if (base) requireStillThere(base);
  const text = signManifest(
    {
      format: 'safelight-backup',
      version: base ? formatVersion : fullVersion,
      id,
      ...(base && { base: { name: base.name, id: base.manifest.id } }),
      safelight: work.safelight,
      begun: begun.toISOString(),
      ended: now().toISOString(),
      holdsUntil: taken.map(({ holdsUntil }) => holdsUntil.toISOString()).sort()[0] ?? begun.toISOString(),
      key: await wrapKey(key, recipients),
      clusters: taken.map(({ cluster }) => cluster),
      files,
      parts: work.parts,
      counts: sealCounts(Object.assign({}, ...taken.map(({ counts }) => counts)), key),
    },
    key,
  );
  const unmarked = await markServers(work, name).catch((error: Error) => error.message);
  await finish(at, join(folder, name), text);
  return { path: join(folder, name), manifest: JSON.parse(text), keysMissing: !keyCopy.unitKeys, unmarked };
}

/** Each server that the next backup may rest on. */
async function markServers({ addresses, parts }: Work, backup: string): Promise<undefined> {
  for (const server of ['main', 'safeguarding'] as const) {
    if (!parts.some(({ name }) => name === fileListName(server))) continue;
    await withConnection(addresses[server], async (client) => {
      const replication = await openReplication(addresses[server]);
      await markBackup(client, replication, backup).finally(() => replication.end());
    });
  }
}

/** Keys beside the backups would open what was erased. */
function refuseFolders({ folder, halvesFolder, keys, filesFolder }: CreateOptions): void {
  if (isWithin(halvesFolder, folder) || isWithin(folder, halvesFolder))
    throw new BackupFault(
      'The folder for the keys and the folder for backups are one inside the other.',
      'Keep the keys apart, best on another machine: with both and the identity, one person can read everything.',
    );
  for (const live of [keys.keyHalvesFolder, ...(typeof filesFolder === 'string' ? [filesFolder] : [])])
    if (isWithin(folder, live) || isWithin(halvesFolder, live))
      throw new BackupFault(`A folder for the backup lies inside ${live}.`, 'Name a folder outside the data.');
}

async function finish(at: string, to: string, text: string): Promise<void> {
  const file = await open(join(at, manifestFile), 'wx', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await syncFolder(at);
  await rename(at, to);
  await syncFolder(join(to, '..'));
}

async function writePart(work: Work, name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const writer = await SealedWriter.create(join(work.at, name), partKey(work.key, name));
  try {
    for await (const piece of pieces) {
      stopIfAsked(work.stopped);
      await put(work, writer, piece);
    }
    work.parts.push({ name, ...(await writer.end()) });
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

async function put(work: Work, writer: SealedWriter, piece: Uint8Array): Promise<void> {
  await writer.write(piece);
  work.written.bytes += piece.length;
  work.progress?.(work.written.bytes);
}

type TakenCluster = {
  readonly cluster: Cluster;
  readonly counts: Readonly<Partial<Record<StoreName, Counts>>>;
  readonly holdsUntil: Date;
};

async function takeClusters(work: Work): Promise<readonly TakenCluster[]> {
  const taken: TakenCluster[] = [];
  for (const { name, stores } of await listServers(work.addresses)) taken.push(await takeCluster(work, name, stores));
  return taken;
}

async function takeCluster(work: Work, name: StoreName, stores: readonly StoreName[]): Promise<TakenCluster> {
  const facts = await Promise.all(
    stores.map((store) =>
      withConnection(work.addresses[store], async (client) => ({
        store,
        server: await readServerFacts(client),
        database: await readDatabaseFacts(client),
        begun: await countRows(client, store),
      })),
    ),
  );
  const server = facts[0]?.server as ServerFacts;
  await requireRoom(work.at, work.base ? 0 : server.bytes, 'the backup');
  const logs = await withConnection(work.addresses[name], readLogSpans);
  const { endLsn, systemId, holdsUntil, restsOn } = await copyCluster(work, name, server);
  const ended = await Promise.all(
    stores.map((store) => withConnection(work.addresses[store], (client) => countRows(client, store))),
  );
  const all = (of: 'compressions' | 'extensions'): string[] =>
    [...new Set(facts.flatMap((one) => one.server[of]))].sort();
  return {
    cluster: {
      name,
      databases: Object.fromEntries(facts.map(({ store, database }) => [store, database])),
      superuser: server.superuser,
      server: server.server,
      checksums: server.checksums,
      compressions: all('compressions'),
      extensions: all('extensions'),
      systemId,
      endLsn,
      logs,
      ...(restsOn && { restsOn }),
    },
    counts: Object.fromEntries(facts.map(({ store, begun }, index) => [store, joinCounts(begun, ended[index] ?? {})])),
    holdsUntil,
  };
}

/** Writes the archive and PostgreSQL's own manifest. Asks now and then how far the log is, to say until when everything is in. */
async function copyCluster(work: Work, name: StoreName, facts: ServerFacts) {
  const samples: { readonly at: Date; readonly lsn: bigint }[] = [];
  return withConnection(work.addresses[name], async (client) => {
    const sample = async (): Promise<void> => {
      const at = work.now();
      const { rows } = await client.query<{ lsn: string }>('select pg_current_wal_insert_lsn() as lsn');
      samples.push({ at, lsn: parseLsn(rows[0]?.lsn ?? '0/0') });
    };
    await sample();
    const timer = setInterval(() => void sample().catch(() => {}), 250);
    const replication = await openReplication(work.addresses[name]);
    try {
      const systemId = await readSystemId(replication);
      const before = work.base && (await readServerManifest(client, work.base, name, systemId, facts));
      const pieces = takeBaseBackup(replication, 'safelight', before);
      const endLsn = await writeBaseBackup(work, name, pieces, facts);
      const end = parseLsn(endLsn);
      const holdsUntil = samples.findLast(({ lsn }) => lsn <= end)?.at ?? work.now();
      return { endLsn, systemId, holdsUntil, restsOn: before && digestServerManifest(before) };
    } finally {
      clearInterval(timer);
      replication.connection?.stream?.destroy?.();
      await replication.end().catch(() => {});
    }
  });
}

async function writeBaseBackup(
  work: Work,
  name: StoreName,
  pieces: ReturnType<typeof takeBaseBackup>,
  { summarizes }: ServerFacts,
): Promise<string> {
  const open = (of: string) => SealedWriter.create(join(work.at, of), partKey(work.key, of));
  const names = { archive: `${name}.tar`, manifest: `${name}.manifest` };
  const writers = { archive: await open(names.archive), manifest: await open(names.manifest) };
  const manifest: Buffer[] = [];
  try {
    for (;;) {
      const next = await pieces.next();
      stopIfAsked(work.stopped);
      if (next.done) {
        for (const kind of ['archive', 'manifest'] as const)
          work.parts.push({ name: names[kind], ...(await writers[kind].end()) });
        if (summarizes) await addFileList(work, name, Buffer.concat(manifest));
        return next.value.endLsn;
      }
      await put(work, writers[next.value.of], next.value.bytes);
      if (summarizes && next.value.of === 'manifest') manifest.push(next.value.bytes);
    }
  } catch (error) {
    for (const writer of Object.values(writers)) await writer.abandon();
    throw error;
  }
}

/** For the next backup, which may rest on this one. */
async function addFileList({ at, id, keys, parts }: Work, server: StoreName, manifest: Buffer): Promise<void> {
  const written = await writeFileList(at, id, server, manifest, keys.keysFile);
  if (written) parts.push({ name: fileListName(server), ...written });
}

async function packStoredFiles(work: Work): Promise<Manifest['files']> {
  const files = { count: 0, bytes: 0 };
  const toPack = await listFilesToPack(work.filesFolder);
  await requireRoom(work.at, toPack.bytes, 'the files');
  const told = (bytes: number): void => {
    files.count += 1;
    files.bytes += bytes;
  };
  await writePart(work, 'files.tar', packFiles(toPack.files, told));
  return files;
}
