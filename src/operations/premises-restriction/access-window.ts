/** Who will see what, when: combines the grants of an operation with what the policy table gives to participants and teams. */
import { type AreaPolicy, purposesOf, type Rule } from '../../platform/access-policy/access.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import type { GrantInterval } from './store.ts';

/** How a member relates to an operation: added by name, on a team, through their agency, or by emergency access. */
export type AccessRelation = GrantInterval['relation'];

const relationFilters: Record<AccessRelation, (rule: Rule) => boolean> = {
  member: ({ relation }) => asks(relation, 'member'),
  partner: ({ relation }) => asks(relation, 'partner'),
  team: ({ relation }) =>
    asks(relation, 'team') || (typeof relation === 'object' && relation.sql.includes('ctx.teams()')),
  glass: ({ relation }) => asks(relation, 'glass'),
};

/** The relation itself, or one that narrows it. */
const asks = (relation: Rule['relation'], wanted: AccessRelation): boolean =>
  relation === wanted || (typeof relation === 'object' && relation.of === wanted);

/** Record classes of the plan that these roles may read in this relation, as named in the policy table. Records attached to another follow it. */
export function listReadableClasses(
  policy: AreaPolicy,
  who: { readonly roles: readonly Role[]; readonly side: Side },
  standing: AccessRelation,
): string[] {
  const fits = (rule: Rule): boolean =>
    Array.isArray(rule.roles) &&
    rule.roles.some((role) => who.roles.includes(role)) &&
    (!rule.side || rule.side === who.side) &&
    rule.verbs.includes('read') &&
    purposesOf(rule).includes('operation') &&
    relationFilters[standing](rule);
  return Object.entries(policy)
    .filter(([, { rules, store }]) => store !== 'safeguarding' && rules.some(fits))
    .map(([name]) => name);
}
