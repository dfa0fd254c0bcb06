/** Who gets an urgent notification next, while nobody opens it. Pure: no clock, no database, no wording. */
import type { Role } from '../../vocabulary/people.ts';
import type { NotificationKind, Recipient } from '../notifications/notification.ts';

/** The roles whose work an urgent kind is. */
const rolesOf: Partial<Record<NotificationKind, readonly Role[]>> = {
  'custody notice': ['custodian'],
  'information deadline': ['safeguarding lead', 'data-protection lead'],
  'child arrest': ['planner', 'commander'],
  'urgent report': ['triage', 'safeguarding lead', 'partner caseworker'],
  'urgent case news': ['safeguarding lead', 'partner caseworker'],
};

/** Those who answer for the others at an agency of either side. */
export const leads: readonly Role[] = ['commander', 'safeguarding lead', 'data-protection lead'];

export type Unopened = {
  readonly kind: NotificationKind;
  readonly ownerId: Extract<Recipient, { readonly agency: unknown }>['agency'];
  /** Whether it went to one member alone. */
  readonly toOne: boolean;
  /** How often it went on already. */
  readonly step: number;
  /** The minutes that nobody opened it, the begun one counted. */
  readonly rounds: number;
};

export type Next = { readonly kind: NotificationKind; readonly step: 1 | 2; readonly to: Recipient };

/** After each interval it goes one step on: to all holders of the role at the agency, then to its leads. The leads learn that it was not opened, because they may not see the record. Nothing after that. */
export function findNext({ kind, ownerId, toOne, step, rounds }: Unopened, minutes: number): Next | undefined {
  // The first round can come a second after the notification: only whole minutes count.
  const due = Math.floor((rounds - 1) / minutes);
  const roles = rolesOf[kind];
  // What went to the whole role has nobody between it and the leads.
  const steps = toOne && roles ? [1, 2] : [2];
  const next = steps.find((one, index) => one > step && due > index);
  if (next === undefined) return undefined;
  return next === 1
    ? { kind, step: 1, to: { agency: ownerId, roles: roles ?? leads } }
    : { kind: 'not opened', step: 2, to: { agency: ownerId, roles: leads } };
}
