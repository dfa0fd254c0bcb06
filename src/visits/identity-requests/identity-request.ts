/** An identity request: who asks for which sealed name, why, until when, and the decision. Pure: no clock, database or wording. */
import {
  type CustodianDecision,
  type DecisionRefusal,
  type EarlyEnd,
  mayDecideRequest,
  requestStateOf,
  type TimedRequest,
} from '../../access/custodian-decisions/index.ts';
import type { AgencyId, EncounterId, Id, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type IdentityRequestId = Id<'opening'>;

/** What the law lets a name be opened for. Curiosity and convenience are none of them. */
export const identityRequestPurposes = [
  'crime prevention',
  'prosecution or disclosure',
  'life or safety',
  'legal requirement',
] as const;
export type IdentityRequestPurpose = (typeof identityRequestPurposes)[number];

/** Possible durations, from the time of the request. */
export const requestableHours = ['1', '4', '12', '24'] as const;

export type IdentityRequest = TimedRequest & {
  readonly id: IdentityRequestId;
  readonly encounterId: EncounterId;
  readonly operationId: OperationId;
  /** The agency that leads the operation: its custodians decide. */
  readonly ownerId: AgencyId;
  readonly agencyId: AgencyId;
  readonly purpose: IdentityRequestPurpose;
  readonly reason: string;
  readonly askedAt: Date;
};

export type IdentityRequestDecision = CustodianDecision<IdentityRequestId>;
export type IdentityRequestEnd = EarlyEnd<IdentityRequestId>;

export type IdentityDecisionRefusal = DecisionRefusal | 'another agency’s';

/** Allows a custodian of the agency that leads the operation, once, before the time asked for is over. Refuses the member who asked. */
export function mayDecide(
  identityRequest: IdentityRequest,
  custodian: { readonly memberId: string; readonly agencyId: string },
  decision: IdentityRequestDecision | undefined,
  now: Date,
): Result<true, IdentityDecisionRefusal> {
  if (identityRequest.ownerId !== custodian.agencyId) return refuse('another agency’s');
  return mayDecideRequest(identityRequest, custodian.memberId, decision, now);
}

export type EndRefusal = 'another agency’s' | 'not open';

/** Any custodian of the leading agency may end an open disclosure. */
export function mayEnd(
  identityRequest: IdentityRequest,
  custodian: { readonly agencyId: string },
  {
    decision,
    end,
  }: { readonly decision: IdentityRequestDecision | undefined; readonly end: IdentityRequestEnd | undefined },
  now: Date,
): Result<true, EndRefusal> {
  if (identityRequest.ownerId !== custodian.agencyId) return refuse('another agency’s');
  return requestStateOf(identityRequest, decision, now, end) === 'open' ? accept(true) : refuse('not open');
}
