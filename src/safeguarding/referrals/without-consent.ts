/** What is told without consent is written down first: to be approved by somebody else, or told at once by who could approve it for another. */

import type { Colleague } from '../../identity/agencies/index.ts';
import { hourOf } from '../../platform/audit.ts';
import type { UnitKeys } from '../../platform/crypto.ts';
import type { Seen } from '../../platform/database.ts';
import type { Request } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';
import { draftGroup, papersIn } from '../../vocabulary/agreed.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import {
  type AtOnceRefusal,
  approvers,
  atOnce,
  type ConsentTables,
  type Disclosure,
  type DisclosurePlan,
  disclosures,
  type FrozenDraft,
  nobodyYet,
  standingOfDisclosure,
  wayOf,
} from '../consent/index.ts';
import { calendarOf, dueOf } from '../deadlines/index.ts';
import { hourAfter, type MadeReferral, type Refer } from './referral-making.ts';
import type { Subject } from './subject.ts';

type Of = { readonly subject: Subject; readonly form: Refer; readonly drafts: readonly FrozenDraft[] };

/** All that somebody wants to tell without consent, and what stood on the page. */
export type WithoutConsent = Pick<
  Disclosure,
  'id' | 'personId' | 'operationId' | 'recipient' | 'purpose' | 'items' | 'until' | 'basis' | 'reasons'
> & { readonly plan: DisclosurePlan };
type AtOnce = { readonly atOnce: boolean; readonly cannotWait: string | null };

/** To be approved by somebody else, as it stands; or, where who asks could approve it for another and says why it cannot wait, told at once: then the database waits for a second person who looks afterwards. */
export async function askedWithoutConsent(
  request: Request,
  { plan, ...wanted }: WithoutConsent,
  { atOnce: now, cannotWait }: AtOnce,
): Promise<Result<Disclosure, AtOnceRefusal>> {
  const asked = {
    ...wanted,
    ...nobodyYet,
    agencyId: request.actor.agencyId as Disclosure['agencyId'],
    askedBy: request.actor.memberId as Disclosure['askedBy'],
    askedAt: hourOf(request.now),
  };
  if (!now) return accept({ ...asked, told: 'after approval', plan });
  const once = atOnce(asked.basis, cannotWait, request.actor.roles);
  if (!once.ok) return once;
  const lookBy = await lookedAtBy(request.now);
  const { askedBy: approvedBy, askedAt: approvedAt } = asked;
  // What crosses the wall is kept where it crossed.
  const kept = wayOf(asked).sent ? null : plan;
  return accept({ ...asked, told: 'at once', plan: kept, approvedBy, approvedAt, cannotWait: once.value, lookBy });
}

/** Until the end of the next working day, to the full hour. */
const lookedAtBy = async (now: Date): Promise<Date> =>
  hourAfter(
    dueOf({ counts: 'working days', days: 1, until: 'end of the day' }, now, await calendarOf('England and Wales')),
  );

/** Of somebody whose age is read and who is or may be a child, the ground says itself why. */
const reasonsFor = (basis: Disclosure['basis'], { reasons }: Refer, { aged }: Subject): string | null =>
  reasons ??
  (basis === 'child' && aged !== 'not read' ? 'Under 18, or age not known: help is arranged in any case' : null);

/** What it is to rest on: approved by somebody else first, unless who could approve it says why it cannot wait. */
export async function withoutConsent(
  request: Request,
  made: MadeReferral,
  of: Of,
  basis: Disclosure['basis'],
): Promise<Result<Disclosure, 'no reasons' | 'draft not frozen' | AtOnceRefusal>> {
  const drafts = papersIn(made.shown.filter(({ item }) => item === draftGroup));
  if (!drafts.every(({ id }) => of.drafts.some(({ paperId }) => paperId === id))) return refuse('draft not frozen');
  const reasons = reasonsFor(basis, of.form, of.subject);
  if (!reasons) return refuse('no reasons');
  const { referral, shown, until } = made;
  const { subject, form, drafts: frozen } = of;
  const wanted: WithoutConsent = {
    // Of one form one is made, however often it is sent.
    id: form.id as unknown as Disclosure['id'],
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
  return askedWithoutConsent(request, wanted, form);
}

/** Who can approve it besides who asks: of her own agency, in a role that may. */
export const secondsAmong = (
  members: readonly Colleague[],
  { agencyId, memberId }: { readonly agencyId: string; readonly memberId: string },
): { readonly name: string; readonly role: string }[] =>
  members.flatMap((one) => {
    const role = approvers.find((name) => one.roles.includes(name));
    return role && one.agencyId === agencyId && one.id !== memberId ? [{ name: one.name, role }] : [];
  });

export const disclosureFields = ['recipient', 'basis', 'items', 'reasons', 'askedBy', 'approvedBy', 'looked'];

/** What she asked for herself and somebody else approved, to be sent as it stood: not found where it is another’s, over, for something else, or was sent. */
export async function approvedOf(
  request: Request,
  keys: UnitKeys,
  id: Disclosure['id'],
  isFor: (purpose: Disclosure['purpose']) => boolean,
): Promise<Disclosure & { readonly plan: DisclosurePlan }> {
  const look = request.look('reasons.shown', id, { fields: [...disclosureFields, 'plan'] });
  const db = look as unknown as Seen<ConsentTables>;
  const disclosure = await disclosures.getDisclosure(db, keys, id);
  const { plan, askedBy, purpose, until } = disclosure;
  const sends =
    askedBy === request.actor.memberId &&
    isFor(purpose) &&
    standingOfDisclosure(disclosure) === 'approved' &&
    hourOf(request.now) < until &&
    !(await disclosures.findGrantOn(db, id));
  if (!sends || !plan) throw notFound('disclosure');
  return { ...disclosure, plan };
}
