/** How files are asked for and spoken of, to who tells and to who reads. */
import { type FileRefusal, type Kind, mostBytes, mostFiles, type Unclean } from '../files/index.ts';

const megabytes = mostBytes / 1024 / 1024;

export const filesQuestion = {
  ask: 'Do you have photos or files?',
  before: [
    'You need none. Do not follow anybody, do not photograph or film anybody, and do not confront anybody to get one: it can put you and others in danger. Add only what you already have, and only if it is safe.',
    'A file can carry more than you see: where and when it was made, on which phone or camera, and sometimes a name; its own name can say it too. So of photos, films (MP4, WebM) and PDFs a clean copy is made when somebody first opens them: the picture alone, under a plain name. The file as you sent it is then destroyed, unless you say below that it may be kept. What the picture itself shows stays: a face, a street sign, your own window.',
    `Up to ${mostFiles} files of ${megabytes} MB each. Each is sealed as it comes in.`,
  ],
  hints: {
    originals:
      'As it came it can say where you were, when, and which phone is yours. A court may want it so. Of sound, text and other pictures no clean copy can be made: they are sent only if you say yes. A photo or film that turns out to be damaged is destroyed, unless you say yes.',
  },
} as const;

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

/** Said where it was chosen, after its name. */
export const refusalWords: Record<FileRefusal | 'too many', string> = {
  'too large': `is larger than ${megabytes} MB and was not kept. A shorter film, or a photo of a part of it, would be`,
  'not a kind we take':
    'was not kept: it is no photo, film, sound, PDF or plain text. Pages, programs and packed folders are not taken',
  'two kinds at once':
    'was not kept: it is two kinds of file at once, and could hide something. A picture of the screen would do',
  empty: 'is empty',
  'no room': 'could not be kept just now. Try again in a while, or go on without it',
  'too many': `was not kept: there are ${mostFiles} already`,
};

/** To staff, why there is no working copy. */
export const uncleanWords: Record<Unclean, string> = {
  damaged: 'it is damaged, or not what it says it is',
  'too many dots or pages': 'it has more dots or pages than are unpacked here',
  'took too long': 'it took longer than five seconds, as something made to do harm would',
  'took too much memory': 'it took more memory than it may, as something made to do harm would',
};
