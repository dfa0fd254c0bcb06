/** Who may do what with weeks, the operations in them, and who takes part. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { breakGlassRoles, operationRoles, operationStaffRoles } from '../../vocabulary/people.ts';

const ledByOwnAgency = {
  sql: 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))',
  words: 'their own agency leads the operation',
} as const;
const directGrants = {
  sql: `relation in ('member', 'partner') and ${ledByOwnAgency.sql}`,
  words:
    'their own agency leads the operation, and the permission is for a member of the operation or for a partner. Briefing times decide what teams see',
} as const;
/** Who counts, signs and compares returns. */
const statisticsRoles = ['analyst', 'commander', 'coordinator'] as const;
const participationTables = {
  partners: { operation: 'operation_id', owner: 'operation' },
  operation_members: { operation: 'operation_id' },
  teams: { operation: 'operation_id', owner: 'operation' },
  team_members: { operation: 'operation_id' },
} as const;

export const weeksPolicy: AreaPolicy = {
  week: {
    means: 'Weeks of action: name, dates and focus',
    marking: 'OFFICIAL',
    looks: { none: 'dates and names of weeks, no person' },
    tables: { weeks: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      { roles: 'member', relation: 'any', purpose: ['operation', 'statistics'], verbs: ['read'] },
      { roles: ['planner', 'coordinator'], relation: 'own agency', purpose: 'operation', verbs: ['add', 'change'] },
    ],
    actions: {
      'week.read': ['read', 'operation'],
      'week.plan': ['add', 'operation'],
      'week.change': ['change', 'operation'],
    },
  },
  operation: {
    means: 'Operations: code name, dates and area',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'code names and dates, no person' },
    tables: {
      operations: {
        operation: 'id',
        agency: 'agency_id',
        owner: { column: 'agency_id' },
        groups: { named: ['id', 'code_name'] },
      },
    },
    rules: [
      { roles: operationRoles, relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: 'own agency', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: statisticsRoles, relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['auditor'], relation: 'any', purpose: 'audit', verbs: ['read'], fields: 'named' },
    ],
    actions: {
      'operation.read': ['read', 'operation'],
      'operation.plan': ['add', 'operation'],
      'operation.change': ['change', 'operation'],
    },
  },
  'operation of own agency': {
    means: 'Operations that the member’s own agency takes part in: code name and dates',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that one’s agency takes part, without a target or a person' },
    tables: { operations: { operation: 'id' } },
    rules: [
      {
        roles: [...operationStaffRoles, 'data-protection lead'],
        relation: 'partner',
        purpose: 'operation',
        verbs: ['read'],
      },
    ],
    actions: {},
  },
  'own part': {
    means: 'Resources of the member’s own agency for an operation',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'resources of one’s own agency' },
    tables: { partners: { agency: 'agency_id' } },
    rules: [
      {
        roles: [...operationStaffRoles, 'data-protection lead'],
        relation: 'own agency',
        purpose: 'operation',
        verbs: ['read'],
      },
    ],
    actions: {},
  },
  'taking part': {
    means: 'Partners, members and teams of an operation',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who of the partnership works where, as a colleague knows' },
    tables: participationTables,
    rules: [
      { roles: operationRoles, relation: 'member', purpose: 'operation', verbs: ['read'] },
      {
        roles: ['planner'],
        relation: ledByOwnAgency,
        purpose: 'operation',
        verbs: ['read', 'add', 'change', 'remove'],
      },
    ],
    actions: { 'taking part.change': ['change', 'operation'] },
  },
  'taking part, counted': {
    means: 'The partners and members of an operation, used to count its resources and visits',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'counted by kind, without a person' },
    tables: { partners: { operation: 'operation_id' }, operation_members: { operation: 'operation_id' } },
    rules: [{ roles: statisticsRoles, relation: 'partner', purpose: 'statistics', verbs: ['read'] }],
    actions: {},
  },
  'operation grant': {
    means:
      'Members and partner agencies that were added to an operation. A team’s briefing time decides what the team sees',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who was let in, as the page of people shows it' },
    tables: { grants: {} },
    rules: [
      { roles: ['planner'], relation: ledByOwnAgency, purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: directGrants, purpose: 'operation', verbs: ['add', 'change'] },
    ],
    actions: {},
  },
  'operation under emergency access': {
    means:
      'The partners, their invitations, the members and teams of an operation, open for three hours to a member with emergency access',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'each page seen through broken glass is a row of its own' },
    tables: { ...participationTables, partner_invitations: { operation: 'operation_id', owner: 'operation' } },
    rules: [{ roles: breakGlassRoles, relation: 'glass', purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
};
