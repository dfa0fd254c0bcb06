/** Writes a disclosure without consent before anything is sent. A second person approves it, or its author discloses at once if they could approve for colleagues. */

import type { MemberWithAgency } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Request } from '../../platform/http/server.ts';
import { ceilToHour, floorToHour } from '../../vocabulary/calendar/moments.ts';
import { draftGroup, listSharedDocuments } from '../../vocabulary/information-shared.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { dueOf } from '../deadlines/clock.ts';
import { calendarOf } from '../deadlines/work-calendar.ts';
import type { PreparedReferral, ReferralAnswers } from '../referrals/create-referral.ts';
import type { Subject } from '../referrals/subject.ts';
import {
  approverRoles,
  checkImmediateDisclosure,
  type Disclosure,
  type DisclosurePlan,
  deriveDisclosureStatus,
  type FrozenDraft,
  type ImmediateDisclosureRefusal,
  undecidedDisclosure,
} from './disclosure.ts';
import { findSendingRoute } from './outside-referrals.ts';
import * as disclosures from './store.ts';

type ReferralContext = {
  readonly subject: Subject;
  readonly form: ReferralAnswers;
  readonly drafts: readonly FrozenDraft[];
};

/** What the author wants to disclose without consent, and what the page showed. */
export type DisclosureRequest = Pick<
  Disclosure,
  'id' | 'personId' | 'operationId' | 'recipient' | 'purpose' | 'items' | 'until' | 'basis' | 'reasons'
> & { readonly plan: DisclosurePlan };
type ImmediateDisclosureAnswers = { readonly atOnce: boolean; readonly cannotWait: string | null };

/** Prepares it for approval. If the author could approve for colleagues and says why it cannot wait, it is disclosed at once. A second person then reviews it afterwards. */
export async function prepareDisclosure(
  request: Request,
  { plan, ...wanted }: DisclosureRequest,
  { atOnce: isImmediate, cannotWait }: ImmediateDisclosureAnswers,
): Promise<Result<Disclosure, ImmediateDisclosureRefusal>> {
  const asked = {
    ...wanted,
    ...undecidedDisclosure,
    agencyId: request.actor.agencyId as Disclosure['agencyId'],
    askedBy: request.actor.memberId as Disclosure['askedBy'],
    askedAt: floorToHour(request.now),
  };
  if (!isImmediate) return accept({ ...asked, timing: 'after approval', plan });
  const once = checkImmediateDisclosure(asked.basis, cannotWait, request.actor.roles);
  if (!once.ok) return once;
  const reviewBy = await calculateReviewDeadline(request.now);
  const { askedBy: approvedBy, askedAt: approvedAt } = asked;
  // What goes to custody or police is kept by the module that sends it.
  const kept = findSendingRoute(asked).sent ? null : plan;
  return accept({ ...asked, timing: 'at once', plan: kept, approvedBy, approvedAt, cannotWait: once.value, reviewBy });
}

/** The end of the next working day, rounded to the hour. */
const calculateReviewDeadline = async (now: Date): Promise<Date> =>
  ceilToHour(
    dueOf({ counts: 'working days', days: 1, until: 'end of the day' }, now, await calendarOf('England and Wales')),
  );

/** For a person read as a child or of unknown age, the ground itself is the reason. */
const reasonsFor = (basis: Disclosure['basis'], { reasons }: ReferralAnswers, { age }: Subject): string | null =>
  reasons ??
  (basis === 'child' && age !== 'not read' ? 'Under 18, or age not known: help is arranged in any case' : null);

/** The disclosure that a referral rests on: waiting for approval, or at once with the reason why it cannot wait. */
export async function prepareReferralDisclosure(
  request: Request,
  made: PreparedReferral,
  of: ReferralContext,
  basis: Disclosure['basis'],
): Promise<Result<Disclosure, 'no reasons' | 'draft not frozen' | ImmediateDisclosureRefusal>> {
  const drafts = listSharedDocuments(made.shown.filter(({ item }) => item === draftGroup));
  if (!drafts.every(({ id }) => of.drafts.some(({ paperId }) => paperId === id))) return refuse('draft not frozen');
  const reasons = reasonsFor(basis, of.form, of.subject);
  if (!reasons) return refuse('no reasons');
  const { referral, shown, until } = made;
  const { subject, form, drafts: frozen } = of;
  const wanted: DisclosureRequest = {
    // One form makes one disclosure, however often it is sent.
    id: String(form.id) as Disclosure['id'],
    personId: subject.personId,
    operationId: subject.operationId,
    recipient: referral.toAgency,
    purpose: referral.purpose ?? form.purpose,
    items: shown.map(({ item }) => item),
    until,
    basis,
    reasons,
    plan: { shown, drafts: frozen, noteId: subject.noteId, form },
  };
  return prepareDisclosure(request, wanted, form);
}

/** Other members of the same agency in a role that may approve. */
export const filterSecondPersons = (
  members: readonly MemberWithAgency[],
  { agencyId, memberId }: { readonly agencyId: string; readonly memberId: string },
): { readonly name: string; readonly role: string }[] =>
  members.flatMap((one) => {
    const role = approverRoles.find((name) => one.roles.includes(name));
    return role && one.agencyId === agencyId && one.id !== memberId ? [{ name: one.name, role }] : [];
  });

export const disclosureFields = ['recipient', 'basis', 'items', 'reasons', 'askedBy', 'approvedBy', 'reviewResult'];

/** The author’s own approved disclosure, ready to send unchanged. Throws “not found” if it is another’s, over, for another purpose, or already sent. */
export async function getApprovedDisclosure(
  request: Request,
  keys: UnitKeys,
  id: Disclosure['id'],
  isFor: (purpose: Disclosure['purpose']) => boolean,
): Promise<Disclosure & { readonly plan: DisclosurePlan }> {
  const db = request.look('reasons.shown', id, { fields: [...disclosureFields, 'plan'] });
  const disclosure = await disclosures.getDisclosure(db, keys, id);
  const { plan, askedBy, purpose, until } = disclosure;
  const sends =
    askedBy === request.actor.memberId &&
    isFor(purpose) &&
    deriveDisclosureStatus(disclosure) === 'approved' &&
    floorToHour(request.now) < until &&
    !(await disclosures.findGrantOfDisclosure(db, id));
  if (!sends || !plan) throw notFound('disclosure');
  return { ...disclosure, plan };
}
