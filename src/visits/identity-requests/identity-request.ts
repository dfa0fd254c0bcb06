/** An identity request: who asks for which sealed name, why, until when, and the decision. Pure: no clock, database or wording. */
import type { AgencyId, EncounterId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type IdentityRequestId = Id<'opening'>;

/** What the law lets a name be opened for. Curiosity and convenience are none of them. */
export const identityRequestPurposes = [
  'to prevent or detect a crime',
  'to prosecute a crime, or to disclose in proceedings',
  'to protect somebody’s life or safety',
  'to do what a court or a law requires',
] as const;
export type IdentityRequestPurpose = (typeof identityRequestPurposes)[number];

/** Possible durations, from the time of the request. */
export const requestableHours = ['1', '4', '12', '24'] as const;
export const maxHours = 24;

export type IdentityRequest = {
  readonly id: IdentityRequestId;
  readonly encounterId: EncounterId;
  readonly operationId: OperationId;
  /** The agency that leads the operation: its custodians decide. */
  readonly ownerId: AgencyId;
  readonly askedBy: MemberId;
  readonly agencyId: AgencyId;
  readonly purpose: IdentityRequestPurpose;
  readonly reason: string;
  readonly askedAt: Date;
  readonly until: Date;
};

export type IdentityRequestDecision = {
  readonly id: IdentityRequestId;
  readonly granted: boolean;
  readonly reasons: string;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
};

/** That a custodian ended it before its time. */
export type EarlyEnd = {
  readonly id: IdentityRequestId;
  readonly reasons: string;
  readonly endedBy: MemberId;
  readonly endedAt: Date;
};

const hour = 3_600_000;
export const calculateExpiry = (askedAt: Date, hours: number): Date => new Date(askedAt.getTime() + hours * hour);

export const identityRequestStates = [
  'waits',
  'nobody decided in time',
  'refused',
  'open',
  'opened, and closed again',
  'ended by a custodian',
] as const;
export type IdentityRequestState = (typeof identityRequestStates)[number];

export function getIdentityRequestState(
  { until }: Pick<IdentityRequest, 'until'>,
  decision: IdentityRequestDecision | undefined,
  now: Date,
  end?: EarlyEnd,
): IdentityRequestState {
  if (end) return 'ended by a custodian';
  const over = now >= until;
  if (!decision) return over ? 'nobody decided in time' : 'waits';
  if (!decision.granted) return 'refused';
  return over ? 'opened, and closed again' : 'open';
}

export type DecisionRefusal = 'their own' | 'another agency’s' | 'decided already' | 'too late';

/** Allows a custodian of the agency that leads the operation, once, before the time asked for is over. Refuses the member who asked. */
export function mayDecide(
  identityRequest: IdentityRequest,
  custodian: { readonly memberId: string; readonly agencyId: string },
  decision: IdentityRequestDecision | undefined,
  now: Date,
): Result<true, DecisionRefusal> {
  if (identityRequest.ownerId !== custodian.agencyId) return refuse('another agency’s');
  if (identityRequest.askedBy === custodian.memberId) return refuse('their own');
  if (decision) return refuse('decided already');
  return now < identityRequest.until ? accept(true) : refuse('too late');
}

export type EndRefusal = 'another agency’s' | 'not open';

/** Any custodian of the leading agency may end an open disclosure. */
export function mayEnd(
  identityRequest: IdentityRequest,
  custodian: { readonly agencyId: string },
  { decision, end }: { readonly decision: IdentityRequestDecision | undefined; readonly end: EarlyEnd | undefined },
  now: Date,
): Result<true, EndRefusal> {
  if (identityRequest.ownerId !== custodian.agencyId) return refuse('another agency’s');
  return getIdentityRequestState(identityRequest, decision, now, end) === 'open' ? accept(true) : refuse('not open');
}
