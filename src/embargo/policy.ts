/** Who may say when a team is briefed, and see who will see what. */
import type { RoomPolicy } from '../platform/access.ts';
import { breaksGlass, opensOperations } from '../vocabulary/people.ts';

const ofOwnAgency = 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))';
const inOwnName = `set_by = (select ctx.member()) and set_at = (select ctx.now()) and ${ofOwnAgency}`;
const byName = 'operation_id = any ((select ctx.operations())::uuid[])';

export const embargoPolicy: RoomPolicy = {
  'briefing time': {
    means: 'When and where a team is briefed: from then on it sees what it is to visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    tables: { briefing_times: { operation: 'operation_id' } },
    rules: [
      { roles: opensOperations, relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: { sql: ofOwnAgency }, purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: { sql: inOwnName }, purpose: 'operation', verbs: ['add'] },
      { roles: ['commander'], relation: { sql: `${inOwnName} and ${byName}` }, purpose: 'operation', verbs: ['add'] },
      { roles: breaksGlass, relation: 'glass', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'briefing time.read': ['read', 'operation'], 'briefing time.set': ['add', 'operation'] },
  },
};
