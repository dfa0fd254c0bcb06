/** A paper or photo on a person's record: what it is called, to which group of what can be agreed it belongs, and of what kind its clean copy is. Pure: no clock, no database. */
import type { PaperGroup, PersonId } from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';

export type PaperId = Id<'paper'>;

/** As many as one record keeps. */
export const mostPapers = 100;

/** Kinds of which a clean copy is made, by the names that a reader knows. */
export const paperKinds = ['jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm'] as const;
/** `written here`: a PDF that this house wrote, with letters that can be read out, sought and copied. No file of anybody’s becomes one. */
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
  /** By which the clean copy lies in the folder. */
  readonly fileId: string;
  /** To the hour. */
  readonly addedAt: Date;
};

/** The name under which a part of one goes into a package. */
export function packedName(place: number, part: number, { parts }: Pick<Said, 'parts'>, ending: string): string {
  return parts > 1 ? `paper-${place}-page-${part}.${ending}` : `paper-${place}.${ending}`;
}
