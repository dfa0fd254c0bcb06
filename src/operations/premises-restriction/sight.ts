/** Who will see what, when: from what was granted and from the policy table, which says what a role sees by being let in and by being on a team. */
import { purposesOf, type RoomPolicy, type Rule } from '../../platform/access.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import type { Interval } from './store.ts';

/** How a member relates to an operation: added by name, on a team, through their agency, or by emergency access. */
export type Standing = Interval['relation'];

const asks: Record<Standing, (rule: Rule) => boolean> = {
  member: ({ relation }) => relation === 'member',
  partner: ({ relation }) => relation === 'partner',
  team: ({ relation }) => relation === 'team' || (typeof relation === 'object' && relation.sql.includes('ctx.teams()')),
  glass: ({ relation }) => relation === 'glass',
};

/** The record classes of the plan that these roles read by standing so, in the table's own words; what hangs on a record goes with it. */
export function readBy(
  policy: RoomPolicy,
  who: { readonly roles: readonly Role[]; readonly side: Side },
  standing: Standing,
): string[] {
  const fits = (rule: Rule): boolean =>
    Array.isArray(rule.roles) &&
    rule.roles.some((role) => who.roles.includes(role)) &&
    (!rule.side || rule.side === who.side) &&
    rule.verbs.includes('read') &&
    purposesOf(rule).includes('operation') &&
    asks[standing](rule);
  return Object.entries(policy)
    .filter(([, { rules, store }]) => store !== 'safeguarding' && rules.some(fits))
    .map(([name]) => name);
}
