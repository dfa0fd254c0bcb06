/** Requests to a custodian to open a source identity, or a file as its reporter sent it: who asks, what for and why, until when, and the decision. Pure. */
import type { CustodianDecision, TimedRequest } from '../../access/custodian-decisions/index.ts';
import type { AgencyId, Id } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';

export const identityPurposes = [
  'life or safety',
  'reporter contact',
  'crime prevention',
  'legal requirement',
] as const;
export type IdentityPurpose = (typeof identityPurposes)[number];

/** Of a file as it came. */
export const originalPurposes = [
  'forensic examination',
  'life or safety',
  'crime prevention',
  'legal requirement',
] as const;
export type OriginalPurpose = (typeof originalPurposes)[number];

/** A reporter who takes a report back withdraws consent to keep its files. A court order still applies. */
export const purposeAfterWithdrawal = 'legal requirement' satisfies OriginalPurpose;

/** Counted from the asking. The database refuses more than 24. */
export const requestHours = ['2', '4', '12', '24'] as const;

export type SourceIdentityRequest = TimedRequest & {
  readonly id: Id<'source identity request'>;
  readonly reportId: ReportId;
  /** The file to be opened as received; null for the source identity. */
  readonly fileId: string | null;
  readonly agencyId: AgencyId;
  readonly purpose: IdentityPurpose | OriginalPurpose;
  readonly reason: string;
  readonly askedAt: Date;
};

export type SourceIdentityDecision = CustodianDecision<SourceIdentityRequest['id']>;
