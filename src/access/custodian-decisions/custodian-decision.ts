/** A member asks a custodian to open one sealed thing to them, for hours that they name; another member, who is a custodian, decides once. Pure. */

import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { maySecond } from '../../vocabulary/second-person.ts';

/** What every such request has, whatever is to be opened. */
export type TimedRequest = {
  readonly askedBy: MemberId;
  /** Counted from the asking, so a late decision leaves less time. */
  readonly until: Date;
};

export type CustodianDecision<RequestId extends string> = {
  readonly id: RequestId;
  readonly granted: boolean;
  readonly reasons: string;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
};

/** That a custodian ended it before its time. */
export type EarlyEnd<RequestId extends string> = {
  readonly id: RequestId;
  readonly reasons: string;
  readonly endedBy: MemberId;
  readonly endedAt: Date;
};

export const maxRequestHours = 24;
export const requestEnd = (askedAt: Date, hours: number): Date => new Date(askedAt.getTime() + hours * hourMs);

export type RequestState =
  | 'waits'
  | 'nobody decided in time'
  | 'refused'
  | 'open'
  | 'opened, and closed again'
  | 'ended by a custodian';

/** It closes by itself when its time is over, decided or not. */
export function requestStateOf(
  { until }: Pick<TimedRequest, 'until'>,
  decision: { readonly granted: boolean } | undefined,
  now: Date,
  end?: object,
): RequestState {
  if (end) return 'ended by a custodian';
  const over = now >= until;
  if (!decision) return over ? 'nobody decided in time' : 'waits';
  if (!decision.granted) return 'refused';
  return over ? 'opened, and closed again' : 'open';
}

export type DecisionRefusal = 'their own' | 'decided already' | 'too late';

/** Allows a member who did not ask, once, before the time asked for is over. Of which agency, the caller or a row policy checks. */
export function mayDecideRequest(
  { askedBy, until }: TimedRequest,
  memberId: string,
  decision: object | undefined,
  now: Date,
): Result<true, DecisionRefusal> {
  if (!maySecond({ memberId }, { authors: [askedBy] }).ok) return refuse('their own');
  if (decision) return refuse('decided already');
  return now < until ? accept(true) : refuse('too late');
}
