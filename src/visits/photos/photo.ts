/** A photo of a room or an object at a visit, never of a person. Pure. */
import type { CopyableKind } from '../../platform/files/index.ts';
import type { StoredCopy } from '../../platform/files/stored-copies.ts';
import type { Id, MemberId, VisitId } from '../../vocabulary/ids.ts';

export type PhotoId = Id<'photo'>;

/** Kinds of picture; no film and no document. */
export const photoFormats = ['jpeg', 'png', 'webp'] as const satisfies readonly CopyableKind[];

/** The most photos of one visit. */
export const maxPhotos = 100;

export type VisitPhoto = StoredCopy & {
  readonly id: PhotoId;
  readonly visitId: VisitId;
  readonly room: string;
  readonly caption: string;
  readonly recordedBy: MemberId;
  readonly recordedAt: Date;
};
