/** Clean copies whose row is in a table of an area: kept sealed under a key of their own, opened part by part, and destroyed with their row. */
import type { FastifyRequest } from 'fastify';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { findPointer, type UnitKeys } from '../crypto/crypto.ts';
import type { AnyTables, Reader } from '../database/database.ts';
import { found } from '../http/problem.ts';
import { decodeCopy, type WorkingCopyType } from './copy.ts';
import type { CopyableKind } from './file-kind.ts';
import { FilesFolder } from './folder.ts';
import type { FilesPlace } from './object-place.ts';
import type { FileGroup } from './sealed-store.ts';
import { makeCleanCopy, UploadedFile, type UploadRefusal } from './staff-copies.ts';
import { receiveFiles } from './staff-uploads.ts';

/** What the row of a copy holds of it. */
export type StoredCopy = {
  /** What was uploaded. */
  readonly format: CopyableKind;
  /** Pages of a PDF; otherwise one. */
  readonly parts: number;
  readonly fileId: string;
  readonly wrappedKey: Buffer;
};

export class StoredCopies {
  readonly #folder: FilesFolder;
  readonly #keys: UnitKeys;
  readonly #group: FileGroup;

  constructor(filesFolder: FilesPlace, keys: UnitKeys, group: FileGroup) {
    this.#folder = new FilesFolder(filesFolder);
    this.#keys = keys;
    this.#group = group;
  }

  /** Receives the file of a form, has it cleaned, and keeps the copy. Nothing stays of the file as it came. */
  async receive(request: FastifyRequest, taken?: readonly CopyableKind[]): Promise<Result<StoredCopy, UploadRefusal>> {
    const arriving = new UploadedFile(this.#folder, request.now);
    await receiveFiles(request, arriving);
    const made = await makeCleanCopy(this.#folder, arriving, taken);
    if (!made.ok) return made;
    const { kind, packed, parts } = made.value;
    const fileId = newTimelessId<'file'>();
    const { key, wrapped } = this.#keys.newRecordKey(fileId);
    await this.#folder.save(this.#group, { id: fileId, key, side: 'working copy' }, packed, request.now);
    return accept({ format: kind, parts, fileId, wrappedKey: wrapped });
  }

  /** Runs what writes the row; the copy goes again where no row was written. */
  async keepIf(copy: StoredCopy, add: () => Promise<boolean>): Promise<boolean> {
    let added = false;
    try {
      added = await add();
    } finally {
      if (!added) await this.destroy(copy);
    }
    return added;
  }

  /** One part, counted from 1. Not found where the file or the part is not there. */
  async open(
    { fileId, wrappedKey }: StoredCopy,
    part: number,
  ): Promise<{ readonly type: WorkingCopyType; readonly content: Buffer }> {
    const key = this.#keys.unwrap(wrappedKey, fileId);
    const bytes = found(await this.#folder.open(this.#group, { id: fileId, key, side: 'working copy' }), 'copy');
    const { type, parts } = decodeCopy(bytes);
    return { type, content: Buffer.from(found(parts[part - 1], 'part')) };
  }

  /** The file and the half of its key: no backup of the database opens it any more. */
  async destroy({ fileId, wrappedKey }: StoredCopy): Promise<void> {
    const pointer = findPointer(wrappedKey);
    if (pointer) this.#keys.halves?.destroy([pointer]);
    await this.#folder.destroy(fileId, this.#group);
  }
}

const mostAsked = 10_000;

/** A chore: destroys files of a group that belong to no row any more. */
export const sweepGroup =
  (
    filesFolder: FilesPlace,
    group: FileGroup,
    filterKept: (tx: Reader<AnyTables>, ids: readonly string[]) => Promise<ReadonlySet<string>>,
  ) =>
  async (tx: Reader<AnyTables>, now: Date): Promise<void> => {
    const folder = new FilesFolder(filesFolder);
    const overdue = await folder.listOverdue(now, group);
    for (let from = 0; from < overdue.length; from += mostAsked) {
      const ids = overdue.slice(from, from + mostAsked);
      const kept = await filterKept(tx, ids);
      for (const id of ids) if (!kept.has(id)) await folder.destroy(id, group);
    }
  };
