/** A file on a plan: of the whole operation, or of one of its premises. Pure. */
import type { StoredCopy } from '../../platform/files/stored-copies.ts';
import type { Id, MemberId, OperationId, PremisesId } from '../../vocabulary/ids.ts';

export type PlanFileId = Id<'plan file'>;

export const planFileKinds = ['risk assessment', 'site plan', 'photo of the place', 'other file'] as const;
export type PlanFileKind = (typeof planFileKinds)[number];

/** The most files of one operation, and of one of its premises. */
export const maxPlanFiles = 50;

export type PlanFile = StoredCopy & {
  readonly id: PlanFileId;
  readonly operationId: OperationId;
  /** Null for a file of the whole operation. */
  readonly premisesId: PremisesId | null;
  readonly kind: PlanFileKind;
  readonly title: string;
  readonly addedBy: MemberId;
  readonly addedAt: Date;
};
