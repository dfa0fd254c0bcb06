/** What is told without consent is written down first: to be approved by somebody else, or told at once by who could approve it for another. */
import { calendarOf, dueOf } from '../clocks/index.ts';
import {
  type AtOnceRefusal,
  approvers,
  atOnce,
  type Disclosure,
  type FrozenDraft,
  nobodyYet,
} from '../consent/index.ts';
import type { Colleague } from '../partnership/index.ts';
import { hourOf } from '../platform/audit.ts';
import type { Request } from '../platform/http.ts';
import { draftGroup, papersIn } from '../vocabulary/agreed.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';
import { hourAfter, type MadeReferral, type Refer } from './referral-making.ts';
import type { Subject } from './subject.ts';

type Of = { readonly subject: Subject; readonly form: Refer; readonly drafts: readonly FrozenDraft[] };

/** Approved in advance by nobody but its own author where it was told at once: that a second person looks afterwards is what the database then waits for. */
function disclosed(
  request: Request,
  { referral, shown, until }: MadeReferral,
  { subject, form, drafts }: Of,
  { basis, reasons }: Pick<Disclosure, 'basis' | 'reasons'>,
  once: { readonly cannotWait: string; readonly lookBy: Date } | undefined,
): Disclosure {
  const asked = {
    personId: subject.personId,
    recipient: referral.toAgency,
    purpose: referral.purpose ?? form.purpose,
    items: shown.map(({ item }) => item),
    until,
    // Of one form one is made, however often it is sent.
    id: form.id as unknown as Disclosure['id'],
    operationId: subject.operationId,
    agencyId: referral.fromAgency,
    basis,
    reasons,
    askedBy: referral.authorId,
    askedAt: hourOf(request.now),
  };
  const plan = { shown, drafts, noteId: subject.noteId, form };
  return once
    ? {
        ...asked,
        ...nobodyYet,
        told: 'at once',
        plan,
        approvedBy: asked.askedBy,
        approvedAt: asked.askedAt,
        ...once,
      }
    : { ...asked, ...nobodyYet, told: 'after approval', plan };
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
  if (!of.form.atOnce) return accept(disclosed(request, made, of, { basis, reasons }, undefined));
  const once = atOnce(basis, of.form.cannotWait, request.actor.roles);
  if (!once.ok) return once;
  const lookBy = await lookedAtBy(request.now);
  return accept(disclosed(request, made, of, { basis, reasons }, { cannotWait: once.value, lookBy }));
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
