/** Agreements on file between agencies: whether one lets a partner join a live operation, and when it needs a review. Pure: no clock, no database, no wording. */
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { AgencyId, Id } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type AgreementId = Id<'agreement'>;

/** An information-sharing agreement, with its data protection impact assessment (DPIA). It covers every two of its agencies. */
export type Agreement = {
  readonly id: AgreementId;
  readonly agencies: readonly AgencyId[];
  readonly reference: string;
  readonly signedOn: string;
  /** The last day on which it counts without a review. */
  readonly reviewOn: string;
  readonly dpiaReference: string | null;
  readonly dpiaOn: string | null;
};

/** What is missing, the least first. */
export const agreementGaps = ['no DPIA', 'review overdue', 'no agreement'] as const;
export type AgreementGap = (typeof agreementGaps)[number];

const covers = ({ agencies }: Agreement, ...asked: readonly string[]): boolean =>
  asked.every((agency) => (agencies as readonly string[]).includes(agency));

/** Whether this agreement counts on this day. Refuses with what is missing. */
export const checkAgreement = (agreement: Agreement, day: string): Result<Agreement, AgreementGap> => {
  if (agreement.signedOn > day) return refuse('no agreement');
  if (agreement.reviewOn < day) return refuse('review overdue');
  return agreement.dpiaOn !== null && agreement.dpiaOn <= day ? accept(agreement) : refuse('no DPIA');
};

/** The agreement between two agencies that counts on this day. Refuses with the least that is missing. */
export function findAgreement(
  agreements: readonly Agreement[],
  [one, other]: readonly [string, string],
  day: string,
): Result<Agreement, AgreementGap> {
  const checked = agreements
    .filter((agreement) => covers(agreement, one, other))
    .map((agreement) => checkAgreement(agreement, day));
  const valid = checked.find(({ ok }) => ok);
  if (valid) return valid;
  const gaps = checked.flatMap((result) => (result.ok ? [] : [result.refusal]));
  return refuse(agreementGaps.find((gap) => gaps.includes(gap)) ?? 'no agreement');
}

/** How long before its last day an agreement needs a review: signatures of several agencies take weeks. */
const reviewNoticeDays = 60;

/** Agreements that need a review by this day. Those that a later agreement of the same agencies replaces are left out. */
export const listToReview = (agreements: readonly Agreement[], day: string): Agreement[] =>
  agreements.filter(
    (agreement) =>
      addDays(agreement.reviewOn, -reviewNoticeDays) <= day &&
      !agreements.some((other) => other.reviewOn > agreement.reviewOn && covers(other, ...agreement.agencies)),
  );
