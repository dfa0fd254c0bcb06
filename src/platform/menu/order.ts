/** Pure. Which places come first in the menu of a member, by their roles. */
import { roles as allRoles, type Role } from '../../vocabulary/people.ts';
import type { Place } from './places.ts';

/** By role, the places in the order of the work. Places that are not named here stand under More. */
export const placeOrder: Readonly<Record<Role, readonly Place[]>> = {
  triage: ['reports', 'intelligence', 'operations'],
  planner: ['operations', 'visits', 'requests', 'temporary access'],
  field: ['visits', 'operations', 'cases', 'actions'],
  enforcement: ['visits', 'operations', 'requests'],
  'safeguarding lead': ['cases', 'referrals', 'reports', 'requests', 'operations'],
  'partner caseworker': ['cases', 'referrals', 'reports', 'operations'],
  volunteer: ['reception'],
  custodian: ['requests', 'operations'],
  analyst: ['returns', 'operations'],
  press: ['releases', 'operations'],
  commander: ['operations', 'visits', 'requests', 'returns'],
  'data-protection lead': ['requests', 'retention', 'audit', 'operations'],
  coordinator: ['returns', 'operations'],
  auditor: ['audit', 'operations'],
  administrator: ['users', 'organisations', 'temporary access'],
};

/** Where a place has several pages, the one that is a role's own work, by its action. The first that the member may open is where the menu leads. */
export const ownPages: Readonly<Partial<Record<Role, readonly string[]>>> = {
  planner: ['identity request.read'],
  enforcement: ['information request.read'],
  'safeguarding lead': ['information decision.read'],
  custodian: ['identity request.read'],
  commander: ['identity request.read'],
  'data-protection lead': ['request.read', 'information decision.read', 'kept person.read'],
  administrator: ['account.read'],
};

const inOrder = (roles: readonly Role[]): readonly Role[] => allRoles.filter((role) => roles.includes(role));

/** The places of all roles of a member: the first of each role, then the second of each, without repeats. The order in which the roles were given makes no difference. */
export function orderPlaces(roles: readonly Role[]): readonly Place[] {
  const ranked = inOrder(roles).flatMap((role) => placeOrder[role].map((place, rank) => ({ place, rank })));
  return [...new Set(ranked.toSorted((one, other) => one.rank - other.rank).map(({ place }) => place))];
}

/** The pages of one place, those that are the member's own work first. */
export function orderPages<Page extends { readonly action: string }>(
  pages: readonly Page[],
  roles: readonly Role[],
): readonly Page[] {
  const own = inOrder(roles).flatMap((role) => ownPages[role] ?? []);
  const rank = ({ action }: Page): number => (own.includes(action) ? own.indexOf(action) : own.length);
  return pages.toSorted((one, other) => rank(one) - rank(other));
}
