/** Disclosure without consent: on one of four legal grounds, item by item, after a second person approves it. If waiting could cost a life, it happens at once and is reviewed afterwards. Pure: no clock, no database, no wording. */

import type { AgencyId, Id, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import type { LegalBasis, SharedItem } from '../../vocabulary/information-shared.ts';
import type { Role } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { maySecond } from '../../vocabulary/second-person.ts';
import { type Bounds, checkWithinBounds, type ScopeRefusal } from '../consent/consent.ts';

export type DisclosureId = Id<'disclosure'>;
/** What a second person approves has the id of the notice or the decision that it will be. */
export const disclosureIdOf = (id: string): DisclosureId => id as DisclosureId;

/** Grounds on which waiting can cost a life or harm a child. A law or a court order leaves time to ask. */
export const urgentBases: readonly LegalBasis[] = ['child', 'vital interests'];

/** Roles that may approve at their own agency. With only one lead there, the lead asks the data-protection lead. */
export const approverRoles = ['safeguarding lead', 'data-protection lead'] as const satisfies readonly Role[];
export const mayApprove = (roles: readonly Role[]): boolean => approverRoles.some((role) => roles.includes(role));

/** The last value comes from before second persons existed; nobody can select it now. */
export const disclosureTimings = ['after approval', 'at once', 'by one alone'] as const;
export type DisclosureTiming = (typeof disclosureTimings)[number];
export const reviewResults = ['agrees', 'something was wrong'] as const;
export type ReviewResult = (typeof reviewResults)[number];

/** A draft of a referral from the person’s record: readable rows, frozen on a day under a digest. */
export type FrozenDraft = {
  readonly paperId: string;
  /** The record that the draft belongs to. */
  readonly personId: PersonId;
  readonly on: string;
  readonly digest: string;
  /** In the form in which later modules write and show it. */
  readonly paper: unknown;
};

/** What the page showed at the request, so that exactly this is approved and disclosed; sealed. For custody and police it is deleted here after sending or refusal. */
export type DisclosurePlan = {
  readonly shown: readonly (Omit<SharedItem, 'item'> & { readonly item: string })[];
  /** The complete drafts among the documents, so that the approver reads what would be sent. */
  readonly drafts?: readonly FrozenDraft[];
  /** The request that it answers, on a page of its own, so that the second person can read it. */
  readonly answering?: { readonly href: string; readonly text: string };
  readonly noteId: string | null;
  readonly form: unknown;
};

export type Disclosure = Bounds & {
  readonly id: DisclosureId;
  readonly operationId: OperationId | null;
  readonly agencyId: AgencyId;
  readonly basis: LegalBasis;
  /** Reasons that let a second person judge; sealed. */
  readonly reasons: string;
  readonly timing: DisclosureTiming;
  /** The member who requests it and wrote the reasons. All times to the hour. */
  readonly askedBy: MemberId;
  readonly askedAt: Date;
  readonly plan: DisclosurePlan | null;
  readonly approvedBy: MemberId | null;
  readonly approvedAt: Date | null;
  readonly refusedBy: MemberId | null;
  readonly refusedAt: Date | null;
  /** Why it could not wait for approval; sealed. */
  readonly cannotWait: string | null;
  /** Deadline for the review of a disclosure at once. */
  readonly reviewBy: Date | null;
  readonly reviewedBy: MemberId | null;
  readonly reviewedAt: Date | null;
  readonly reviewResult: ReviewResult | null;
  /** The reason for a refusal, or what the review found wrong; sealed. */
  readonly said: string | null;
};

export const undecidedDisclosure = {
  approvedBy: null,
  approvedAt: null,
  refusedBy: null,
  refusedAt: null,
  cannotWait: null,
  reviewBy: null,
  reviewedBy: null,
  reviewedAt: null,
  reviewResult: null,
  said: null,
} as const;

export const disclosureStatuses = [
  'waits for approval',
  'approved',
  'refused',
  'to be looked at',
  'looked at',
  'something was wrong',
  'told by one alone',
] as const;
export type DisclosureStatus = (typeof disclosureStatuses)[number];

export function deriveDisclosureStatus({
  timing,
  approvedAt,
  refusedAt,
  reviewResult,
}: Pick<Disclosure, 'timing' | 'approvedAt' | 'refusedAt' | 'reviewResult'>): DisclosureStatus {
  if (timing === 'by one alone') return 'told by one alone';
  if (timing === 'after approval') return approvedAt ? 'approved' : refusedAt ? 'refused' : 'waits for approval';
  if (!reviewResult) return 'to be looked at';
  return reviewResult === 'agrees' ? 'looked at' : 'something was wrong';
}

/** The last two: the same id was already used to ask for approval, or to ask in other words. */
export type ImmediateDisclosureRefusal =
  | 'a lead tells at once'
  | 'time to ask'
  | 'why it cannot wait'
  | 'asked before'
  | 'disclosed otherwise'
  | 'asked otherwise';

/** For members who could approve for colleagues: the one exception to approval in advance. A second person still reviews it afterwards. */
export function checkImmediateDisclosure(
  basis: LegalBasis,
  cannotWait: string | null,
  roles: readonly Role[],
): Result<string, ImmediateDisclosureRefusal> {
  if (!urgentBases.includes(basis)) return refuse('time to ask');
  if (!mayApprove(roles)) return refuse('a lead tells at once');
  return cannotWait ? accept(cannotWait) : refuse('why it cannot wait');
}

type ActingMember = { readonly memberId: MemberId; readonly agencyId: AgencyId; readonly roles: readonly Role[] };
export type ReviewRefusal = 'not yours' | 'who asked' | 'answered already' | 'over' | 'unsaid';

/** The second person must belong to the same agency and must not be the author. */
function checkSecondPerson({ askedBy, agencyId }: Disclosure, by: ActingMember): Result<true, ReviewRefusal> {
  const second = maySecond(by, { agencyId, roles: approverRoles, authors: [askedBy] });
  return second.ok ? second : refuse(second.refusal === 'their own' ? 'who asked' : 'not yours');
}

export function decideDisclosure(
  disclosure: Disclosure,
  { approves, said }: { readonly approves: boolean; readonly said: string | null },
  by: ActingMember,
  now: Date,
): Result<Disclosure, ReviewRefusal> {
  const may = checkSecondPerson(disclosure, by);
  if (!may.ok) return may;
  if (deriveDisclosureStatus(disclosure) !== 'waits for approval') return refuse('answered already');
  if (now >= disclosure.until) return refuse('over');
  if (approves) return accept({ ...disclosure, approvedBy: by.memberId, approvedAt: now });
  return said ? accept({ ...disclosure, refusedBy: by.memberId, refusedAt: now, said }) : refuse('unsaid');
}

/** A review is possible even when it is late or the disclosure is over, so that mistakes are still recorded. */
export function reviewDisclosure(
  disclosure: Disclosure,
  { reviewResult, said }: { readonly reviewResult: ReviewResult; readonly said: string | null },
  by: ActingMember,
  now: Date,
): Result<Disclosure, ReviewRefusal> {
  const may = checkSecondPerson(disclosure, by);
  if (!may.ok) return may;
  if (deriveDisclosureStatus(disclosure) !== 'to be looked at') return refuse('answered already');
  if (reviewResult === 'something was wrong' && !said) return refuse('unsaid');
  return accept({
    ...disclosure,
    reviewedBy: by.memberId,
    reviewedAt: now,
    reviewResult,
    said: reviewResult === 'agrees' ? null : said,
  });
}

/** Digests of the frozen drafts that the second person read. */
export const joinDraftDigests = ({ plan }: Pick<Disclosure, 'plan'>): string =>
  (plan?.drafts ?? []).map(({ digest }) => digest).join(' ');

/** The deadline has passed without a review. */
export const isReviewLate = (
  { reviewBy, reviewResult }: Pick<Disclosure, 'reviewBy' | 'reviewResult'>,
  now: Date,
): boolean => reviewBy !== null && reviewResult === null && now >= reviewBy;

export type PermitRefusal = ScopeRefusal | 'not approved' | 'another asked';

/** Only the author, within the approved limits, and not if the review found something wrong. */
export function checkDisclosurePermits(
  disclosure: Disclosure,
  wanted: Bounds & { readonly authorId: MemberId },
  now: Date,
): Result<true, PermitRefusal> {
  if (!disclosure.approvedAt || disclosure.reviewResult === 'something was wrong') return refuse('not approved');
  if (wanted.authorId !== disclosure.askedBy) return refuse('another asked');
  return now < disclosure.until ? checkWithinBounds(disclosure, wanted) : refuse('run out');
}
