/** Who the plan names for a place: the first responder who can refer without telling enforcement, who is on call there, and the interpreter. */

import type { Agency } from '../identity/agencies/index.ts';
import type { VisitInPlan } from '../operations/plan/index.ts';
import type { Link, SummaryRow } from '../platform/rendering/pages.ts';
import { findPhone } from '../vocabulary/phone-numbers.ts';

export type OnCallFirstResponder = {
  readonly person: string;
  readonly organisation: string | null;
  readonly contact: string | null;
  /** The phone number in the contact, for a call link. */
  readonly ring: PhoneLink | null;
};
export type PhoneLink = { readonly number: string; readonly href: string };

export function findOnCall(
  { referrerId, referrerOnCall, referrerContact }: VisitInPlan['premises'],
  agencies: readonly Pick<Agency, 'id' | 'name'>[],
): OnCallFirstResponder | undefined {
  if (!referrerOnCall) return undefined;
  const organisation = agencies.find(({ id }) => id === referrerId)?.name ?? null;
  return { person: referrerOnCall, organisation, contact: referrerContact, ring: findPhoneLink(referrerContact ?? '') };
}

/** The first number in a text that a phone can dial. */
export function findPhoneLink(contact: string): PhoneLink | null {
  const phone = findPhone(contact);
  return phone ? { number: phone.shown, href: phone.address } : null;
}

export const formatOnCall = ({ person, organisation }: OnCallFirstResponder): string =>
  [person, organisation].filter(Boolean).join(', ');

export const onCallRow = (onCall: OnCallFirstResponder | undefined): SummaryRow[] => [
  {
    key: { text: 'On-call first responder, not police or immigration' },
    value: {
      text: onCall
        ? [formatOnCall(onCall), onCall.contact === onCall.ring?.number ? null : onCall.contact]
            .filter(Boolean)
            .join('. ')
        : 'The plan names no first responder',
    },
    ...(onCall?.ring && {
      actions: {
        items: [{ href: onCall.ring.href, text: `Ring ${onCall.ring.number}`, visuallyHiddenText: onCall.person }],
      },
    }),
  },
];

type PlannedInterpreter = Pick<VisitInPlan['premises'], 'interpreter' | 'languages'>;

/** A link that dials the interpreter whom the plan names, if it gives a number. */
export function interpreterLink({ interpreter }: Pick<PlannedInterpreter, 'interpreter'>): Link | undefined {
  const ring = findPhoneLink(interpreter ?? '');
  return ring ? { href: ring.href, text: `Ring the interpreter: ${ring.number}` } : undefined;
}

/** Empty where the plan has neither a language nor an interpreter. */
export function interpreterRow({ interpreter, languages }: PlannedInterpreter): SummaryRow[] {
  const text = interpreter ?? (languages.length > 0 ? 'Nobody named' : null);
  const ring = interpreterLink({ interpreter });
  return text ? [{ key: { text: 'Interpreter' }, value: { text }, ...(ring && { actions: { items: [ring] } }) }] : [];
}

/** The link shows the one number that it dials; what else the plan says of how to reach them follows. */
export function onCallItems(
  onCall: OnCallFirstResponder,
  urgent: boolean,
): { readonly text: string; readonly href?: string }[] {
  const { contact, ring } = onCall;
  const number = ring?.number ?? contact ?? 'for whom no number is written down';
  const who = `${urgent ? 'Ring now' : 'Ring'}: ${formatOnCall(onCall)}, ${number}`;
  return [
    { text: who, ...(ring && { href: ring.href }) },
    ...(ring && contact !== ring.number ? [{ text: `How to reach them: ${contact}` }] : []),
  ];
}
