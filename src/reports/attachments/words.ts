/** Wording about files, for reporters and for readers. */
import { type FileKind, type FileRefusal, maxFileBytes, maxFiles } from '../../platform/files/index.ts';
import type { TextKey, TextValues } from '../../public/languages/index.ts';
import { megabyte } from '../../vocabulary/sizes.ts';

/** What a text about files may say in numbers. */
export const fileTextValues: TextValues = { most: maxFiles, size: maxFileBytes / megabyte };

/** For reporters. */
export const kindKeys: Record<FileKind, TextKey> = {
  jpeg: 'file.photo',
  png: 'file.picture',
  webp: 'file.picture',
  pdf: 'file.pdf',
  mp4: 'file.film',
  webm: 'file.film',
  sound: 'file.sound',
  text: 'file.text',
  'other picture': 'file.other',
};

/** Said where it was chosen. */
export const refusalKeys: Record<FileRefusal | 'too many', TextKey> = {
  'too large': 'file.large',
  'not a kind we take': 'file.unknown',
  'two kinds at once': 'file.double',
  empty: 'file.empty',
  'no room': 'file.room',
  'too many': 'file.many',
};
