/** The folder of sealed files. Files of unfinished reports are under `waiting`, which is swept; sent files are under their reporting line. Names are ids, and file times are rounded to the hour. */

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import {
  detectKind,
  type FileKind,
  type FileRefusal,
  fileRefusals,
  headBytes,
  maxFileBytes,
  type ReadAs,
  tailBytes,
} from './file-kind.ts';
import { type FileKey, sealStream, unsealStream } from './sealed-stream.ts';

/** `police` and `help` are the lines of reports; `papers` are of people's records, `plans` of plans and `visits` of visits. */
export const fileGroups = ['police', 'help', 'papers', 'plans', 'visits'] as const;
export type FileGroup = (typeof fileGroups)[number];

/** Below this much free no file is taken in: reports need the disk more. */
const reserve = 512 * 1024 * 1024;
/** A draft ends within three hours; this is longer. */
const hoursWaiting = 4;
const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export type ReceivedFile = { readonly kind: FileKind; readonly bytes: number };

export type OpenFile = { readonly open: () => Promise<Buffer>; readonly letGo: () => Promise<void> };

export class FilesFolder {
  readonly #root: string;
  readonly #reserve: number;

  constructor(root: string, keepFree = reserve) {
    this.#root = root;
    this.#reserve = keepFree;
  }

  /** Seals what comes while it comes. Nothing stays of what is refused, nor of what broke off, which throws. */
  async receive(
    fileKey: FileKey,
    source: AsyncIterable<Uint8Array>,
    at: Date,
    most = maxFileBytes,
    as: ReadAs = 'file',
  ): Promise<ReceivedFile | FileRefusal> {
    const path = await this.#pathFor('waiting', fileKey.id);
    const { bavail, bsize } = await statfs(this.#root);
    if (bavail * bsize < this.#reserve + most) return 'no room';
    const watched = new StreamInspector(most);
    try {
      await pipeline(
        source,
        (coming: AsyncIterable<Uint8Array>) => watched.through(coming),
        sealStream(fileKey),
        createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
      );
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const kind = watched.kind(as);
    if ((fileRefusals as readonly string[]).includes(kind)) await rm(path, { force: true });
    else await this.#datedTo(path, at);
    return (fileRefusals as readonly string[]).includes(kind)
      ? (kind as FileRefusal)
      : { kind: kind as FileKind, bytes: watched.bytes };
  }

  /** Keeps a file made here under a line. */
  async save(group: FileGroup, fileKey: FileKey, content: Uint8Array, at: Date): Promise<void> {
    const path = await this.#pathFor(group, fileKey.id);
    await pipeline(
      Readable.from([content]),
      sealStream(fileKey),
      createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
    );
    await this.#datedTo(path, at);
  }

  /** Opened whole, so that nothing of a file that was changed is ever shown. Undefined where it is not here. */
  async open(group: FileGroup, fileKey: FileKey): Promise<Buffer | undefined> {
    const path = await this.#find(group, fileKey.id);
    return path ? unsealWhole(createReadStream(path, { highWaterMark: 262_144 }), fileKey) : undefined;
  }

  /** Holds the file open, so that it can be read whole even if it is deleted meanwhile. The caller must close it. Undefined where there is no such file. */
  async openHandle(group: FileGroup, fileKey: FileKey): Promise<OpenFile | undefined> {
    const path = await this.#find(group, fileKey.id);
    const handle = path && (await open(path).catch(() => undefined));
    if (!handle) return undefined;
    const stream = () => handle.createReadStream({ autoClose: false, start: 0, highWaterMark: 262_144 });
    return { open: () => unsealWhole(stream(), fileKey), letGo: () => handle.close() };
  }

  /** Reads piece by piece, for content that is sealed again as it is read. After an exception the content read so far must not be used. Undefined where there is no such file. */
  async openStream(group: FileGroup, fileKey: FileKey): Promise<(() => AsyncGenerator<Buffer>) | undefined> {
    const path = await this.#find(group, fileKey.id);
    return path ? () => unsealStream(fileKey)(createReadStream(path, { highWaterMark: 262_144 })) : undefined;
  }

  async holds(group: FileGroup, id: string): Promise<boolean> {
    return (await this.#find(group, id)) !== undefined;
  }

  /** Of these, those that wait here. */
  async findWaiting(ids: readonly string[]): Promise<Set<string>> {
    const found = await Promise.all(
      ids.map((id) =>
        stat(join(this.#root, 'waiting', checkId(id))).then(
          () => [id],
          () => [],
        ),
      ),
    );
    return new Set(found.flat());
  }

  async destroy(id: string, group?: FileGroup): Promise<void> {
    const path = group ? await this.#find(group, id) : join(this.#root, 'waiting', checkId(id));
    if (path) await rm(path, { force: true });
  }

  /** A draft that goes on keeps its files waiting. */
  async refreshWaiting(ids: readonly string[], at: Date): Promise<void> {
    for (const id of ids) await this.#datedTo(join(this.#root, 'waiting', checkId(id)), at).catch(() => {});
  }

  /** Ids older than any draft can live. Under `waiting`, no draft can send them any more; under a line, their row was written long ago. */
  async listOverdue(now: Date, group: FileGroup | 'waiting' = 'waiting'): Promise<string[]> {
    const names = (await readdir(join(this.#root, group)).catch(() => [])).filter((name) => isId.test(name));
    const late = now.getTime() - hoursWaiting * hourMs;
    const times = await Promise.all(
      names.map((name) =>
        stat(join(this.#root, group, name)).then(
          ({ mtimeMs }) => mtimeMs,
          () => Infinity,
        ),
      ),
    );
    return names.filter((_, index) => (times[index] ?? Infinity) <= late);
  }

  /** Moves a file out of `waiting` once its report is sent. */
  async moveTo(group: FileGroup, id: string): Promise<void> {
    const to = await this.#pathFor(group, id);
    await rename(join(this.#root, 'waiting', checkId(id)), to).catch(() => {});
  }

  async #pathFor(group: FileGroup | 'waiting', id: string): Promise<string> {
    const folder = join(this.#root, group);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, checkId(id));
  }

  async #find(group: FileGroup, id: string): Promise<string | undefined> {
    for (const path of [join(this.#root, group, checkId(id)), join(this.#root, 'waiting', checkId(id))]) {
      const found = await stat(path).catch(() => undefined);
      if (found) return path;
    }
    return undefined;
  }

  async #datedTo(path: string, at: Date): Promise<void> {
    const hour = floorToHour(at);
    await utimes(path, hour, hour);
  }
}

async function unsealWhole(sealed: Readable, fileKey: FileKey): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await pipeline(sealed, unsealStream(fileKey), async (open) => {
    for await (const piece of open) pieces.push(piece as Buffer);
  });
  return Buffer.concat(pieces);
}

function checkId(id: string): string {
  if (!isId.test(id)) throw new Error('no id of a file');
  return id;
}

/** Keeps the first and last bytes of a stream and counts. Bytes beyond the limit are discarded, so that the page can say the file is too large. */
class StreamInspector {
  bytes = 0;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      this.bytes += piece.length;
      if (this.bytes > this.#most) continue;
      if (this.#head.length < headBytes) this.#head = Buffer.concat([this.#head, piece]).subarray(0, headBytes);
      this.#tail = Buffer.concat([this.#tail, piece]).subarray(-tailBytes);
      yield piece;
    }
  }

  kind(as: ReadAs): FileKind | FileRefusal {
    return this.bytes > this.#most ? 'too large' : detectKind(this.#head, this.#tail, as);
  }
}
