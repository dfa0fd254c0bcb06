/** A second person confirms a member's identity before their roles begin: what waits, who may confirm, and the decision. Pure: no clock, no database, no wording. */

import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { maySecond } from '../../vocabulary/second-person.ts';

export type ConfirmationId = Id<'confirmation'>;

export const confirmationKinds = ['joined', 'moved', 'account linked'] as const;
export type ConfirmationKind = (typeof confirmationKinds)[number];

export type Confirmation = {
  readonly id: ConfirmationId;
  readonly memberId: MemberId;
  readonly agencyId: AgencyId;
  readonly kind: ConfirmationKind;
  /** The roles that begin with it; none where an account is linked. */
  readonly roles: readonly Role[];
  /** The account at the agency's own sign-in. */
  readonly issuer: string | null;
  readonly subject: string | null;
  /** Everybody who took part in the request; empty where it came from the command line. */
  readonly askedBy: readonly MemberId[];
  readonly askedAt: Date;
};

export type Decision = {
  readonly id: ConfirmationId;
  readonly confirmed: boolean;
  /** How the second person made sure, or why they could not. */
  readonly grounds: string;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
};

/** Who confirms for an agency: for a request from the command line, only a data-protection lead. */
export const confirmingRoles = ({ askedBy }: Pick<Confirmation, 'askedBy'>): readonly Role[] =>
  askedBy.length > 0 ? ['data-protection lead', 'administrator'] : ['data-protection lead'];

export type ConfirmRefusal = 'their own' | 'own request' | 'decided already' | 'gone' | 'another’s';

export type ConfirmationState = {
  readonly confirmation: Confirmation;
  readonly decision: Decision | undefined;
  readonly gone: boolean;
  /** No other member of the agency may confirm: a data-protection lead of the partnership does. */
  readonly nobodyAtHome: boolean;
};

/** Another member than the person and the requesters, responsible for the agency; once, and while the person is here. */
export function mayConfirm(
  { confirmation, decision, gone, nobodyAtHome }: ConfirmationState,
  by: { readonly memberId: string; readonly agencyId: string; readonly roles: readonly Role[] },
): Result<true, ConfirmRefusal> {
  if (decision) return refuse('decided already');
  if (gone) return refuse('gone');
  const { memberId, askedBy, agencyId } = confirmation;
  if (!maySecond(by, { authors: [memberId] }).ok) return refuse('their own');
  if (!maySecond(by, { authors: askedBy }).ok) return refuse('own request');
  const isOwnAgency = maySecond(by, { authors: [], agencyId, roles: confirmingRoles(confirmation) }).ok;
  const isAnyLead = maySecond(by, { authors: [], roles: ['data-protection lead'] }).ok;
  return isOwnAgency || (nobodyAtHome && isAnyLead) ? accept(true) : refuse('another’s');
}
