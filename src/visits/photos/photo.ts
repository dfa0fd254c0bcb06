/** A photo of a room or an object at a visit, never of a person. Pure. */
import type { CopyableKind } from '../../platform/files/index.ts';
import type { StoredCopy } from '../../platform/files/stored-copies.ts';
import type { Id, MemberId, VisitId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

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

/** What decides who may remove a photo. */
export type PhotoKeeping = {
  readonly finishedAt: Date | null;
  /** The agency of the member who took it. */
  readonly agencyId: string | null;
  /** The leader of the team that made the visit. */
  readonly leadId: string | null;
};

/** Who took a photo may remove it, or who leads the team or commands for the same agency, until the visit is finished. The same as the row policy in src/visits/policy.ts. */
export function checkRemoval(
  { recordedBy }: Pick<VisitPhoto, 'recordedBy'>,
  { finishedAt, agencyId, leadId }: PhotoKeeping,
  who: { readonly memberId: string; readonly agencyId: string; readonly commands: boolean },
): Result<true, 'another member' | 'finished'> {
  const answersFor = who.agencyId === agencyId && (who.commands || leadId === who.memberId);
  if (recordedBy !== who.memberId && !answersFor) return refuse('another member');
  return finishedAt ? refuse('finished') : accept(true);
}
