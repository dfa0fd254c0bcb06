/** A document or photo on a person's record: its name, its consent group, and the kind of its clean copy. Pure: no clock, no database. */

import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import type { DocumentGroup } from '../../vocabulary/information-shared.ts';

export type DocumentId = Id<'paper'>;

/** The most documents on one record. */
export const maxDocuments = 100;

/** Kinds that have a clean copy, by names that readers know. */
export const documentKinds = ['jpeg', 'png', 'webp', 'pdf', 'mp4', 'webm'] as const;
/** `written here`: a PDF that the application made, with text that can be read out, searched and copied. An upload never becomes one. */
export type DocumentKind = (typeof documentKinds)[number] | 'written here';

/** Everything here is sealed. */
export type DocumentDetails = {
  readonly called: string;
  readonly kind: DocumentKind;
  /** The number of pages of a PDF; otherwise one. */
  readonly parts: number;
};

export type PersonDocument = DocumentDetails & {
  readonly id: DocumentId;
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
export const packageFileName = (
  place: number,
  part: number,
  { parts }: Pick<DocumentDetails, 'parts'>,
  ending: string,
): string => (parts > 1 ? `paper-${place}-page-${part}.${ending}` : `paper-${place}.${ending}`);
