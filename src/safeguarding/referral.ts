/** A request to one agency to help one person: with her agreement, and with no more than she agreed to. Pure: no clock, no database, no wording. */
import type { AgencyId, Id, MemberId, OperationId } from '../vocabulary/ids.ts';
import type { Role, Side } from '../vocabulary/people.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';
import type { NeedKind, NoteId } from './note.ts';

export const referralStates = ['sent', 'accepted', 'declined'] as const;
export type ReferralState = (typeof referralStates)[number];

/** An adult is referred with her agreement alone; under 18, or age not known, help is arranged in any case (domain 1.2). */
export const grounds = ['agreed', 'under 18 or age not known'] as const;
export type Ground = (typeof grounds)[number];

export type ReferralId = Id<'referral'>;

export type Referral = {
  readonly id: ReferralId;
  readonly noteId: NoteId;
  readonly operationId: OperationId;
  readonly day: string;
  readonly fromAgency: AgencyId;
  readonly authorId: MemberId;
  readonly toAgency: AgencyId;
  readonly needs: readonly NeedKind[];
  readonly ground: Ground;
  /** What the recipient reads; kept under seal. */
  readonly words: string;
  readonly state: ReferralState;
  readonly decidedBy: MemberId | null;
  readonly decidedAt: Date | null;
  /** Why it was declined; kept under seal. */
  readonly reason: string | null;
};

/** The whole of what an agency is shown: the preview and the page both say this and nothing else. */
export type Agreed = Pick<Referral, 'day' | 'fromAgency' | 'needs' | 'ground' | 'words'>;
export const agreedOf = ({ day, fromAgency, needs, ground, words }: Referral): Agreed => ({
  day,
  fromAgency,
  needs,
  ground,
  words,
});

/** Agencies to which a referral may go: on the help side, with somebody there to read it. */
export function recipientsAmong<Agency extends { readonly id: string; readonly side: Side }>(
  agencies: readonly Agency[],
  members: readonly { readonly agencyId: string; readonly roles: readonly Role[] }[],
): Agency[] {
  const reading = new Set(
    members.flatMap(({ agencyId, roles }) => (roles.includes('partner caseworker') ? [agencyId] : [])),
  );
  return agencies.filter(({ id, side }) => side === 'help' && reading.has(id));
}

export type ReferralRefusal = 'not a recipient' | 'not agreed';

/** Refuses an adult who has not agreed, and an agency that does not help. Asks nothing of cooperation or status (design 3.12). */
export function refer(
  to: string,
  agreed: Ground | 'not agreed',
  recipients: readonly { readonly id: string }[],
): Result<Ground, ReferralRefusal> {
  if (!recipients.some(({ id }) => id === to)) return refuse('not a recipient');
  return agreed === 'not agreed' ? refuse('not agreed') : accept(agreed);
}

export type DecisionRefusal = 'already decided' | 'reason missing';

export function decide(
  referral: Referral,
  decision: 'accepted' | 'declined',
  reason: string | null,
  by: MemberId,
  at: Date,
): Result<Referral, DecisionRefusal> {
  if (referral.state !== 'sent') return refuse('already decided');
  if (decision === 'declined' && !reason) return refuse('reason missing');
  return accept({
    ...referral,
    state: decision,
    decidedBy: by,
    decidedAt: at,
    reason: decision === 'declined' ? reason : null,
  });
}
