/** Who may say when a team is briefed, and see who will see what. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { breakGlassRoles, operationRoles } from '../../vocabulary/people.ts';

const ledByOwnAgency = {
  sql: 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))',
  words: 'their own agency leads the operation',
} as const;
const setInOwnName = {
  sql: `set_by = (select ctx.member()) and set_at = (select ctx.now()) and ${ledByOwnAgency.sql}`,
  words: 'their own agency leads the operation, and they add the briefing time now, in their own name',
} as const;
const setByParticipant = {
  sql: `${setInOwnName.sql} and operation_id = any ((select ctx.operations())::uuid[])`,
  words:
    'their own agency leads the operation. They are members of it, and they add the briefing time now, in their own name',
} as const;

export const premisesRestrictionPolicy: AreaPolicy = {
  'briefing time': {
    means:
      'The time and place of each team’s briefing. A team can open the record of its premises from the time of its briefing',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'time and place of a briefing, without a target' },
    tables: { briefing_times: { operation: 'operation_id' } },
    rules: [
      { roles: operationRoles, relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: ledByOwnAgency, purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: setInOwnName, purpose: 'operation', verbs: ['add'] },
      { roles: ['commander'], relation: setByParticipant, purpose: 'operation', verbs: ['add'] },
      { roles: breakGlassRoles, relation: 'glass', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'briefing time.read': ['read', 'operation'], 'briefing time.set': ['add', 'operation'] },
  },
};
