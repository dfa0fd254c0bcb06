/** A power of entry for one premises, from the plan to the return to court. It expires by the day, never by a job. Pure: no clock, no database, no wording. */
import type { Id, OperationId, PartnerId, PremisesId } from '../vocabulary/ids.ts';

export type PowerId = Id<'power'>;

export const powerStates = ['planned', 'applied for', 'granted', 'refused', 'executed', 'returned'] as const;
export type PowerState = (typeof powerStates)[number];

export type Power = {
  readonly id: PowerId;
  readonly operationId: OperationId;
  readonly premisesId: PremisesId;
  /** Its entry in the catalogue of powers. */
  readonly basis: string;
  readonly state: PowerState;
  /** What it is to be used for here: some warrants are wrong for some purposes. */
  readonly purposes: readonly string[];
  /** The partner that applies for it or relies on it, and its officer. */
  readonly holderId: PartnerId | null;
  readonly heldBy: string | null;
  readonly reference: string | null;
  readonly appliedOn: string | null;
  readonly decidedOn: string | null;
  /** The last day on which it may be used. */
  readonly expiresOn: string | null;
  readonly executedAt: Date | null;
  readonly returnedOn: string | null;
  /** Partners that it names to accompany. */
  readonly accompanying: readonly PartnerId[];
  readonly note: string | null;
};
