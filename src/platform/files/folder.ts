/** Sealed files in a folder or a bucket. Files of unfinished reports are under `waiting`, which is swept; sent files are under their reporting line. Only sealed bytes leave this module. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
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
import { FolderStore } from './folder-store.ts';
import type { FilesPlace, ObjectPlace } from './object-place.ts';
import { ObjectStore } from './object-store.ts';
import {
  checkFileId,
  type FileGroup,
  FilesUnavailable,
  type Pieces,
  type SealedStore,
  type Shelf,
} from './sealed-store.ts';
import { type FileKey, sealStream, unsealStream } from './sealed-stream.ts';

/** Below this much free no file is taken in: reports need the disk more. */
const reserve = 512 * 1024 * 1024;
/** A draft ends within three hours; this is longer. */
const hoursWaiting = 4;

export type ReceivedFile = { readonly kind: FileKind; readonly bytes: number };

export type OpenFile = { readonly open: () => Promise<Buffer>; readonly letGo: () => Promise<void> };

/** What could not be deleted while a store was away: tried again with the next deletion of this process. What a restart forgets is swept. */
type Owed = { readonly shelf: Shelf; readonly id: string };
type OpenStore = { readonly store: SealedStore; readonly owed: Map<string, Owed> };

/** One for each place, so that all of a process know that a store is away. */
const opened = new WeakMap<ObjectPlace, OpenStore & { readonly store: ObjectStore }>();

function openPlace(place: ObjectPlace): OpenStore & { readonly store: ObjectStore } {
  const known = opened.get(place) ?? { store: new ObjectStore(place), owed: new Map() };
  opened.set(place, known);
  return known;
}

/** The bucket of a place. */
export const openObjectStore = (place: ObjectPlace): ObjectStore => openPlace(place).store;

/** What was asked for, or the other value where the store is away. */
const unlessAway = <Value>(asked: Promise<Value>, otherwise: Value): Promise<Value> =>
  asked.catch((error: unknown) => {
    if (error instanceof FilesUnavailable) return otherwise;
    throw error;
  });

const isRefusal = (kind: FileKind | FileRefusal): kind is FileRefusal =>
  (fileRefusals as readonly string[]).includes(kind);

export class FilesFolder {
  readonly #store: SealedStore;
  readonly #owed: Map<string, Owed>;

  constructor(place: FilesPlace, keepFree = reserve) {
    const { store, owed } =
      typeof place === 'string' ? { store: new FolderStore(place, keepFree), owed: new Map() } : openPlace(place);
    this.#store = store;
    this.#owed = owed;
  }

  /** Seals what comes while it comes. Nothing stays of what is refused, nor of what broke off, which throws. A store that is away has no room. */
  async receive(
    fileKey: FileKey,
    source: AsyncIterable<Uint8Array>,
    at: Date,
    most = maxFileBytes,
    as: ReadAs = 'file',
  ): Promise<ReceivedFile | FileRefusal> {
    if (!(await this.#store.hasRoom(most))) return 'no room';
    const watched = new StreamInspector(most);
    try {
      await this.#store.write('waiting', fileKey.id, sealStream(fileKey)(watched.through(source)), at);
    } catch (error) {
      if (error instanceof FilesUnavailable) return 'no room';
      throw error;
    }
    const kind = watched.kind(as);
    if (!isRefusal(kind)) return { kind, bytes: watched.bytes };
    await this.destroy(fileKey.id);
    return kind;
  }

  /** Keeps a file made here under a line. */
  async save(group: FileGroup, fileKey: FileKey, content: Uint8Array, at: Date): Promise<void> {
    await this.#store.write(group, fileKey.id, sealStream(fileKey)(Readable.from([content])), at);
  }

  /** Opened whole, so that nothing of a file that was changed is ever shown. Undefined where it is not here. */
  async open(group: FileGroup, fileKey: FileKey): Promise<Buffer | undefined> {
    const read = await this.#find(group, (shelf) => this.#store.read(shelf, fileKey.id));
    return read && unsealWhole(read(), fileKey);
  }

  /** Holds the file open, so that it can be read whole even if it is deleted meanwhile. The caller must close it. Undefined where there is no such file. */
  async openHandle(group: FileGroup, fileKey: FileKey): Promise<OpenFile | undefined> {
    const held = await this.#find(group, (shelf) => this.#store.hold(shelf, fileKey.id));
    return held && { open: () => unsealWhole(held.read(), fileKey), letGo: held.letGo };
  }

  /** Reads piece by piece, for content that is sealed again as it is read. After an exception the content read so far must not be used. Undefined where there is no such file. */
  async openStream(group: FileGroup, fileKey: FileKey): Promise<(() => AsyncGenerator<Buffer>) | undefined> {
    const read = await this.#find(group, (shelf) => this.#store.read(shelf, fileKey.id));
    return read && (() => unsealStream(fileKey)(read()));
  }

  /** While the store is away, nothing is known to be missing. */
  async holds(group: FileGroup, id: string): Promise<boolean> {
    checkFileId(id);
    const found = this.#find(group, async (shelf) => (await this.#store.has(shelf, id)) || undefined);
    return (await unlessAway(found, true)) === true;
  }

  /** Of these, those that wait here. While the store is away, all: what was received is not left out of its report. */
  async findWaiting(ids: readonly string[]): Promise<Set<string>> {
    const found = await Promise.all(
      ids.map(async (id) => ((await unlessAway(this.#store.has('waiting', id), true)) ? [id] : [])),
    );
    return new Set(found.flat());
  }

  /** Of a group, or of what waits. While the store is away it is remembered, and the key is gone meanwhile. Refuses where a store keeps a file of a group; what waits is swept, so that leaving a page never fails. */
  async destroy(id: string, group?: FileGroup): Promise<void> {
    checkFileId(id);
    const shelves: readonly Shelf[] = group ? [group, 'waiting'] : ['waiting'];
    for (const shelf of shelves) await this.#remove({ shelf, id }, group === undefined);
  }

  /** A draft that goes on keeps its files waiting. */
  async refreshWaiting(ids: readonly string[], at: Date): Promise<void> {
    await Promise.all(ids.map((id) => unlessAway(this.#store.touch('waiting', id, at), undefined)));
  }

  /** Ids older than any draft can live. Under `waiting`, no draft can send them any more; under a line, their row was written long ago. */
  async listOverdue(now: Date, group: Shelf = 'waiting'): Promise<string[]> {
    const late = now.getTime() - hoursWaiting * hourMs;
    return (await this.#store.list(group)).filter(({ at }) => at <= late).map(({ id }) => id);
  }

  /** Moves a file out of `waiting` once its report is sent. */
  async moveTo(group: FileGroup, id: string): Promise<void> {
    await this.#store.move(id, 'waiting', group);
  }

  /** On the shelf of its group, or where it still waits. */
  async #find<Found>(group: FileGroup, look: (shelf: Shelf) => Promise<Found | undefined>): Promise<Found | undefined> {
    return (await look(group)) ?? (await look('waiting'));
  }

  async #remove(one: Owed, later: boolean): Promise<void> {
    const name = ({ shelf, id }: Owed): string => `${shelf}/${id}`;
    this.#owed.set(name(one), one);
    try {
      for (const [owed, { shelf, id }] of this.#owed) {
        await this.#store.remove(shelf, id);
        this.#owed.delete(owed);
      }
    } catch (error) {
      if (!(error instanceof FilesUnavailable) || (error.why === 'refused' && !later)) throw error;
    }
  }
}

async function unsealWhole(sealed: Pieces, fileKey: FileKey): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await pipeline(sealed, unsealStream(fileKey), async (open) => {
    for await (const piece of open) pieces.push(piece as Buffer);
  });
  return Buffer.concat(pieces);
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
