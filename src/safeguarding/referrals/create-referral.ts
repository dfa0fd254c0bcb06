/** Writes a referral together with its consent or disclosure and its grant, in one transaction. */

import type { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import { bankHolidays } from '../../public/signs/index.ts';
import { addDays, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import {
  requiredForReferral,
  type ShareableItem,
  type SharedItem,
  shareableItems,
} from '../../vocabulary/information-shared.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { endAfterDays } from '../consent/asking/question.ts';
import type { Consent, Scope } from '../consent/consent.ts';
import { createGrant, type GrantRefusal, type GrantRequest } from '../consent/grant.ts';
import { addConsent, addGrant, type ConsentTables, lockConsent } from '../consent/store.ts';
import type { Disclosure, ImmediateDisclosureRefusal } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import { announceGrant } from '../information-sharing/notified-store.ts';
import type { ReferralForm } from './forms.ts';
import {
  buildSharedItems,
  calculateAnswerDeadline,
  type Ground,
  type Referral,
  senderPhonePrefix,
} from './referral.ts';
import { addReferral, type ReferralTables } from './store.ts';
import { describeUrgency, type HeldDocument, isTreatedAsChild, type Subject } from './subject.ts';

export type ReferralAnswers = z.output<typeof ReferralForm>;
export type PreparedReferral = {
  readonly referral: Referral;
  readonly shown: readonly SharedItem[];
  readonly until: Date;
  /** The earlier consent that the referral rests on, if there is one. */
  readonly consent: Consent | undefined;
};

/** What the referral rests on, and the recipients outside Safelight that are allowed. */
export type ReferralBasis = {
  readonly ground: Ground;
  readonly consent: Consent | undefined;
  readonly outside: readonly { readonly id: string }[];
  /** Chosen one by one. */
  readonly papers: readonly HeldDocument[];
};

/** Builds the referral from records and form. The preview shows, and sending sends, exactly this. */
export async function prepareReferral(
  request: Request,
  subject: Subject,
  form: ReferralAnswers,
  { ground, consent, outside, papers }: ReferralBasis,
): Promise<PreparedReferral> {
  const { id, needs, also, answer, handOver } = form;
  const phone = form.senderPhone && `${senderPhonePrefix}${form.senderPhone}`;
  const words = [describeUrgency(subject), form.words, phone].filter(Boolean).join(' ');
  const reach = form.reach ?? subject.safeContact;
  const toAgency = (consent?.recipient ?? form.to) as AgencyId;
  const referral: Referral = {
    id,
    noteId: subject.noteId,
    personId: subject.recordId,
    operationId: subject.operationId,
    day: subject.day,
    fromAgency: request.actor.agencyId as AgencyId,
    authorId: request.actor.memberId as MemberId,
    toAgency,
    outside: outside.some(({ id: one }) => one === toAgency),
    needs,
    ground,
    purpose: consent?.purpose ?? form.purpose,
    handOver,
    answerBy: calculateAnswerDeadline(answer, request.now, request.today, await workingDays()),
    child: isTreatedAsChild(subject) || ground === 'treated as child',
    wantsHelpNow: subject.wantsHelpNow ?? false,
    words,
    state: 'sent',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    outcome: null,
    ended: null,
    endedAt: null,
  };
  const chosen = shareableItems.filter((item) =>
    consent
      ? consent.items.includes(item)
      : requiredForReferral.includes(item) || also.includes(item) || papers.some((paper) => paper.item === item),
  );
  const shown = buildSharedItems(chosen as ShareableItem[], subject, referral, reach, papers);
  return { referral, shown, until: consent?.until ?? endAfterDays(request.today, form.days), consent };
}

async function workingDays() {
  const holidays = await bankHolidays();
  return {
    isWorking: (day: string) =>
      !['Saturday', 'Sunday'].includes(weekdayOf(day)) && holidays('England and Wales', day) === undefined,
    endOf: (day: string) => instantAt(addDays(day, 1), '00:00'),
  };
}

export type CreateReferralRefusal = GrantRefusal | ImmediateDisclosureRefusal;

/** Runs inside the transaction, and locks the consent until the grant is written. */
export async function createReferral(
  tx: Writer<ReferralTables & ConsentTables>,
  keys: UnitKeys,
  request: Request,
  { referral, shown, until, consent }: PreparedReferral,
  {
    subject,
    form,
    disclosure,
  }: { readonly subject: Subject; readonly form: ReferralAnswers; readonly disclosure?: Disclosure | undefined },
): Promise<Result<boolean, CreateReferralRefusal>> {
  const now = floorToHour(request.now);
  const scope: Scope = {
    // A consent keeps the id by which the person was known at that time.
    personId: consent?.personId ?? disclosure?.personId ?? subject.personId,
    act: 'refer',
    recipient: referral.toAgency,
    purpose: referral.purpose ?? form.purpose,
    items: shown.map(({ item }) => item),
    until,
  };
  let ground: Parameters<typeof createGrant>[0];
  if (consent) ground = { consent: await lockConsent(tx, keys, consent.id) };
  else if (disclosure) {
    const once =
      disclosure.timing === 'at once' ? await disclosures.addImmediateDisclosure(tx, keys, disclosure) : accept(true);
    if (!once.ok) return once;
    // The sender may not change the disclosure and so cannot lock it. The database locks it when the grant is written.
    ground = { disclosure: await disclosures.getDisclosure(tx, keys, disclosure.id) };
  } else ground = { consent: buildReportedConsent(scope, subject, request) };
  const grant = createGrant(ground, buildGrantRequest(scope, referral, shown, now), now);
  if (!grant.ok) return grant;
  if (!(await addReferral(tx, keys, referral))) return accept(false);
  if ('consent' in ground && !consent) await addConsent(tx, keys, ground.consent);
  await addGrant(tx, keys, grant.value);
  if (!referral.outside) await announceGrant(tx, grant.value, isUrgent(referral));
  return accept(true);
}

/** A child or a person who wants help now cannot wait until the morning. */
const isUrgent = ({ child, wantsHelpNow }: Referral): boolean => child || wantsHelpNow === true;

const buildGrantRequest = (
  scope: Scope,
  referral: Referral,
  shown: readonly SharedItem[],
  madeAt: Date,
): GrantRequest => ({
  ...scope,
  id: newTimelessId(),
  operationId: referral.operationId,
  fromAgency: referral.fromAgency,
  authorId: referral.authorId,
  referralId: referral.id,
  shown,
  madeAt,
});

/** A consent that a worker reports. Which words and language the person heard is unknown, so none are recorded. */
const buildReportedConsent = (scope: Scope, { operationId }: Subject, request: Request): Consent => ({
  ...scope,
  id: newTimelessId(),
  operationId,
  agencyId: request.actor.agencyId as AgencyId,
  authorId: request.actor.memberId as MemberId,
  wording: 'A worker says that the person agreed. By which words is not written down.',
  shownWording: null,
  shownLanguage: null,
  language: null,
  how: 'reported by worker',
  interpreted: 'not written down',
  interpreter: null,
  givenAt: floorToHour(request.now),
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawnHow: null,
});
