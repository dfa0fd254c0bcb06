/** What keeps sealed bytes under ids: a folder, or a bucket. Neither ever sees what is in them. */
import { Problem } from '../http/problem.ts';

/** `police` and `help` are the lines of reports; `papers` are of people's records, `plans` of plans and `visits` of visits. */
export const fileGroups = ['police', 'help', 'papers', 'plans', 'visits'] as const;
export type FileGroup = (typeof fileGroups)[number];
/** A file of an unfinished report, or one that is being cleaned, is under `waiting`. */
export type Shelf = FileGroup | 'waiting';

export const isFileId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

export function checkFileId(id: string): string {
  if (!isFileId(id)) throw new Error('no id of a file');
  return id;
}

export type Pieces = AsyncIterable<Uint8Array>;

/** Each refuses with `FilesUnavailable` where the store does not answer, and then nothing is known of the file. */
export type SealedStore = {
  /** Whether a file of so many bytes may come. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
  /** Writes all of it or nothing. Reads the source to its end where the store fails, so that a form can be read on. */
  readonly write: (shelf: Shelf, id: string, sealed: Pieces, at: Date) => Promise<void>;
  /** Undefined where it is not there. */
  readonly read: (shelf: Shelf, id: string) => Promise<(() => Pieces) | undefined>;
  /** As `read`, and can be read even if it is deleted meanwhile. The caller must close it. */
  readonly hold: (shelf: Shelf, id: string) => Promise<HeldBytes | undefined>;
  readonly has: (shelf: Shelf, id: string) => Promise<boolean>;
  /** Returns when it is gone for certain, or was not there. */
  readonly remove: (shelf: Shelf, id: string) => Promise<void>;
  readonly move: (id: string, from: Shelf, to: Shelf) => Promise<void>;
  /** Makes it as young as the moment, where it is there. */
  readonly touch: (shelf: Shelf, id: string, at: Date) => Promise<void>;
  /** The ids of a shelf with their last time. */
  readonly list: (shelf: Shelf) => Promise<readonly { readonly id: string; readonly at: number }[]>;
};

export type HeldBytes = { readonly read: () => Pieces; readonly letGo: () => Promise<void> };

/** The store does not answer, or refuses this process. Says which, and names neither key nor file. */
export class FilesUnavailable extends Problem {
  /** `away`: it may answer later. `refused`: a setting or a right must change. */
  readonly why: 'away' | 'refused';
  /** What happened, for who runs Safelight. */
  readonly what: string;

  constructor(why: 'away' | 'refused', what: string) {
    super('unavailable', `the store of files is ${why}: ${what}`);
    this.why = why;
    this.what = what;
  }
}
