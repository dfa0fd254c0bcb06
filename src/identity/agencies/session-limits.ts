/** How long a session lasts: unused, and at most. The shortest limit of the member's roles applies. Pure data. */
import type { Role } from '../../vocabulary/people.ts';

/** In minutes. */
export type SessionLimit = { readonly idle: number; readonly whole: number };

const hours = (count: number): number => count * 60;

/** Roles that decide about others' identities, accounts and grants have shorter sessions than those for long days in the field. */
export const sessionLimits: Readonly<
  Record<'everybody', SessionLimit> & Partial<Record<Role | 'shared workstation' | 'unfinished', SessionLimit>>
> = {
  everybody: { idle: 60, whole: hours(12) },
  custodian: { idle: 15, whole: hours(8) },
  administrator: { idle: 15, whole: hours(8) },
  'data-protection lead': { idle: 30, whole: hours(8) },
  volunteer: { idle: 30, whole: hours(8) },
  'shared workstation': { idle: 10, whole: hours(8) },
  unfinished: { idle: 15, whole: 15 },
};

/** The cookie outlives no session: the database says when one has ended. */
export const maxSessionMinutes = sessionLimits.everybody.whole;
