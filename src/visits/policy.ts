/** Access to visits. Only enforcement records and sees indicators, arrests and seizures; support agencies have no path to them. */
import type { AreaPolicy, RecordClass, Rule } from '../platform/access-policy/access.ts';
import { notKeptOut } from '../platform/access-policy/kept-out.ts';
import type { Marking } from '../vocabulary/marking.ts';

const fieldRoles = ['field', 'enforcement'] as const;
/** As for the planned visit: where the plan says that immigration officers are not present, an officer reaches only a visit that they attended. */
const ownTeamsVisit = {
  of: 'team',
  sql: `team_id = any ((select ctx.teams())::uuid[]) and ${notKeptOut('id', 'premises_id')}`,
  words:
    'it belongs to their own team. Members of an immigration agency must have attended the visit if the plan says that they are not present',
  leavesOut: 'immigration',
} as const;

/** A photo goes only while its visit is open, and only for members of the agency that took it. */
const photoOfOpenVisit = (who: string): string => `exists (select from visits v where v.id = visit_photos.visit_id
    and v.finished_at is null and (${who}))`;
const takenByOwnAgency = `exists (select from members m where m.id = visit_photos.recorded_by
    and m.agency_id = (select ctx.agency()))`;
const ownPhoto = {
  sql: photoOfOpenVisit(`visit_photos.recorded_by = (select ctx.member()) or ${takenByOwnAgency}
    and exists (select from teams t where t.id = v.team_id and t.lead_id = (select ctx.member()))`),
  words:
    'the visit is not finished, and they took the photo or lead the team. A team leader must be of the agency of the member who took it',
} as const;
const photoOfOwnAgency = {
  sql: photoOfOpenVisit(takenByOwnAgency),
  words: 'the visit is not finished, and a member of their own agency took the photo',
} as const;

const plannerRule: Rule = {
  roles: ['planner', 'commander'],
  side: 'enforcement',
  relation: 'member',
  purpose: 'operation',
  verbs: ['read'],
};
const countedRowsRule: Rule = {
  roles: ['analyst', 'commander'],
  relation: 'partner',
  purpose: 'statistics',
  verbs: ['read'],
};
const countedFieldsRule: Rule = { ...countedRowsRule, fields: 'counted' };
const visitParent = ['visits', 'visit_id'] as const;

/** Records attached to a visit, for enforcement alone. */
const createEnforcementClass = (
  means: string,
  table: string,
  counted: readonly string[],
  actions: RecordClass['actions'],
  parent: readonly [table: string, column: string] = visitParent,
  marking: Marking = 'OFFICIAL-SENSITIVE: OPERATIONAL',
  /** What opens it to those who direct the visit; seeing it is enough for all but names. */
  directed: 'any' | 'opened' = 'any',
): RecordClass => ({
  means,
  marking,
  looks: 'each',
  tables: {
    [table]: {
      parent,
      ...(counted.length > 0 && { groups: { counted } }),
      // What bears its parent's id is found as that.
      ...(parent[1] !== 'id' && { owner: 'parent' as const }),
      ...(table === 'arrests' && { closed: 'closed_at' }),
      ...(directed === 'opened' && { opened: 'id' }),
    },
    [`${table}_versions`]: { parent: [table, 'id'] },
  },
  rules: [
    { roles: fieldRoles, side: 'enforcement', relation: 'any', purpose: 'operation', verbs: ['read', 'add', 'change'] },
    { ...plannerRule, relation: directed },
    ...(counted.length > 0 ? [{ ...countedFieldsRule, relation: 'any' as const }] : []),
  ],
  actions,
});

export const visitsPolicy: AreaPolicy = {
  visit: {
    means: 'Visits: time, power of entry, members who attended, and number of people found',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: {
      visits: {
        operation: 'operation_id',
        team: 'team_id',
        owner: 'operation',
        closed: 'finished_at',
        immigration: ['premises_id', 'attendees'],
        groups: {
          counted: [
            'id',
            'operation_id',
            'premises_id',
            'team_id',
            'arrived_at',
            'left_at',
            'power_id',
            'basis',
            'answer',
            'present',
            'others',
            'finished_at',
          ],
        },
      },
      visits_versions: { parent: ['visits', 'id'], groups: { counted: ['id', 'replaced_at'] } },
    },
    rules: [
      { roles: fieldRoles, relation: ownTeamsVisit, purpose: 'operation', verbs: ['read', 'add', 'change'] },
      plannerRule,
      countedFieldsRule,
    ],
    actions: { 'visit.read': ['read', 'operation'], 'visit.record': ['add', 'operation'] },
  },
  attendance: {
    means: 'Members who attended a visit',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who of the partnership was there, shown with the visit' },
    tables: { visit_attendees: { parent: visitParent } },
    rules: [
      { roles: fieldRoles, relation: 'any', purpose: 'operation', verbs: ['read', 'add', 'remove'] },
      { ...plannerRule, relation: 'any' },
      { ...countedRowsRule, relation: 'any' },
    ],
    actions: {},
  },
  encounter: {
    means: 'People encountered at a visit, without a name',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    tables: {
      encounters: {
        parent: visitParent,
        owner: 'parent',
        groups: { counted: ['id', 'visit_id', 'number', 'spoken_to', 'interpreter'] },
      },
      encounters_versions: { parent: ['encounters', 'id'] },
    },
    rules: [
      { roles: fieldRoles, relation: 'any', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { ...plannerRule, relation: 'any' },
      { ...countedFieldsRule, relation: 'any' },
    ],
    actions: { 'encounter.read': ['read', 'operation'], 'encounter.record': ['add', 'operation'] },
  },
  'visit photo': {
    means: 'Photos of rooms and objects at a visit, as clean copies, without people',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { visit_photos: { parent: visitParent, owner: 'parent' } },
    rules: [
      { roles: fieldRoles, relation: 'any', purpose: 'operation', verbs: ['read', 'add'] },
      { roles: fieldRoles, relation: ownPhoto, purpose: 'operation', verbs: ['remove'] },
      { ...plannerRule, relation: 'any' },
      {
        roles: ['commander'],
        side: 'enforcement',
        relation: photoOfOwnAgency,
        purpose: 'operation',
        verbs: ['remove'],
      },
    ],
    actions: {
      'visit photo.read': ['read', 'operation'],
      'visit photo.add': ['add', 'operation'],
      'visit photo.remove': ['remove', 'operation'],
    },
  },
  'encounter name': {
    ...createEnforcementClass(
      'Encrypted names of people encountered, if police or immigration need the names',
      'encounter_names',
      [],
      { 'name.read': ['read', 'operation'], 'name.record': ['add', 'operation'] },
      ['encounters', 'id'],
      'OFFICIAL-SENSITIVE: PERSONAL DATA',
      'opened',
    ),
    asksWhy: true,
  },
  sign: createEnforcementClass(
    'Indicators observed at a visit, each with context and an alternative explanation',
    'observations',
    ['id', 'visit_id', 'of_control'],
    { 'sign.read': ['read', 'operation'], 'sign.record': ['add', 'operation'] },
  ),
  search: createEnforcementClass(
    'Search records of visits: places searched, force, damage and the notice left',
    'searches',
    ['id', 'searched', 'forced', 'damaged', 'people_checked', 'vehicles_checked', 'documents_checked', 'suspects'],
    { 'search.read': ['read', 'operation'], 'search.record': ['add', 'operation'] },
    ['visits', 'id'],
  ),
  arrest: createEnforcementClass(
    'Arrests at a visit',
    'arrests',
    ['id', 'visit_id', 'kind', 'matter', 'sex', 'age', 'residence', 'status', 'closed_at'],
    { 'arrest.read': ['read', 'operation'], 'arrest.record': ['add', 'operation'] },
    visitParent,
    'OFFICIAL-SENSITIVE: PERSONAL DATA',
  ),
  screening: createEnforcementClass(
    'Screenings of arrested people for exploitation, with results',
    'screenings',
    ['id', 'outcome'],
    { 'screening.record': ['add', 'operation'] },
    ['arrests', 'id'],
    'OFFICIAL-SENSITIVE: PERSONAL DATA',
  ),
  'child notification': createEnforcementClass(
    'Notifications of children’s services and an appropriate adult about the arrest of a child',
    'child_notifications',
    [],
    { 'child notification.record': ['add', 'operation'] },
    ['arrests', 'id'],
    'OFFICIAL-SENSITIVE: PERSONAL DATA',
  ),
  seizure: createEnforcementClass(
    'Items seized at a visit',
    'seizures',
    ['id', 'visit_id', 'kind', 'pence', 'currency'],
    {
      'seizure.read': ['read', 'operation'],
      'seizure.record': ['add', 'operation'],
    },
  ),
};
