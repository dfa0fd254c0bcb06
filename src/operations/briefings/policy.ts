/** Who may make a team's briefing, read it, and see who has. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { breakGlassRoles } from '../../vocabulary/people.ts';

const fieldRoles = ['field', 'enforcement'] as const;

export const briefingsPolicy: AreaPolicy = {
  briefing: {
    means: 'Briefings of teams, with every earlier version',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: {
      briefings: { operation: 'operation_id', team: 'team_id', owner: 'operation' },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: fieldRoles, relation: 'team', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'briefing.read': ['read', 'operation'], 'briefing.make': ['add', 'operation'] },
  },
  'briefing under emergency access': {
    means: 'The briefings of an operation, open for three hours to a member with emergency access',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { briefings: { operation: 'operation_id' } },
    rules: [{ roles: breakGlassRoles, relation: 'glass', purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'briefing reading': {
    means: 'Members who have read a briefing',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who of the team has read it, shown with the briefing' },
    tables: { briefing_readings: { self: 'member_id', parent: ['briefings', 'briefing_id'] } },
    rules: [
      { roles: ['planner', 'commander'], relation: 'any', purpose: 'operation', verbs: ['read'] },
      { roles: 'member', relation: 'self', purpose: 'operation', verbs: ['read', 'add'] },
    ],
    actions: { 'briefing.acknowledge': ['add', 'operation'] },
  },
};
