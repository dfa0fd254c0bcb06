/** An identity request: who asks for which sealed name, why, until when, and the decision. Pure: no clock, database or wording. */
import type { AgencyId, EncounterId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type OpeningId = Id<'opening'>;

/** What the law lets a name be opened for. Curiosity and convenience are none of them. */
export const openingPurposes = [
  'to prevent or detect a crime',
  'to prosecute a crime, or to disclose in proceedings',
  'to protect somebody’s life or safety',
  'to do what a court or a law requires',
] as const;
export type OpeningPurpose = (typeof openingPurposes)[number];

/** Possible durations, from the time of the request. */
export const hoursToAsk = ['1', '4', '12', '24'] as const;
export const mostHours = 24;

export type Opening = {
  readonly id: OpeningId;
  readonly encounterId: EncounterId;
  readonly operationId: OperationId;
  /** The agency that leads the operation: its custodians decide. */
  readonly ownerId: AgencyId;
  readonly askedBy: MemberId;
  readonly agencyId: AgencyId;
  readonly purpose: OpeningPurpose;
  readonly reason: string;
  readonly askedAt: Date;
  readonly until: Date;
};

export type Decision = {
  readonly id: OpeningId;
  readonly granted: boolean;
  readonly reasons: string;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
};

/** That a custodian ended it before its time. */
export type End = {
  readonly id: OpeningId;
  readonly reasons: string;
  readonly endedBy: MemberId;
  readonly endedAt: Date;
};

const hour = 3_600_000;
export const untilOf = (askedAt: Date, hours: number): Date => new Date(askedAt.getTime() + hours * hour);

export const openingStates = [
  'waits',
  'nobody decided in time',
  'refused',
  'open',
  'opened, and closed again',
  'ended by a custodian',
] as const;
export type OpeningState = (typeof openingStates)[number];

export function stateOf(
  { until }: Pick<Opening, 'until'>,
  decision: Decision | undefined,
  now: Date,
  end?: End,
): OpeningState {
  if (end) return 'ended by a custodian';
  const over = now >= until;
  if (!decision) return over ? 'nobody decided in time' : 'waits';
  if (!decision.granted) return 'refused';
  return over ? 'opened, and closed again' : 'open';
}

export type DecisionRefusal = 'her own' | 'another agency’s' | 'decided already' | 'too late';

/** Allows a custodian of the agency that leads the operation, once, before the time asked for is over. Refuses the member who asked. */
export function mayDecide(
  opening: Opening,
  custodian: { readonly memberId: string; readonly agencyId: string },
  decision: Decision | undefined,
  now: Date,
): Result<true, DecisionRefusal> {
  if (opening.ownerId !== custodian.agencyId) return refuse('another agency’s');
  if (opening.askedBy === custodian.memberId) return refuse('her own');
  if (decision) return refuse('decided already');
  return now < opening.until ? accept(true) : refuse('too late');
}

export type EndRefusal = 'another agency’s' | 'not open';

/** Any custodian of the leading agency may end an open disclosure. */
export function mayEnd(
  opening: Opening,
  custodian: { readonly agencyId: string },
  { decision, end }: { readonly decision: Decision | undefined; readonly end: End | undefined },
  now: Date,
): Result<true, EndRefusal> {
  if (opening.ownerId !== custodian.agencyId) return refuse('another agency’s');
  return stateOf(opening, decision, now, end) === 'open' ? accept(true) : refuse('not open');
}
