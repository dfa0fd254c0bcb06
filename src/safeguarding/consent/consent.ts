/** A person’s consent: one act, for one recipient, one purpose and named groups of data, until a day or until withdrawal. Pure: no clock, no database, no wording. */

import type { AgencyId, Id, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import {
  type DisclosurePurpose,
  type DisclosureToEnforcement,
  draftGroup,
  evidencePurpose,
  nrmPurpose,
  referralPurposes,
  requiredForReferral,
  shareableItems,
} from '../../vocabulary/information-shared.ts';
import { type InterpretingMode, isThroughInterpreter, isWithoutInterpreter } from '../../vocabulary/interpreting.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type ConsentId = Id<'consent'>;

/** Three acts: none of them implies another. */
export const acts = ['examine', 'share', 'refer'] as const;
export type Act = (typeof acts)[number];

export const examinations = [
  'injury examination',
  'a physical examination',
  'sexual health tests',
  'forensic samples',
  'photographs of injuries',
] as const;

export const items = [...shareableItems, ...examinations] as const;
export type Item = (typeof items)[number];
/** The items of each act; no other act may ask for them. A draft goes only to an agency that is asked to submit it (decision 46). */
export const itemsByAct: Record<Act, readonly Item[]> = {
  examine: examinations,
  share: shareableItems.filter((item) => item !== draftGroup),
  refer: shareableItems,
};
/** Sharing without a referral asks for no help and no submission, so those purposes are left out. */
export const purposesByAct: Record<Act, readonly DisclosurePurpose[]> = {
  examine: ['examine and treat', evidencePurpose],
  share: referralPurposes.filter((purpose) => purpose !== referralPurposes[0] && purpose !== nrmPurpose),
  refer: referralPurposes,
};

/** A consent that a worker reports is kept separate from one that the person gave directly. */
export const consentSources = ['the person themself', 'reported by worker'] as const;
export type ConsentSource = (typeof consentSources)[number];

/** The limits of a consent or disclosure, on any ground. */
export type Scope = {
  readonly personId: PersonId;
  readonly act: Act;
  readonly recipient: AgencyId;
  readonly purpose: DisclosurePurpose;
  readonly items: readonly Item[];
  /** Ends at this instant. */
  readonly until: Date;
};

export type Consent = Scope & {
  readonly id: ConsentId;
  readonly operationId: OperationId | null;
  readonly agencyId: AgencyId;
  /** The member who explained it. */
  readonly authorId: MemberId;
  /** The exact English wording that was shown or read out, and the language in which it was explained. The record rests on it. */
  readonly wording: string;
  /** The same in the person’s language, as it was shown beside the English, and its code. Null where only English was shown. */
  readonly shownWording: string | null;
  readonly shownLanguage: string | null;
  /** Null where a worker reports the consent without naming a language. */
  readonly language: string | null;
  readonly how: ConsentSource;
  readonly interpreted: InterpretingMode;
  /** Name or number of the interpreter; sealed. */
  readonly interpreter: string | null;
  /** To the hour. */
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: MemberId | null;
  readonly withdrawnHow: ConsentSource | null;
};

/** A person’s no to one question, kept so that nobody asks again. Nothing rests on it, and nothing counts it. */
export type ConsentRefusal = Omit<Consent, 'withdrawnAt' | 'withdrawnBy' | 'withdrawnHow'>;

type Asked = Pick<Consent, 'act' | 'recipient' | 'purpose'>;
/** Whether both answer one question: the same act, for the same agency and purpose. */
export const isSameQuestion = (one: Asked, other: Asked): boolean =>
  one.act === other.act && one.recipient === other.recipient && one.purpose === other.purpose;

/** Those that still stand: the person has not agreed to the same since. A no withdraws the earlier consents of its agency, so one of the same hour that is not withdrawn came after it. */
export const listStandingRefusals = (
  refusals: readonly ConsentRefusal[],
  consents: readonly Pick<Consent, 'act' | 'recipient' | 'purpose' | 'agencyId' | 'givenAt' | 'withdrawnAt'>[],
): ConsentRefusal[] =>
  refusals.filter(
    (no) =>
      !consents.some(
        (yes) =>
          !yes.withdrawnAt &&
          isSameQuestion(yes, no) &&
          (yes.givenAt > no.givenAt ||
            (yes.agencyId === no.agencyId && yes.givenAt.getTime() === no.givenAt.getTime())),
      ),
  );

export type ConsentTerms = Pick<
  Consent,
  'act' | 'items' | 'purpose' | 'language' | 'interpreted' | 'interpreter' | 'givenAt' | 'until'
>;
export type AskRefusal =
  | 'nothing named'
  | 'another act’s'
  | 'purpose of another act'
  | 'too little to refer'
  | 'nobody interpreted'
  | 'interpreter not named'
  | 'over before it begins'
  | 'longer than a year';

const mostDays = 366;

/** Checks which answers may form one consent. */
export function validateConsent(ask: ConsentTerms): Result<true, AskRefusal> {
  const through = isThroughInterpreter(ask.interpreted);
  const days = (ask.until.getTime() - ask.givenAt.getTime()) / 86_400_000;
  if (ask.items.length === 0) return refuse('nothing named');
  if (!ask.items.every((item) => itemsByAct[ask.act].includes(item))) return refuse('another act’s');
  if (!purposesByAct[ask.act].includes(ask.purpose)) return refuse('purpose of another act');
  if (ask.act === 'refer' && !requiredForReferral.every((item) => ask.items.includes(item)))
    return refuse('too little to refer');
  if (ask.language !== 'en' && isWithoutInterpreter(ask.interpreted)) return refuse('nobody interpreted');
  if (through && !ask.interpreter) return refuse('interpreter not named');
  if (days <= 0) return refuse('over before it begins');
  return days > mostDays ? refuse('longer than a year') : accept(true);
}

type Placed = Pick<Bounds, 'recipient' | 'purpose'> & { readonly id: string; readonly act?: Act };
/** Sorts by hour, latest first. Times are kept only to the hour, so within one hour act, recipient and purpose keep the order stable. */
export const sortByTime = <One extends Placed>(
  all: readonly One[],
  hourOf: (one: One) => Date,
  nameOf: (recipient: AgencyId) => string,
): One[] =>
  all.toSorted(
    (one, other) =>
      hourOf(other).getTime() - hourOf(one).getTime() ||
      acts.indexOf(one.act ?? 'refer') - acts.indexOf(other.act ?? 'refer') ||
      nameOf(one.recipient).localeCompare(nameOf(other.recipient), 'en') ||
      one.purpose.localeCompare(other.purpose, 'en') ||
      one.id.localeCompare(other.id, 'en'),
  );

export const consentStatuses = ['in force', 'run out', 'taken back'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

export function deriveConsentStatus(
  { until, withdrawnAt }: Pick<Consent, 'until' | 'withdrawnAt'>,
  now: Date,
): ConsentStatus {
  if (withdrawnAt) return 'taken back';
  return now < until ? 'in force' : 'run out';
}

export type ScopeRefusal =
  | 'taken back'
  | 'run out'
  | 'another person'
  | 'another act'
  | 'another recipient'
  | 'another purpose'
  | 'not agreed'
  | 'longer than agreed';

/** A scope without its act; also used for disclosures to custody or police. */
export type Bounds = Pick<Scope, 'personId' | 'recipient' | 'until'> & {
  readonly purpose: DisclosurePurpose | DisclosureToEnforcement;
  readonly items: readonly string[];
};

/** Whether the request lies within the limits. Anything not named is refused. */
export function checkWithinBounds(allowed: Bounds, wanted: Bounds): Result<true, ScopeRefusal> {
  if (allowed.personId !== wanted.personId) return refuse('another person');
  if (allowed.recipient !== wanted.recipient) return refuse('another recipient');
  if (allowed.purpose !== wanted.purpose) return refuse('another purpose');
  if (wanted.items.length === 0 || !wanted.items.every((item) => allowed.items.includes(item)))
    return refuse('not agreed');
  return wanted.until > allowed.until ? refuse('longer than agreed') : accept(true);
}

/** A consent in force allows its own act only. */
export function allows(consent: Consent, wanted: Scope, now: Date): Result<true, ScopeRefusal> {
  const standing = deriveConsentStatus(consent, now);
  if (standing !== 'in force') return refuse(standing);
  return consent.act === wanted.act ? checkWithinBounds(consent, wanted) : refuse('another act');
}

export type WithdrawalRefusal = 'taken back already';

/** Possible at any time, even after expiry: recipients are then told of the withdrawal too. */
export const withdraw = (
  consent: Consent,
  how: ConsentSource,
  by: MemberId,
  now: Date,
): Result<Consent, WithdrawalRefusal> =>
  consent.withdrawnAt
    ? refuse('taken back already')
    : accept({ ...consent, withdrawnAt: now, withdrawnBy: by, withdrawnHow: how });
