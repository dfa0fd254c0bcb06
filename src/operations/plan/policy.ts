/** Who may do what with targets, powers of entry and planned visits. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { notKeptOut } from '../../platform/access-policy/kept-out.ts';
import { breakGlassRoles } from '../../vocabulary/people.ts';

/** Where the plan says that immigration officers are not present, an immigration officer reaches only visits that they attended. */
const keptOutWords =
  'Members of an immigration agency must have attended the visit if the plan says that they are not present';
const ownTeamsVisit = {
  of: 'team',
  sql: `team_id = any ((select ctx.teams())::uuid[]) and ${notKeptOut('id', 'premises_id')}`,
  words: `it belongs to their own team. ${keptOutWords}`,
  leavesOut: 'immigration',
} as const;
const visitedByOwnTeam = (premises: string) =>
  ({
    sql: `${premises} in (select v.premises_id from planned_visits v where v.team_id = any ((select ctx.teams())::uuid[]) and ${notKeptOut('v.id', 'v.premises_id')})`,
    words: `a visit there is planned for their own team. ${keptOutWords}`,
  }) as const;
const absentWords = 'Members of an immigration agency do not see it if the plan says that they are not present';
const premisesUnderGlass = {
  of: 'glass',
  sql: `operation_id = (select ctx.glass()) and ${notKeptOut('null', 'id')}`,
  words: `they have emergency access to the operation, for three hours. ${absentWords}`,
  leavesOut: 'immigration',
} as const;
const visitUnderGlass = {
  of: 'glass',
  sql: `operation_id = (select ctx.glass()) and ${notKeptOut('id', 'premises_id')}`,
  words: `they have emergency access to the operation, for three hours. ${keptOutWords}`,
  leavesOut: 'immigration',
} as const;
const fieldRoles = ['field', 'enforcement'] as const;

/** Counts of a plan are closed until its first day, because a number of targets would reveal them. From then on planned visits must be countable, or a return could become final too early. */
const startedPartnerOperation = {
  sql: `operation_id = any ((select ctx.partner_operations())::uuid[]) and operation_id in
    (select o.id from operations o where o.starts_on <= ((select ctx.now()) at time zone 'Europe/London')::date)`,
  words: 'their agency takes part in the operation, and the operation has started',
} as const;
const countedRule: Omit<Rule, 'relation'> = {
  roles: ['analyst', 'commander'],
  purpose: 'statistics',
  verbs: ['read'],
  fields: 'counted',
};

export const operationsPolicy: AreaPolicy = {
  target: {
    means: 'The plan: premises, powers of entry and planned visits',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: {
      premises: { operation: 'operation_id', owner: 'operation', immigration: ['immigration_entry'] },
      premises_versions: { parent: ['premises', 'id'] },
      powers: { operation: 'operation_id', parent: ['premises', 'premises_id'], owner: 'parent' },
      powers_versions: { parent: ['powers', 'id'] },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
    ],
    actions: {
      'target.read': ['read', 'operation'],
      'target.plan': ['add', 'operation'],
      'target.change': ['change', 'operation'],
    },
  },
  'own target': {
    means: 'Premises that the member’s own team will visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { premises: {} },
    rules: [{ roles: fieldRoles, relation: visitedByOwnTeam('id'), purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'own power': {
    means: 'Powers of entry for premises that the member’s own team will visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { powers: {} },
    rules: [{ roles: fieldRoles, relation: visitedByOwnTeam('premises_id'), purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'planned visit': {
    means:
      'Planned visits: team, premises and time, whether they take place, and whether a commander decided to go ahead',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a day, a time and a team: who and where stand with the premises, whose look is written down' },
    tables: {
      planned_visits: {
        operation: 'operation_id',
        team: 'team_id',
        owner: 'operation',
        immigration: ['premises_id'],
      },
      planned_visits_versions: { parent: ['planned_visits', 'id'] },
    },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: fieldRoles, relation: ownTeamsVisit, purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'planned visit.read': ['read', 'operation'], 'planned visit.change': ['change', 'operation'] },
  },
  'counted premises': {
    means: 'The town and the kind of business of each premises, which analysts can count after the operation has begun',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'counted by town and kind, without a person' },
    tables: { premises: { groups: { counted: ['id', 'operation_id', 'business', 'town'] } } },
    rules: [{ ...countedRule, relation: startedPartnerOperation }],
    actions: { 'premises.count': ['read', 'statistics'] },
  },
  'counted power': {
    means: 'The kind and state of each power of entry, which analysts can count after the operation has begun',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'counted by kind and state, without a person' },
    tables: {
      powers: {
        parent: ['premises', 'premises_id'],
        groups: { counted: ['id', 'operation_id', 'premises_id', 'basis', 'state'] },
      },
    },
    rules: [{ ...countedRule, relation: 'any' }],
    actions: {},
  },
  'counted visit': {
    means: 'Planned visits, which analysts can count after the operation has begun',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'counted by day and state, without a person' },
    tables: {
      planned_visits: {
        groups: {
          counted: ['id', 'operation_id', 'premises_id', 'team_id', 'power_id', 'day', 'state', 'joint_reference'],
        },
      },
    },
    rules: [{ ...countedRule, relation: startedPartnerOperation }],
    actions: {},
  },
  'target under emergency access': {
    means: 'The premises of an operation, open for three hours to a member with emergency access',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { premises: { operation: 'operation_id', immigration: ['immigration_entry'] } },
    rules: [{ roles: breakGlassRoles, relation: premisesUnderGlass, purpose: 'operation', verbs: ['read'] }],
    actions: { 'target.open': ['read', 'operation'] },
  },
  'power under emergency access': {
    means: 'The powers of entry of an operation, open for three hours to a member with emergency access',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { powers: { operation: 'operation_id', parent: ['premises', 'premises_id'] } },
    rules: [{ roles: breakGlassRoles, relation: 'glass', purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
  'planned visit under emergency access': {
    means: 'The planned visits of an operation, open for three hours to a member with emergency access',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a day, a time and a team: who and where stand with the premises, whose look is written down' },
    tables: { planned_visits: { operation: 'operation_id', immigration: ['premises_id'] } },
    rules: [{ roles: breakGlassRoles, relation: visitUnderGlass, purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
};
