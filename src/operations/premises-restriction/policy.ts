/** Who may say when a team is briefed, and see who will see what. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { breakGlassRoles, operationRoles } from '../../vocabulary/people.ts';

const ofOwnAgency = {
  sql: 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))',
  words: 'their own agency leads the operation',
} as const;
const inOwnName = {
  sql: `set_by = (select ctx.member()) and set_at = (select ctx.now()) and ${ofOwnAgency.sql}`,
  words: 'their own agency leads the operation, in their own name and at this moment',
} as const;
const byNameToo = {
  sql: `${inOwnName.sql} and operation_id = any ((select ctx.operations())::uuid[])`,
  words: 'their own agency leads the operation and they are a member of it, in their own name and at this moment',
} as const;

export const embargoPolicy: AreaPolicy = {
  'briefing time': {
    means: 'When and where a team is briefed: from then on it sees what it is to visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'time and place of a briefing, without a target' },
    tables: { briefing_times: { operation: 'operation_id' } },
    rules: [
      { roles: operationRoles, relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: ofOwnAgency, purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: inOwnName, purpose: 'operation', verbs: ['add'] },
      { roles: ['commander'], relation: byNameToo, purpose: 'operation', verbs: ['add'] },
      { roles: breakGlassRoles, relation: 'glass', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'briefing time.read': ['read', 'operation'], 'briefing time.set': ['add', 'operation'] },
  },
};
