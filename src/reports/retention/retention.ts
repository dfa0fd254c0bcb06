/** How long a closed report is kept: by dated rules for its outcome, and without end while it is on hold. The clock is that of the retention area. Pure. */
import { ruleInForce } from '../../retention/index.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';

/** Outcomes of a report, chosen when it is closed. */
export const closingOutcomes = [
  'no further action',
  'advice given',
  'referred for help',
  'shared with agency',
  'used in operation',
] as const;
/** Also what nobody chose: its reporter took it back, or it was closed before outcomes were asked for. */
export const outcomes = [...closingOutcomes, 'withdrawn', 'not said'] as const;
export type Outcome = (typeof outcomes)[number];

/** One dated rule of the agency whose line it is. The newest that is in force on the day of judging holds. */
export type RetentionRule = {
  readonly id: Id<'retention rule'>;
  readonly agencyId: AgencyId;
  readonly outcome: Outcome;
  readonly days: number;
  /** The law, agreement or notice that says so, with its date. */
  readonly source: string;
  /** `YYYY-MM-DD` */
  readonly validFrom: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

export type Hold = {
  readonly id: Id<'legal hold'>;
  readonly reportId: ReportId;
  readonly agencyId: AgencyId;
  readonly reason: string;
  /** The day by which somebody has to look whether it is still needed. It holds beyond that until somebody ends it. */
  readonly reviewOn: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
  readonly endedBy: MemberId | null;
  readonly endedAt: Date | null;
  readonly endedBecause: string | null;
};

/** That a report was destroyed; nothing of what it said. */
export type Certificate = {
  readonly id: Id<'destruction certificate'>;
  readonly reportId: ReportId;
  readonly agencyId: AgencyId;
  readonly way: string;
  readonly outcome: Outcome;
  readonly closedAt: Date;
  readonly ruleId: Id<'retention rule'>;
  readonly days: number;
  readonly source: string;
  readonly parts: number;
  readonly hadContact: boolean;
  readonly destroyedAt: Date;
  /** By which its row of the log is found. */
  readonly logRequest: string;
};

/** The agency's rule for reports with this outcome. */
export const findRuleInForce = (
  rules: readonly RetentionRule[],
  outcome: Outcome,
  today: string,
): RetentionRule | undefined =>
  ruleInForce(
    rules.filter((rule) => rule.outcome === outcome),
    today,
    ({ setAt, id }) => `${setAt.toISOString()} ${id}`,
  );

/** What an agency starts from when it says its first rule: to be compared with its own agreement and notice. */
export const proposedRules: Readonly<Record<Outcome, { readonly days: number; readonly source: string }>> = {
  'no further action': { days: 365, source: 'Our privacy notice: one year' },
  'advice given': { days: 365, source: 'Our privacy notice: one year' },
  'referred for help': { days: 365, source: 'Our privacy notice: one year after help has ended' },
  'shared with agency': { days: 365, source: 'Our privacy notice: one year' },
  'used in operation': {
    days: 2_190,
    source: 'Management of police information: six years at the least, reviewed (to be checked with the force)',
  },
  withdrawn: { days: 28, source: 'Our privacy notice: taken back by its reporter' },
  'not said': { days: 2_190, source: 'Closed before outcomes were asked for: the longest of the other rules' },
};
