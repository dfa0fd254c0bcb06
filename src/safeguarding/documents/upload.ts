/** Receives a file for a record: sealed on arrival, converted by the cleaner, then deleted. Only the clean copy stays. */
import {
  clean,
  encodeCopy,
  type FileKey,
  type FileRefusal,
  type FilesFolder,
  isCopyable,
  newFileKey,
  type ReceivedFile,
} from '../../platform/files/index.ts';
import type { FileReceiver, SentFile } from '../../platform/files/public-uploads.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { DocumentKind } from './document.ts';
import type { DocumentRefusal } from './pages.ts';

/** The most uploads at once, over all members. */
const mostAtOnce = 10;
let openUploads = 0;

/** The first file of a form, sealed in the waiting folder under a key that exists only in memory. */
export class UploadedFile implements FileReceiver {
  readonly #folder: FilesFolder;
  readonly #now: Date;
  #came: { readonly key: FileKey; readonly found: ReceivedFile } | FileRefusal | undefined;

  constructor(folder: FilesFolder, now: Date) {
    this.#folder = folder;
    this.#now = now;
  }

  readonly take = async ({ content }: SentFile): Promise<unknown> => {
    if (this.#came !== undefined) return undefined;
    if (openUploads >= mostAtOnce) {
      this.#came = 'no room';
      return undefined;
    }
    openUploads += 1;
    try {
      const key: FileKey = { id: newTimelessId<'file'>(), key: await newFileKey(), side: 'as it came' };
      const found = await this.#folder.receive(key, content, this.#now);
      this.#came = typeof found === 'string' ? found : { key, found };
      return undefined;
    } finally {
      openUploads -= 1;
    }
  };

  /** Deletes the upload, however it ends. */
  readonly drop = async (): Promise<void> => {
    if (typeof this.#came === 'object') await this.#folder.destroy(this.#came.key.id);
  };

  get came(): { readonly key: FileKey; readonly found: ReceivedFile } | FileRefusal | undefined {
    return this.#came;
  }
}

export type CleanCopy = { readonly kind: DocumentKind; readonly packed: Buffer; readonly parts: number };

/** Makes the clean copy of the upload. The original is deleted, whatever the result. */
export async function makeCleanCopy(
  folder: FilesFolder,
  arriving: UploadedFile,
): Promise<Result<CleanCopy, DocumentRefusal>> {
  const { came } = arriving;
  if (came === undefined) return refuse('no file');
  if (typeof came === 'string') return refuse(came);
  try {
    const { kind } = came.found;
    if (!isCopyable(kind)) return refuse('no copy of its kind');
    const bytes = await folder.open('papers', came.key);
    if (!bytes) return refuse('no file');
    const made = await clean(kind, bytes);
    if (!made.ok) return refuse(made.refusal);
    return accept({ kind, packed: encodeCopy(made.value), parts: made.value.parts.length });
  } finally {
    await arriving.drop();
  }
}
