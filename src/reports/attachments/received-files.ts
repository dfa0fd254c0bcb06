/** Files of an unfinished report: accepted as they arrive, sealed under keys that only the draft holds, and sent with the report. */

import {
  type FileKind,
  type FileRefusal,
  type FilesFolder,
  fileKindLabels,
  isCopyable,
  maxFiles,
  newFileKey,
} from '../../platform/files/index.ts';
import type { SentFile, UploadHandler } from '../../platform/files/public-uploads.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { Draft } from '../intake/draft.ts';
import { type Answers, lineOf } from '../intake/questions.ts';
import type { IntakeLine } from '../report.ts';
import { type IntakeKeys, sealTo, wrapForUnit } from '../sealing/sealing.ts';
import type { SealedFile } from './store.ts';

/** As the draft keeps it; the key is nowhere else. */
export type DraftFile = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly bytes: number;
};

/** What happened to one file of a form. */
export type UploadResult =
  | { readonly file: DraftFile }
  | { readonly name: string; readonly refused: FileRefusal | 'too many' };

/** The file's description for staff, which is sealed separately. */
export type FileDescription = Pick<DraftFile, 'name' | 'kind' | 'bytes'>;

/** So many forms with files are taken in at once. */
const maxConcurrentUploads = 20;
const maxNameLength = 150;

/** Uploads in progress, over both forms with files. */
let uploadsInProgress = 0;

/** How many more files a draft accepts; undefined where it accepts none. A report keeps its files until it is sent. The mailbox sends them at once, and only with a receipt that opened a report. */
function remainingFiles(draft: Draft | undefined, kind: Draft['kind']): number | undefined {
  if (draft?.kind !== kind) return undefined;
  if (draft.kind === 'telling') return maxFiles - (draft.files ?? []).length;
  return draft.receipt === null ? undefined : maxFiles;
}

/** Takes in the files of a draft; `find` opens the draft by its token. */
export const createUploads = (
  folder: FilesFolder,
  kind: Draft['kind'],
  find: (token: string) => Promise<Draft | undefined>,
  now: () => Date,
): UploadHandler => ({
  open: async (answers) => {
    const most = remainingFiles(await find(answers.get('draft') ?? ''), kind);
    if (most === undefined) return undefined;
    let [room, taken] = [most, [] as string[]];
    return {
      take: async ({ name: given, content }: SentFile): Promise<UploadResult> => {
        const name = displayName(given);
        if (executableName.test(name)) return { name, refused: 'not a kind we take' };
        if (uploadsInProgress >= maxConcurrentUploads) return { name, refused: 'no room' };
        if (room <= 0) return { name, refused: 'too many' };
        room -= 1;
        uploadsInProgress += 1;
        try {
          const [id, key] = [newTimelessId<'file'>(), await newFileKey()];
          const found = await folder.receive({ id, key, side: 'as it came' }, content, now());
          if (typeof found === 'string') {
            room += 1;
            return { name, refused: found };
          }
          taken = [...taken, id];
          return { file: { id, key: key.toString('base64'), name, ...found } };
        } finally {
          uploadsInProgress -= 1;
        }
      },
      drop: async () => {
        await Promise.all(taken.map((id) => folder.destroy(id)));
      },
    };
  },
});

/** Invisible characters, by which two file names that look equal could be distinguished. */
const invisibleCharacters = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** What a device runs, or opens as a page, by its name alone, whatever is in it. */
const executableName =
  /\.(?:bat|cmd|com|exe|scr|lnk|reg|js|mjs|cjs|jse|ps1|psm1|vbs?|vbe|wsf|hta|sh|bash|py|pl|rb|php|jar|x?html?|svg|rtf|eml|mht(?:ml)?)[.\s]*$/i;
const displayName = (name: string): string => name.replace(invisibleCharacters, '').slice(-maxNameLength) || 'a file';

/** What is sent of what was taken in: of kinds that cannot be cleaned none, unless they may be kept as they came. */
export const filesToSend = (answers: Answers, files: readonly DraftFile[]): DraftFile[] =>
  files.filter(({ kind }) => answers.originals === 'yes' || isCopyable(kind));

export const hasUnsentFiles = (answers: Answers, files: readonly DraftFile[]): boolean =>
  filesToSend(answers, files).length < files.length;

/** A name is often the day and minute, or whose it is: it goes along with what may be kept as it came, and with nothing else. */
const storedName = ({ originals }: Answers, name: string, kind: FileKind, place: number): string =>
  originals === 'yes' ? name : `${fileKindLabels[kind]} ${place + 1}`;

/** Destroys uploaded files that will not be used. */
export const destroyUploads = async (folder: FilesFolder, brought: readonly UploadResult[]): Promise<void> => {
  await Promise.all(brought.map((one) => 'file' in one && folder.destroy(one.file.id)));
};

export const descriptionContext = (line: IntakeLine, id: string) => ({
  tenant: line,
  table: 'report_files',
  column: 'about',
  row: id,
});
/** What the keys are wrapped as: of the file as it came, and of its working copy. */
export const fileKeyName = (id: string): string => `${id}/file`;
export const copyKeyName = (id: string): string => `${id}/copy`;

/** The form in which it is stored with its report: name, kind and size sealed to the line's staff, its key wrapped for them. */
export const sealFiles = (
  keys: IntakeKeys,
  answers: Answers,
  files: readonly DraftFile[],
  line: IntakeLine = lineOf(answers),
): SealedFile[] =>
  filesToSend(answers, files).map(({ id, key, name, kind, bytes }, place) => ({
    id,
    place,
    about: sealTo(
      keys,
      descriptionContext(line, id),
      JSON.stringify({ name: storedName(answers, name, kind, place), kind, bytes } satisfies FileDescription),
    ),
    sealedKey: wrapForUnit(keys, fileKeyName(id), Buffer.from(key, 'base64')),
    keepsOriginal: answers.originals === 'yes',
    copied: isCopyable(kind),
  }));

/** Endings that a program goes by, of each kind; the reporter's own where it is one of them. */
const extensions: Record<FileKind, readonly string[]> = {
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  webp: ['webp'],
  pdf: ['pdf'],
  mp4: ['mp4', 'mov', 'm4v', '3gp'],
  webm: ['webm', 'mkv'],
  sound: ['sound', 'm4a', 'mp3', 'ogg', 'oga', 'opus', 'flac', 'amr', 'wav', 'aac'],
  text: ['txt', 'csv', 'vcf', 'md'],
  'other picture': ['picture', 'heic', 'heif', 'avif', 'gif', 'tif', 'tiff', 'bmp'],
};

/** The name under which it leaves: nothing of the reporter's own but a known ending. */
export function exportFileName({
  reportId,
  place,
  said,
}: {
  reportId: string;
  place: number;
  said: FileDescription;
}): string {
  const own = /\.([a-z0-9]{1,5})$/i.exec(said.name)?.[1]?.toLowerCase() ?? '';
  const ending = extensions[said.kind].includes(own) ? own : extensions[said.kind][0];
  return `report-${referenceOf('report', reportId)}-file-${place + 1}.${ending}.age`;
}
