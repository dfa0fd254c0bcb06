/** Who may do what with weeks, the operations in them, and who takes part. */
import type { RoomPolicy } from '../platform/access.ts';

const ledByOwnAgency = 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))';

export const weeksPolicy: RoomPolicy = {
  week: {
    means: 'Weeks of action: names, dates, focus',
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
    means: 'Operations: code name, dates, area',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'code names and dates, no person' },
    tables: { operations: { operation: 'id', agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      { roles: 'member', relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: 'member', relation: 'partner', purpose: ['operation', 'statistics'], verbs: ['read'] },
      { roles: ['planner'], relation: 'own agency', purpose: 'operation', verbs: ['read', 'add', 'change'] },
    ],
    actions: {
      'operation.read': ['read', 'operation'],
      'operation.plan': ['add', 'operation'],
      'operation.change': ['change', 'operation'],
    },
  },
  'taking part': {
    means: 'Partners of an operation, its members, its teams',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who of the partnership works where, as a colleague knows' },
    tables: {
      partners: { parent: ['operations', 'operation_id'], owner: 'parent' },
      operation_members: { parent: ['operations', 'operation_id'] },
      teams: { parent: ['operations', 'operation_id'], owner: 'parent' },
      team_members: { parent: ['operations', 'operation_id'] },
    },
    rules: [
      { roles: 'member', relation: 'any', purpose: ['operation', 'statistics'], verbs: ['read'] },
      {
        roles: ['planner'],
        relation: { sql: ledByOwnAgency },
        purpose: 'operation',
        verbs: ['add', 'change', 'remove'],
      },
    ],
    actions: { 'taking part.change': ['change', 'operation'] },
  },
  'operation grant': {
    means: 'Letting members and partner agencies into an operation',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who was let in, as the page of people shows it' },
    tables: { grants: {} },
    rules: [
      { roles: ['planner'], relation: { sql: ledByOwnAgency }, purpose: 'operation', verbs: ['read', 'add', 'change'] },
    ],
    actions: {},
  },
};
