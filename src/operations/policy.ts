/** Who may do what with targets, powers of entry and planned visits. */
import type { RoomPolicy } from '../platform/access.ts';

const ownTeamsPremises =
  'id in (select v.premises_id from planned_visits v where v.team_id = any ((select ctx.teams())::uuid[]))';
const doers = ['field', 'enforcement'] as const;

export const operationsPolicy: RoomPolicy = {
  target: {
    means: 'Premises that an operation may visit, the power of entry for each, and which team goes when',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: {
      premises: {
        operation: 'operation_id',
        owner: 'operation',
        groups: { counted: ['id', 'operation_id', 'business', 'town'] },
      },
      premises_versions: { parent: ['premises', 'id'] },
      powers: {
        parent: ['premises', 'premises_id'],
        owner: 'parent',
        groups: { counted: ['id', 'operation_id', 'premises_id', 'basis', 'state'] },
      },
      powers_versions: { parent: ['powers', 'id'] },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      {
        roles: ['analyst', 'commander'],
        relation: 'partner',
        purpose: 'statistics',
        verbs: ['read'],
        fields: 'counted',
      },
    ],
    actions: {
      'target.read': ['read', 'operation'],
      'target.plan': ['add', 'operation'],
      'target.change': ['change', 'operation'],
    },
  },
  'own target': {
    means: 'Premises that a member’s own team will visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { premises: {} },
    rules: [{ roles: doers, relation: { sql: ownTeamsPremises }, purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'own power': {
    means: 'Powers of entry for premises that a member’s own team will visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { powers: { parent: ['premises', 'premises_id'] } },
    rules: [{ roles: doers, relation: 'any', purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'planned visit': {
    means: 'Which team goes where, when; postponed or called off',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a day, a time and a team: who and where stand with the premises, whose look is written down' },
    tables: {
      planned_visits: {
        operation: 'operation_id',
        team: 'team_id',
        owner: 'operation',
        groups: { counted: ['id', 'operation_id', 'premises_id', 'team_id', 'power_id', 'day', 'state'] },
      },
      planned_visits_versions: { parent: ['planned_visits', 'id'] },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: doers, relation: 'team', purpose: 'operation', verbs: ['read'] },
      {
        roles: ['analyst', 'commander'],
        relation: 'partner',
        purpose: 'statistics',
        verbs: ['read'],
        fields: 'counted',
      },
    ],
    actions: { 'planned visit.read': ['read', 'operation'], 'planned visit.change': ['change', 'operation'] },
  },
};
