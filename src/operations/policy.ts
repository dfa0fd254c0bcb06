/** Who may do what with weeks, operations, targets and briefings. */
import type { RoomPolicy } from '../platform/access.ts';

const ownTeamsPremises =
  'id in (select v.premises_id from planned_visits v where v.team_id = any ((select ctx.teams())::uuid[]))';
const ledByOwnAgency = 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))';
const doers = ['field', 'enforcement'] as const;

export const operationsPolicy: RoomPolicy = {
  week: {
    means: 'Weeks of action: names, dates, focus',
    tables: { weeks: { agency: 'agency_id' } },
    rules: [
      { roles: 'member', relation: 'any', purpose: ['operation', 'statistics'], verbs: ['read'] },
      { roles: ['planner', 'coordinator'], relation: 'own agency', purpose: 'operation', verbs: ['add', 'change'] },
    ],
    actions: { 'week.read': ['read', 'operation'], 'week.plan': ['add', 'operation'] },
  },
  operation: {
    means: 'Operations: code name, dates, area',
    tables: { operations: { operation: 'id', agency: 'agency_id' } },
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
        relation: { sql: ledByOwnAgency },
        purpose: 'operation',
        verbs: ['add', 'change', 'remove'],
      },
    ],
    actions: { 'taking part.change': ['change', 'operation'] },
  },
  'operation grant': {
    means: 'Letting members and partner agencies into an operation',
    tables: { grants: {} },
    rules: [
      { roles: ['planner'], relation: { sql: ledByOwnAgency }, purpose: 'operation', verbs: ['read', 'add', 'change'] },
    ],
    actions: {},
  },
  target: {
    means: 'Premises that an operation may visit, the power of entry for each, and which team goes when',
    tables: {
      premises: { operation: 'operation_id', columns: { statistics: ['id', 'operation_id', 'business', 'town'] } },
      premises_versions: { parent: ['premises', 'id'], columns: { statistics: [] } },
      powers: {
        parent: ['premises', 'premises_id'],
        columns: { statistics: ['id', 'operation_id', 'premises_id', 'basis', 'state'] },
      },
      powers_versions: { parent: ['powers', 'id'], columns: { statistics: [] } },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['analyst', 'commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
    ],
    actions: {
      'target.read': ['read', 'operation'],
      'target.plan': ['add', 'operation'],
      'target.change': ['change', 'operation'],
    },
  },
  'own target': {
    means: 'Premises that a member’s own team will visit',
    tables: { premises: {} },
    rules: [{ roles: doers, relation: { sql: ownTeamsPremises }, purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'own power': {
    means: 'Powers of entry for premises that a member’s own team will visit',
    tables: { powers: { parent: ['premises', 'premises_id'] } },
    rules: [{ roles: doers, relation: 'any', purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'planned visit': {
    means: 'Which team goes where, when; postponed or called off',
    tables: {
      planned_visits: {
        operation: 'operation_id',
        team: 'team_id',
        columns: { statistics: ['id', 'operation_id', 'premises_id', 'team_id', 'power_id', 'day', 'state'] },
      },
      planned_visits_versions: { parent: ['planned_visits', 'id'], columns: { statistics: [] } },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: doers, relation: 'team', purpose: 'operation', verbs: ['read'] },
      { roles: ['analyst', 'commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
    ],
    actions: { 'planned visit.read': ['read', 'operation'], 'planned visit.change': ['change', 'operation'] },
  },
  decision: {
    means: 'The policy log: decisions, go and no-go, with their reasons',
    tables: { decisions: { operation: 'operation_id' } },
    rules: [{ roles: ['planner', 'commander'], relation: 'member', purpose: 'operation', verbs: ['read', 'add'] }],
    actions: { 'decision.read': ['read', 'operation'], 'decision.add': ['add', 'operation'] },
  },
  briefing: {
    means: 'Briefings, a version at a time, and who has read them',
    tables: {
      briefings: { operation: 'operation_id', team: 'team_id' },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: doers, relation: 'team', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'briefing.read': ['read', 'operation'], 'briefing.make': ['add', 'operation'] },
  },
  'briefing reading': {
    means: 'That a member has read a briefing',
    tables: { briefing_readings: { self: 'member_id', parent: ['briefings', 'briefing_id'] } },
    rules: [
      { roles: ['planner', 'commander'], relation: 'any', purpose: 'operation', verbs: ['read'] },
      { roles: 'member', relation: 'self', purpose: 'operation', verbs: ['read', 'add'] },
    ],
    actions: { 'briefing.acknowledge': ['add', 'operation'] },
  },
};
