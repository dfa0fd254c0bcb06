/** Emergency access to an operation: three hours of reading, for a reason, with immediate notification and review by somebody else. Pure: no clock, no database, no wording. */

import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { maySecond } from '../../vocabulary/second-person.ts';

export type BreakGlassId = Id<'emergency access'>;

export type BreakGlass = {
  readonly id: BreakGlassId;
  readonly operationId: OperationId;
  readonly memberId: MemberId;
  readonly agencyId: AgencyId;
  /** The agency that leads the operation, and answers for it. */
  readonly ownerId: AgencyId;
  readonly reason: string;
  readonly openedAt: Date;
  readonly until: Date;
  readonly endedAt: Date | null;
};

export const findings = ['needed', 'needed in part', 'not needed'] as const;
export type Finding = (typeof findings)[number];

export type Review = {
  readonly id: BreakGlassId;
  readonly reviewedBy: MemberId;
  readonly finding: Finding;
  readonly reasons: string;
  readonly reviewedAt: Date;
};

export const breakGlassHours = 3;
/** After so long without a review both agencies' data-protection leads and the auditor are shown it. */
export const reviewHours = 72;

export const calculateExpiry = (openedAt: Date): Date => new Date(openedAt.getTime() + breakGlassHours * hourMs);

/** When it ended, or will. */
export const getEnd = ({ until, endedAt }: Pick<BreakGlass, 'until' | 'endedAt'>): Date => endedAt ?? until;
export const isOpen = (glass: Pick<BreakGlass, 'until' | 'endedAt'>, now: Date): boolean => now < getEnd(glass);

/** When the review must be done. */
export const getReviewDue = (glass: Pick<BreakGlass, 'until' | 'endedAt'>): Date =>
  new Date(getEnd(glass).getTime() + reviewHours * hourMs);

export const isOverdue = (glass: Pick<BreakGlass, 'until' | 'endedAt'>, review: unknown, now: Date): boolean =>
  !review && now >= getReviewDue(glass);

export type ReviewRefusal = 'their own' | 'another agency’s' | 'still open' | 'reviewed already';

/** Another member of the agency that owns the operation, after the access has ended, and once. */
export function mayReview(
  glass: BreakGlass,
  reviewer: { readonly memberId: string; readonly agencyId: string },
  review: Review | undefined,
  now: Date,
): Result<true, ReviewRefusal> {
  const second = maySecond(reviewer, { agencyId: glass.ownerId, authors: [glass.memberId] });
  if (!second.ok) return second;
  if (review) return refuse('reviewed already');
  return isOpen(glass, now) ? refuse('still open') : accept(true);
}
