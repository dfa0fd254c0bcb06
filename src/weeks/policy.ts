/** Who may do what with weeks, the operations in them, and who takes part. */
import type { RoomPolicy } from '../platform/access.ts';
import { roles } from '../vocabulary/people.ts';

const ledByOwnAgency = {
  sql: 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))',
  words: 'their own agency leads the operation',
} as const;

/** Who runs the accounts is told of no operation, not even that it is; and a volunteer of none that she has no part in. */
const atWork = roles.filter((role) => role !== 'administrator');
const ofThePartner = atWork.filter((role) => role !== 'volunteer');

export const weeksPolicy: RoomPolicy = {
  week: {
    means: 'Weeks of action: names, dates, focus',
    marking: 'OFFICIAL',
    tables: { weeks: { agency: 'agency_id' } },
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
    tables: { operations: { operation: 'id', agency: 'agency_id' } },
    rules: [
      { roles: atWork, relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ofThePartner, relation: 'partner', purpose: ['operation', 'statistics'], verbs: ['read'] },
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
    tables: {
      partners: { parent: ['operations', 'operation_id'] },
      operation_members: { parent: ['operations', 'operation_id'] },
      teams: { parent: ['operations', 'operation_id'] },
      team_members: { parent: ['operations', 'operation_id'] },
    },
    rules: [
      { roles: 'member', relation: 'any', purpose: ['operation', 'statistics'], verbs: ['read'] },
      {
        roles: ['planner'],
        relation: ledByOwnAgency,
        purpose: 'operation',
        verbs: ['add', 'change', 'remove'],
      },
    ],
    actions: { 'taking part.change': ['change', 'operation'] },
  },
  'operation grant': {
    means: 'Letting members and partner agencies into an operation',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    tables: { grants: {} },
    rules: [{ roles: ['planner'], relation: ledByOwnAgency, purpose: 'operation', verbs: ['read', 'add', 'change'] }],
    actions: {},
  },
};
