/** Members of an agency, invitations and leavers: states and rules. Pure: no clock, no database, no wording. */
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export const invitationHours = 72;

export type Invitation = {
  readonly id: string;
  readonly agencyId: AgencyId;
  /** Made with the invitation, so that the log names the member from the first day. */
  readonly memberId: MemberId;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly expiresAt: Date;
};

export type Person = {
  readonly id: MemberId;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  /** Given, and not confirmed by a second person yet. */
  readonly waiting: readonly Role[];
  /** The address of the account; null once that has been erased. */
  readonly email: string | null;
  readonly endedAt: Date | null;
};

export const personStates = ['invited', 'invitation over', 'here', 'leaves', 'left'] as const;
export type PersonState = (typeof personStates)[number];

export const stateOfPerson = ({ endedAt }: Pick<Person, 'endedAt'>, now: Date): PersonState =>
  endedAt === null ? 'here' : endedAt > now ? 'leaves' : 'left';

export const stateOfInvitation = ({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: Date): PersonState =>
  expiresAt > now ? 'invited' : 'invitation over';

/** The expiry of an invitation that is made or renewed now. */
export const invitationExpiry = (now: Date): Date => new Date(now.getTime() + invitationHours * hourMs);

export type RoleChangeRefusal = 'own roles' | 'not here' | 'nothing new' | 'last lead';

export type RoleChange = { readonly title: string; readonly roles: readonly Role[] };

/** Whether a member's job and roles may become these. `mayHold` decides which roles they may hold at all. */
export function checkRoleChange(
  person: Person,
  to: RoleChange,
  by: { readonly memberId: string; readonly now: Date },
): Result<RoleChange, RoleChangeRefusal> {
  if (person.id === by.memberId) return refuse('own roles');
  if (stateOfPerson(person, by.now) === 'left') return refuse('not here');
  if (person.title === to.title && hasSameRoles([...person.roles, ...person.waiting], to.roles))
    return refuse('nothing new');
  return accept(to);
}

export const hasSameRoles = (some: readonly Role[], others: readonly Role[]): boolean =>
  some.length === others.length && some.every((role) => others.includes(role));

export type LeavingRefusal = 'not here' | 'day gone by' | 'last administrator' | 'last lead';

/** Whether a member may leave at that moment: a continuing agency must keep an administrator. */
export function checkLeaving(
  person: Person,
  at: Date,
  { now, others }: { readonly now: Date; readonly others: readonly Person[] },
): Result<Date, LeavingRefusal> {
  if (stateOfPerson(person, now) === 'left') return refuse('not here');
  if (at < now) return refuse('day gone by');
  const isAdministrator = (one: Person): boolean => one.roles.includes('administrator');
  if (
    isAdministrator(person) &&
    !others.some((one) => one.id !== person.id && isAdministrator(one) && stateOfPerson(one, now) === 'here')
  )
    return refuse('last administrator');
  return accept(at);
}
