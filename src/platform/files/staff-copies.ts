/** Receives a file that staff add: sealed on arrival, converted by the cleaner, then deleted. Only the clean copy stays. */
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { FormErrors } from '../forms/forms.ts';
import { clean } from './clean.ts';
import { type CleaningFailure, encodeCopy } from './copy.ts';
import {
  type CopyableKind,
  copyableKinds,
  type FileRefusal,
  isCopyable,
  maxFileBytes,
  type ReadAs,
} from './file-kind.ts';
import type { FilesFolder, ReceivedFile } from './folder.ts';
import type { FileReceiver, SentFile } from './public-uploads.ts';
import { type FileKey, newFileKey } from './sealed-stream.ts';
import { cleaningFailureMessages, fileRefusalMessages } from './words.ts';

/** The most uploads at once, over all members. */
const mostAtOnce = 10;
let openUploads = 0;

/** The first file of a form, sealed in the waiting folder under a key that exists only in memory. */
export class UploadedFile implements FileReceiver {
  readonly #folder: FilesFolder;
  readonly #now: Date;
  readonly #most: number;
  readonly #as: ReadAs;
  #came: { readonly key: FileKey; readonly found: ReceivedFile } | FileRefusal | undefined;

  constructor(folder: FilesFolder, now: Date, most = maxFileBytes, as: ReadAs = 'file') {
    this.#folder = folder;
    this.#now = now;
    this.#most = most;
    this.#as = as;
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
      const found = await this.#folder.receive(key, content, this.#now, this.#most, this.#as);
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

/** What browsers offer to choose from: the kinds that have a clean copy. */
export const cleanableTypes = 'image/jpeg,image/png,image/webp,application/pdf,video/mp4,video/webm';

export type UploadRefusal = FileRefusal | CleaningFailure | 'no file' | 'no copy of its kind';

const notKept = (why: string): string => `The file was not kept: ${why}`;

/** Shown at the field `file`. */
export const fileNotKept = (why: string): FormErrors => ({ file: notKept(why) });

/** Shown at the field `file`, with what to do if anything can be done. */
export function uploadError(refusal: UploadRefusal): FormErrors {
  if (refusal === 'no file') return { file: 'Select a file' };
  if (refusal === 'no copy of its kind')
    return { file: notKept('no clean copy can be made of its kind. Take a photo of it, or save it as a PDF') };
  if (refusal in cleaningFailureMessages)
    return {
      file: notKept(`${cleaningFailureMessages[refusal as CleaningFailure]}. Take a photo of it, and add that`),
    };
  return { file: notKept(fileRefusalMessages[refusal as FileRefusal]) };
}

/** Reads a file to its end and keeps nothing of it, so that a page can say that one came. */
export const discardFile: FileReceiver = {
  take: async ({ content }) => {
    for await (const _piece of content);
    return true;
  },
  drop: async () => {},
};

/** Browsers do not send a file again with the form, so it must be chosen again. */
export const chooseFileAgainError: FormErrors = {
  file: 'Choose the file again: it was not kept, since the form was not complete',
};

export type CleanCopy = { readonly kind: CopyableKind; readonly packed: Buffer; readonly parts: number };

/** Makes the clean copy of the upload. The original is deleted, whatever the result. With `mostDots` a picture becomes a JPEG of at most so many. */
export async function makeCleanCopy(
  folder: FilesFolder,
  arriving: UploadedFile,
  taken: readonly CopyableKind[] = copyableKinds,
  mostDots?: number,
): Promise<Result<CleanCopy, UploadRefusal>> {
  const { came } = arriving;
  if (came === undefined) return refuse('no file');
  if (typeof came === 'string') return refuse(came);
  try {
    const { kind } = came.found;
    if (!isCopyable(kind) || !taken.includes(kind)) return refuse('no copy of its kind');
    const bytes = await folder.open('papers', came.key);
    if (!bytes) return refuse('no file');
    const made = await clean(kind, bytes, undefined, mostDots);
    if (!made.ok) return refuse(made.refusal);
    return accept({ kind, packed: encodeCopy(made.value), parts: made.value.parts.length });
  } finally {
    await arriving.drop();
  }
}
