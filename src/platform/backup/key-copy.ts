/** The copy of the keys that a backup must not hold: the unit's keys and the halves of record keys. Each copy replaces the last, so that an erased record is erased from it too. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupFault } from './fault.ts';
import { makeFolder, syncFolder } from './folders.ts';
import { unwrapKey, wrapKey } from './recipients.ts';
import { openPart, partKey, SealedWriter } from './sealed-part.ts';
import { type FileToPack, packFiles, readTar, type TarEntry } from './tar-stream.ts';

export const keyCopyFile = 'safelight-keys.sealed';

const Header = z.object({
  format: z.literal('safelight-keys'),
  version: z.literal(1),
  id: z.string(),
  made: z.iso.datetime(),
  halves: z.int().min(0),
  unitKeys: z.boolean(),
  /** Digests of the unit’s keys: which they are, and not what they are. */
  unitKeyDigests: z.array(z.string()).optional(),
  key: z.object({ recipients: z.array(z.string()).readonly(), wrapped: z.base64() }),
});
export type KeyCopyHeader = z.output<typeof Header>;

const cure = 'Give the newest copy of the keys. If there is none, no sealed record of this backup can be opened.';
const longestHeader = 64 * 1024;

/** The key belongs to this header alone: a changed header does not open what follows it. */
const keyOf = (copyKey: Buffer, line: Buffer): Buffer =>
  partKey(copyKey, `keys/${createHash('sha256').update(line).digest('hex')}`);

export type KeyPlaces = { readonly keysFile: string; readonly keyHalvesFolder: string };

const KeyFile = z.object({ keys: z.record(z.string(), z.string()) });

/** A digest of each key of the unit. Random keys of 32 bytes cannot be found by theirs. */
const digestUnitKeys = (keysFile: string): string[] =>
  existsSync(keysFile)
    ? Object.values(KeyFile.parse(JSON.parse(readFileSync(keysFile, 'utf8'))).keys).map((key) =>
        createHash('sha256').update(`safelight unit key\0${key}`).digest('hex'),
      )
    : [];

/** Refuses to replace a copy that holds a key of the unit which is not here: where the key file was lost and made again, that copy is the only one that opens anything. */
export async function refuseLostKeys(folder: string, { keysFile }: KeyPlaces): Promise<void> {
  const path = join(folder, keyCopyFile);
  if (!existsSync(path)) return;
  const { unitKeyDigests = [] } = parseHeader(await readHeaderLine(path), path);
  const here = digestUnitKeys(keysFile);
  if (unitKeyDigests.every((one) => here.includes(one))) return;
  throw new BackupFault(
    `The copy of the keys ${path} holds a key of the unit that is not in ${keysFile}. Nothing was backed up, and that copy was not touched.`,
    'If the key file was lost, stop Safelight and bring it back from that copy (docs/operations/keys.md). If the key was taken out on purpose, move the copy to another place first.',
  );
}

/** Writes a copy to the folder in place of the last one, whose key is overwritten. */
export async function writeKeyCopy(
  folder: string,
  { keysFile, keyHalvesFolder }: KeyPlaces,
  recipients: readonly string[],
  made: Date,
): Promise<KeyCopyHeader> {
  await makeFolder(folder);
  await refuseLostKeys(folder, { keysFile, keyHalvesFolder });
  await removeAbandoned(folder, made);
  const halves = existsSync(keyHalvesFolder)
    ? readdirSync(keyHalvesFolder)
        .filter((name) => name.endsWith('.halves'))
        .sort()
    : [];
  const unitKeys = existsSync(keysFile);
  const copyKey = randomBytes(32);
  const header: KeyCopyHeader = {
    format: 'safelight-keys',
    version: 1,
    id: randomUUID(),
    made: made.toISOString(),
    halves: halves.length,
    unitKeys,
    unitKeyDigests: digestUnitKeys(keysFile),
    key: await wrapKey(copyKey, recipients),
  };
  const files: FileToPack[] = [
    ...(unitKeys ? [{ name: 'keys.json', path: keysFile }] : []),
    ...halves.map((name) => ({ name: `key-halves/${name}`, path: join(keyHalvesFolder, name) })),
  ];
  const path = join(folder, keyCopyFile);
  const half = `${path}.${header.id}.unfinished`;
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  try {
    const writer = await SealedWriter.create(half, keyOf(copyKey, line), line);
    for await (const piece of packFiles(files)) await writer.write(piece);
    await writer.end();
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
  const former = await open(path, 'r+').catch(() => undefined);
  await rename(half, path);
  await syncFolder(folder);
  if (former) await destroyHeader(former);
  return header;
}

const abandonedAfter = 10 * 60_000;

/** What a kill left half written would keep halves that are erased later. One that is being written is younger. */
async function removeAbandoned(folder: string, now: Date): Promise<void> {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${keyCopyFile}.`) || !name.endsWith('.unfinished')) continue;
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found || now.getTime() - found.mtimeMs < abandonedAfter) continue;
    await destroyHeader(await open(path, 'r+'));
    await rm(path, { force: true });
  }
}

/** Without its header nobody opens the former copy, wherever its blocks remain on the disk. */
async function destroyHeader(former: FileHandle): Promise<void> {
  try {
    const { size } = await former.stat();
    await former.write(Buffer.alloc(Math.min(size, longestHeader)), 0, undefined, 0);
    await former.sync();
  } finally {
    await former.close();
  }
}

const damaged = (path: string): BackupFault =>
  new BackupFault(`The copy of the keys ${path} is damaged or is no such copy.`, cure);

async function readHeaderLine(path: string): Promise<Buffer> {
  const file = await open(path).catch(() => {
    throw new BackupFault(`There is no copy of the keys at ${path}.`, cure);
  });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(0x0a);
    if (end < 0) throw damaged(path);
    return buffer.subarray(0, end + 1);
  } catch (error) {
    throw error instanceof BackupFault ? error : damaged(path);
  } finally {
    await file.close();
  }
}

function parseHeader(line: Buffer, path: string): KeyCopyHeader {
  try {
    return Header.parse(JSON.parse(line.toString('utf8')));
  } catch {
    throw damaged(path);
  }
}

export type OpenKeyCopy = { readonly header: KeyCopyHeader; readonly entries: AsyncIterable<TarEntry> };

/** Opens a copy with one of these identities. */
export async function openKeyCopy(path: string, identities: readonly string[]): Promise<OpenKeyCopy> {
  const line = await readHeaderLine(path);
  const header = parseHeader(line, path);
  const copyKey = await unwrapKey(header.key, identities, 'the copy of the keys');
  return {
    header,
    entries: readTar(openPart(path, keyOf(copyKey, line), 'copy of the keys', line.length), 'of the keys'),
  };
}
