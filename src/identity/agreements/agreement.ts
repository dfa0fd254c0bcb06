/** Agreements on file between agencies: whether one lets a partner join a live operation, and when it needs a review. Pure: no clock, no database, no wording. */
import { addDays, addMonths } from '../../vocabulary/calendar/days.ts';
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
  /** The agencies that confirmed it as it is now, each itself. */
  readonly confirmed: readonly AgencyId[];
  /** The agreement that it replaces, once all have confirmed it. Until then that one counts. */
  readonly replaces: AgreementId | null;
  /** Agencies of the one that it replaces. They must confirm it too, so that nobody takes them off an agreement. */
  readonly alsoAsks: readonly AgencyId[];
  /** The agencies that withdrew from it, and why the last of them did. */
  readonly withdrawn: readonly AgencyId[];
  readonly withdrawnReason: string | null;
};

/** What an agency enters of an agreement. All others are asked about a change of it. */
export type AgreementTerms = Pick<
  Agreement,
  'agencies' | 'reference' | 'signedOn' | 'reviewOn' | 'dpiaReference' | 'dpiaOn'
>;

/** Each agency that must confirm it. */
export const listAsked = ({ agencies, alsoAsks }: Pick<Agreement, 'agencies' | 'alsoAsks'>): AgencyId[] => [
  ...new Set([...agencies, ...alsoAsks]),
];

/** The agencies that it waits for. */
export const listMissing = (agreement: Agreement): AgencyId[] =>
  listAsked(agreement).filter((id) => !agreement.confirmed.includes(id));

const isConfirmed = (agreement: Agreement): boolean => listMissing(agreement).length === 0;

/** `dropped`: an agency withdrew before all had confirmed it, so that it never counts. */
export type AgreementStanding = 'waiting' | 'confirmed' | 'dropped' | 'replaced' | 'withdrawn';

export function getStanding(agreement: Agreement, all: readonly Agreement[]): AgreementStanding {
  if (!isConfirmed(agreement)) return agreement.withdrawn.length > 0 ? 'dropped' : 'waiting';
  if (all.some((other) => other.replaces === agreement.id && isConfirmed(other))) return 'replaced';
  return agreement.agencies.length - agreement.withdrawn.length < 2 ? 'withdrawn' : 'confirmed';
}

/** The change of it that waits for agencies. There is one at most. */
export const findWaitingChange = (agreement: Agreement, all: readonly Agreement[]): Agreement | undefined =>
  all.find((other) => other.replaces === agreement.id && getStanding(other, all) === 'waiting');

export type ConfirmRefusal = 'not asked' | 'confirmed already' | 'dropped';

/** An agency confirms for itself, once. */
export function confirmAgreement(agreement: Agreement, agency: string): Result<Agreement, ConfirmRefusal> {
  if (!(listAsked(agreement) as string[]).includes(agency)) return refuse('not asked');
  if (agreement.withdrawn.length > 0) return refuse('dropped');
  if ((agreement.confirmed as readonly string[]).includes(agency)) return refuse('confirmed already');
  return accept({ ...agreement, confirmed: [...agreement.confirmed, agency as AgencyId] });
}

/** Whether an agency may withdraw: before all have confirmed it, from the whole; later for itself. */
export const mayWithdraw = (agreement: Agreement, agency: string, standing: AgreementStanding): boolean =>
  (standing === 'waiting' || standing === 'confirmed') &&
  (listAsked(agreement) as string[]).includes(agency) &&
  !(agreement.withdrawn as readonly string[]).includes(agency);

export type DateRefusal = 'signed too early' | 'review too late' | 'too old for a review';
const earliest = '2015-01-01';
const longestReviewYears = 5;
const longestYears = 10;

/** What is no plausible date: from before the Modern Slavery Act 2015, a review more than five years ahead, or one more than ten years after the signature. */
export function findDateRefusals(
  { signedOn, reviewOn }: Pick<Agreement, 'signedOn' | 'reviewOn'>,
  today: string,
): DateRefusal[] {
  const early: DateRefusal[] = signedOn < earliest ? ['signed too early'] : [];
  if (reviewOn > addMonths(today, 12 * longestReviewYears)) return [...early, 'review too late'];
  return reviewOn > addMonths(signedOn, 12 * longestYears) ? [...early, 'too old for a review'] : early;
}

/** What is missing, the least first. */
export const agreementGaps = ['not confirmed', 'no DPIA', 'review overdue', 'no agreement'] as const;
export type AgreementGap = (typeof agreementGaps)[number];

/** An agency that withdrew is covered no longer; the others are, with each other. */
const covers = ({ agencies, withdrawn }: Agreement, ...asked: readonly string[]): boolean =>
  asked.every(
    (agency) => (agencies as readonly string[]).includes(agency) && !(withdrawn as readonly string[]).includes(agency),
  );

/** Whether this agreement counts on this day. Refuses with what is missing. */
export const checkAgreement = (agreement: Agreement, day: string): Result<Agreement, AgreementGap> => {
  if (agreement.signedOn > day) return refuse('no agreement');
  if (!isConfirmed(agreement)) return refuse('not confirmed');
  if (agreement.reviewOn < day) return refuse('review overdue');
  return agreement.dpiaOn !== null && agreement.dpiaOn <= day ? accept(agreement) : refuse('no DPIA');
};

const ended: readonly AgreementStanding[] = ['dropped', 'replaced', 'withdrawn'];

/** The agreement between two agencies that counts on this day. Refuses with the least that is missing. */
export function findAgreement(
  agreements: readonly Agreement[],
  [one, other]: readonly [string, string],
  day: string,
): Result<Agreement, AgreementGap> {
  const checked = agreements
    .filter((agreement) => covers(agreement, one, other) && !ended.includes(getStanding(agreement, agreements)))
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
      getStanding(agreement, agreements) === 'confirmed' &&
      addDays(agreement.reviewOn, -reviewNoticeDays) <= day &&
      !agreements.some(
        (other) => isConfirmed(other) && other.reviewOn > agreement.reviewOn && covers(other, ...agreement.agencies),
      ),
  );
