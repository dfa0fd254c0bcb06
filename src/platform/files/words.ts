/** How staff pages describe a file: its kind and length, and why it was not kept or not cleaned. English, for staff alone. */

import { formatSize } from '../../vocabulary/sizes.ts';
import type { CleaningFailure } from './copy.ts';
import { type CopyableKind, type FileKind, type FileRefusal, maxFileBytes } from './file-kind.ts';

export const fileKindLabels: Record<FileKind, string> = {
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

/** Why there is no working copy. */
export const cleaningFailureMessages: Record<CleaningFailure, string> = {
  damaged: 'it is damaged, or not what it says it is',
  'too large unpacked': 'it has more dots or pages than are unpacked here',
  'took too long': 'it took longer than five seconds, as something made to do harm would',
  'too much memory': 'it took more memory than it may, as something made to do harm would',
};

/** Why it was not taken in. */
export const fileRefusalMessages: Record<FileRefusal, string> = {
  'too large': `it is larger than ${formatSize(maxFileBytes)}`,
  'not a kind we take': 'it is no photo, PDF or film',
  'two kinds at once': 'it is two kinds of file at once, as something made to do harm would be',
  empty: 'it is empty',
  'no room': 'there is too little room just now, or the store of files does not answer. Try again later',
};

export const formatPartLabel = (kind: CopyableKind, part: number): string => {
  if (kind === 'pdf') return `Page ${part}`;
  return kind === 'mp4' || kind === 'webm' ? 'Open the film' : 'Open the picture';
};

/** Nothing of it runs, nothing of it leads anywhere, whatever it should turn out to be. */
const policyOfCopies = "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'";

/** For the route that answers with a copy. */
export const isolatedResponse = {
  onSend: async (_request: unknown, reply: { header: (name: string, value: string) => unknown }): Promise<void> => {
    reply.header('content-security-policy', policyOfCopies);
    reply.header('cross-origin-resource-policy', 'same-origin');
  },
};
