/** How files are asked for and spoken of, to who tells and to who reads. */
import { type FileRefusal, type Kind, mostBytes, mostFiles, type Unclean } from '../files/index.ts';
import type { Fills, TextKey } from '../languages/index.ts';

/** What a text about files may say in numbers. */
export const fileFills: Fills = { most: mostFiles, size: mostBytes / 1024 / 1024 };

/** To who tells. */
export const kindKeys: Record<Kind, TextKey> = {
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

/** To who reads. */
export const kindWords: Record<Kind, string> = {
  jpeg: 'photo',
  png: 'picture',
  webp: 'picture',
  pdf: 'PDF',
  mp4: 'film',
  webm: 'film',
  sound: 'sound',
  text: 'text',
  'other picture': 'picture of another kind',
};

export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Said where it was chosen. */
export const refusalKeys: Record<FileRefusal | 'too many', TextKey> = {
  'too large': 'file.large',
  'not a kind we take': 'file.unknown',
  'two kinds at once': 'file.double',
  empty: 'file.empty',
  'no room': 'file.room',
  'too many': 'file.many',
};

/** To staff, why there is no working copy. */
export const uncleanWords: Record<Unclean, string> = {
  damaged: 'it is damaged, or not what it says it is',
  'too many dots or pages': 'it has more dots or pages than are unpacked here',
  'took too long': 'it took longer than five seconds, as something made to do harm would',
  'took too much memory': 'it took more memory than it may, as something made to do harm would',
};
