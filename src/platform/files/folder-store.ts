/** Sealed bytes in a folder. Names are ids, and file times are rounded to the hour. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { checkFileId, type HeldBytes, isFileId, type Pieces, type SealedStore, type Shelf } from './sealed-store.ts';

const pieceSize = { highWaterMark: 262_144 };

export class FolderStore implements SealedStore {
  readonly #root: string;
  readonly #keepFree: number;

  constructor(root: string, keepFree: number) {
    this.#root = root;
    this.#keepFree = keepFree;
  }

  readonly hasRoom = async (bytes: number): Promise<boolean> => {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize >= this.#keepFree + bytes;
  };

  readonly write = async (shelf: Shelf, id: string, sealed: Pieces, at: Date): Promise<void> => {
    const path = await this.#pathToWrite(shelf, id);
    try {
      await pipeline(sealed, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
      await this.#date(path, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(path, { force: true });
      throw error;
    }
  };

  readonly read = async (shelf: Shelf, id: string): Promise<(() => Pieces) | undefined> =>
    (await this.has(shelf, id)) ? () => createReadStream(this.#path(shelf, id), pieceSize) : undefined;

  readonly hold = async (shelf: Shelf, id: string): Promise<HeldBytes | undefined> => {
    const handle = await open(this.#path(shelf, id)).catch(() => undefined);
    if (!handle) return undefined;
    return {
      read: () => handle.createReadStream({ autoClose: false, start: 0, ...pieceSize }),
      letGo: () => handle.close(),
    };
  };

  readonly has = (shelf: Shelf, id: string): Promise<boolean> =>
    stat(this.#path(shelf, id)).then(
      () => true,
      () => false,
    );

  readonly remove = (shelf: Shelf, id: string): Promise<void> => rm(this.#path(shelf, id), { force: true });

  readonly move = async (id: string, from: Shelf, to: Shelf): Promise<void> => {
    await rename(this.#path(from, id), await this.#pathToWrite(to, id)).catch(() => {});
  };

  readonly touch = async (shelf: Shelf, id: string, at: Date): Promise<void> => {
    await this.#date(this.#path(shelf, id), at).catch(() => {});
  };

  readonly list = async (shelf: Shelf): Promise<readonly { readonly id: string; readonly at: number }[]> => {
    const names = (await readdir(join(this.#root, shelf)).catch(() => [])).filter(isFileId);
    const found = await Promise.all(
      names.map((id) =>
        stat(this.#path(shelf, id)).then(
          ({ mtimeMs }) => [{ id, at: mtimeMs }],
          () => [],
        ),
      ),
    );
    return found.flat();
  };

  #path(shelf: Shelf, id: string): string {
    return join(this.#root, shelf, checkFileId(id));
  }

  async #pathToWrite(shelf: Shelf, id: string): Promise<string> {
    await mkdir(join(this.#root, shelf), { recursive: true, mode: 0o700 });
    return this.#path(shelf, id);
  }

  async #date(path: string, at: Date): Promise<void> {
    const hour = floorToHour(at);
    await utimes(path, hour, hour);
  }
}
