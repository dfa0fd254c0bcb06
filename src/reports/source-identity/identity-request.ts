/** Requests to a custodian to open a source identity, or a file as its reporter sent it: who asks, what for and why, until when, and the decision. Pure. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { ReportId } from '../report.ts';

export const identityPurposes = [
  'to protect somebody’s life or safety',
  'to reach the reporter in the way that was said to be safe',
  'to prevent or detect a crime',
  'to do what a court or a law requires',
] as const;
export type IdentityPurpose = (typeof identityPurposes)[number];

/** Of a file as it came. */
export const originalPurposes = [
  'to have it examined as evidence',
  'to protect somebody’s life or safety',
  'to prevent or detect a crime',
  'to do what a court or a law requires',
] as const;
export type OriginalPurpose = (typeof originalPurposes)[number];

/** A reporter who takes a report back withdraws consent to keep its files. A court order still applies. */
export const purposeAfterWithdrawal = 'to do what a court or a law requires' satisfies OriginalPurpose;

/** Counted from the asking. The database refuses more than 24. */
export const requestHours = ['2', '4', '12', '24'] as const;

export type SourceIdentityRequest = {
  readonly id: Id<'source identity request'>;
  readonly reportId: ReportId;
  /** The file to be opened as received; null for the source identity. */
  readonly fileId: string | null;
  readonly agencyId: AgencyId;
  readonly askedBy: MemberId;
  readonly purpose: IdentityPurpose | OriginalPurpose;
  readonly reason: string;
  readonly askedAt: Date;
  readonly until: Date;
};

export type SourceIdentityDecision = {
  readonly id: SourceIdentityRequest['id'];
  readonly granted: boolean;
  readonly reasons: string;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
};

export type RequestState = 'waits' | 'nobody decided in time' | 'refused' | 'open' | 'opened, and closed again';

export function requestStateOf(
  { until }: Pick<SourceIdentityRequest, 'until'>,
  decision: Pick<SourceIdentityDecision, 'granted'> | undefined,
  now: Date,
): RequestState {
  const over = now >= until;
  if (!decision) return over ? 'nobody decided in time' : 'waits';
  if (!decision.granted) return 'refused';
  return over ? 'opened, and closed again' : 'open';
}

export type DecisionRefusal = 'their own' | 'decided already' | 'too late';

/** A custodian other than the one who asked may decide, once, until the request expires. Row policies check the agency. */
export function mayDecide(
  identityRequest: Pick<SourceIdentityRequest, 'askedBy' | 'until'>,
  memberId: string,
  decision: object | undefined,
  now: Date,
): Result<true, DecisionRefusal> {
  if (identityRequest.askedBy === memberId) return refuse('their own');
  if (decision) return refuse('decided already');
  return now < identityRequest.until ? accept(true) : refuse('too late');
}
