/** The invitation of a partner to an operation, and its answer. Pure: no clock, no database, no wording. */
import type { AgreementGap } from '../../identity/agreements/index.ts';
import type { AgencyId, MemberId, OperationId, PartnerId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export const invitationAnswers = ['accepted', 'declined'] as const;
export type InvitationAnswer = (typeof invitationAnswers)[number];

/** It shares the id of its partner. */
export type Invitation = {
  readonly id: PartnerId;
  readonly operationId: OperationId;
  readonly agencyId: AgencyId;
  /** On a live site nobody accepts without an agreement on file. */
  readonly needsAgreement: boolean;
  readonly invitedBy: MemberId;
  readonly invitedAt: Date;
  readonly answer: InvitationAnswer | null;
  readonly reason: string | null;
  readonly answeredBy: MemberId | null;
  readonly answeredAt: Date | null;
  /** Who of the agency answered by telephone, and when. A planner of the leading agency recorded it. */
  readonly saidBy: string | null;
  readonly saidAt: Date | null;
};

/** What a partner is in an operation. Its people see nothing before it takes part. Without an invitation it takes part: an own unit, or added before invitations. */
export const partnerStates = ['takes part', 'invited', 'declined'] as const;
export type PartnerState = (typeof partnerStates)[number];

export function getPartnerState(invitation: Pick<Invitation, 'answer'> | undefined): PartnerState {
  if (!invitation || invitation.answer === 'accepted') return 'takes part';
  return invitation.answer ?? 'invited';
}

export type AnswerRefusal = 'answered already' | AgreementGap;

/** Who declined can still accept; who accepted speaks with the planner. On a live site nobody accepts without an agreement. */
export function checkAnswer(
  invitation: Pick<Invitation, 'answer' | 'needsAgreement'>,
  answer: InvitationAnswer,
  agreement: Result<unknown, AgreementGap>,
): Result<true, AnswerRefusal> {
  if (invitation.answer === 'accepted' || invitation.answer === answer) return refuse('answered already');
  return answer === 'accepted' && invitation.needsAgreement && !agreement.ok ? agreement : accept(true);
}
