/** A document or photo on a person's record: its name, its consent group, and the kind of its clean copy. Pure: no clock, no database. */
import type { PaperGroup, PersonId } from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';

export type PaperId = Id<'paper'>;

/** As many as one record keeps. */
export const mostPapers = 100;

/** Kinds of which a clean copy is made, by the names that a reader knows. */
export const paperKinds = ['jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm'] as const;
/** `written here`: a PDF that the application made, with text that can be read out, searched and copied. An upload never becomes one. */
export type PaperKind = (typeof paperKinds)[number] | 'written here';

/** All that is kept under seal. */
export type Said = {
  readonly called: string;
  readonly kind: PaperKind;
  /** Pages of a PDF; one of all else. */
  readonly parts: number;
};

export type Paper = Said & {
  readonly id: PaperId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly item: PaperGroup;
  /** The id of the clean copy in the folder. */
  readonly fileId: string;
  /** To the hour. */
  readonly addedAt: Date;
};

/** The file name of one part in a package. */
export function packedName(place: number, part: number, { parts }: Pick<Said, 'parts'>, ending: string): string {
  return parts > 1 ? `paper-${place}-page-${part}.${ending}` : `paper-${place}.${ending}`;
}
