/** A document or photo on a person's record: its name, its consent group, and the kind of its clean copy. Pure: no clock, no database. */

import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { DocumentGroup, PersonId } from '../../vocabulary/information-shared.ts';

export type PaperId = Id<'paper'>;

/** The most documents on one record. */
export const mostPapers = 100;

/** Kinds that have a clean copy, by names that readers know. */
export const paperKinds = ['jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm'] as const;
/** `written here`: a PDF that the application made, with text that can be read out, searched and copied. An upload never becomes one. */
export type PaperKind = (typeof paperKinds)[number] | 'written here';

/** Everything here is sealed. */
export type Said = {
  readonly called: string;
  readonly kind: PaperKind;
  /** The number of pages of a PDF; otherwise one. */
  readonly parts: number;
};

export type Paper = Said & {
  readonly id: PaperId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly item: DocumentGroup;
  /** The id of the clean copy in the folder. */
  readonly fileId: string;
  /** To the hour. */
  readonly addedAt: Date;
};

/** The file name of one part in a package. */
export function packedName(place: number, part: number, { parts }: Pick<Said, 'parts'>, ending: string): string {
  return parts > 1 ? `paper-${place}-page-${part}.${ending}` : `paper-${place}.${ending}`;
}
