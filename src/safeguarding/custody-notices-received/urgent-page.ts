/** Which custodians a notice alerts: those on call, and after 15 minutes without acceptance every custodian of the authority. Pure. */
import type { Escalation, Ringing, Shift } from '../../platform/on-call/on-call.ts';
import type { AgencyId, Id } from '../../vocabulary/ids.ts';
import type { CrossingId } from '../custody-notices/notice.ts';
import type { SentenceName } from '../custody-notices/sentence.ts';

export type OnCallShiftId = Id<'custodian turn'>;
export type OnCallShift = Shift<OnCallShiftId>;

export const passOnMethods = ['custody officer', 'charging officer', 'detention officer', 'not held there'] as const;
export type PassOnMethod = (typeof passOnMethods)[number];

export type UrgentNotice = Ringing<CrossingId> & {
  readonly passedOn: PassOnMethod | null;
  readonly passedAt: Date | null;
};

/** What the custodian receives: no name, no sending agency, no ground. */
export type CustodyNotice = {
  readonly id: CrossingId;
  readonly agencyId: AgencyId;
  readonly sentence: SentenceName;
  /** Undefined once it is deleted. */
  readonly reference: string | undefined;
  /** The notice that it withdraws. */
  readonly withdraws: CrossingId | null;
  /** Rounded up to the full hour. */
  readonly arrivedAt: Date;
};

/** A custodian on call should accept within this many minutes. */
export const minutesToAnswer = 15;

/** All on call are alerted at once, and then every custodian. */
export const escalation: Escalation = { minutes: minutesToAnswer, oneByOne: false };

export const deliveryStatuses = ['on its way', 'rings', 'rings on', 'a custodian has it'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** All that the sending side learns. The outcome is left out, or a guessed reference would reveal who is in custody. */
export function deliveryStatusOf(
  found: { readonly rounds: number; readonly acknowledged: boolean } | undefined,
): DeliveryStatus {
  if (!found) return 'on its way';
  if (found.acknowledged) return 'a custodian has it';
  return found.rounds >= minutesToAnswer ? 'rings on' : 'rings';
}
