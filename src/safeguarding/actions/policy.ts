/** Members of support agencies see and change their agency's actions for people whose records they may see. They also see those that other agencies added at a meeting that theirs takes part in. Enforcement roles never have access. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { helpActions, helperRoles, helpRule, inOwnName, ofOwnAgency, safeguardingRecord } from '../shared-policy.ts';

const helpers: Rule = helpRule(helperRoles, 'own agency', 'read');

const readBySelf = {
  sql: 'member_id = (select ctx.member())',
  words: 'they record that they have read the handover',
} as const;
const comparedBySelf = {
  sql: 'member_id = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they compared it themselves, for their own agency',
} as const;

const meeting = 'exists (select 1 from case_meetings m where m.id = person_actions.meeting_id)';
const agreedAtMeeting = { sql: meeting, words: 'it was added at a meeting that their agency takes part in' } as const;
const addedByMember = {
  sql: `${inOwnName.sql} and (meeting_id is null or ${meeting})`,
  words: 'they add it themselves, for their agency, at no meeting or one they see',
} as const;

export const tasksPolicy: AreaPolicy = {
  task: {
    ...safeguardingRecord,
    means: 'Actions for a person: deadlines, health care options, and checks that the promised help arrived',
    tables: {
      person_actions: { parent: ['persons', 'person_id'], agency: 'agency_id', owner: { column: 'agency_id' } },
    },
    rules: [
      { ...helpers, verbs: ['read', 'change'] },
      { ...helpers, relation: agreedAtMeeting },
      { ...helpers, relation: addedByMember, verbs: ['add'] },
    ],
    actions: helpActions({ 'task.read': 'read', 'task.add': 'add', 'task.change': 'change' }),
  },
  handover: {
    ...safeguardingRecord,
    means: 'Handovers from one shift to the next at an agency',
    tables: { handovers: ofOwnAgency },
    rules: [helpers, { ...helpers, relation: inOwnName, verbs: ['add'] }],
    actions: helpActions({ 'handover.read': 'read', 'handover.make': 'add' }),
  },
  'handover read': {
    means: 'Members who have read a handover',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'who has read it, and is shown with it' },
    store: 'safeguarding',
    tables: { handover_readings: { parent: ['handovers', 'handover_id'] } },
    rules: [
      { ...helpers, relation: 'any' },
      { ...helpers, relation: readBySelf, verbs: ['add'] },
    ],
    actions: helpActions({ 'handover.acknowledge': 'add' }),
  },
  'deadline compared': {
    means: 'Nurses’ comparisons of the health deadlines with professional guidelines, and the results',
    marking: 'OFFICIAL',
    looks: { none: 'what a guideline says, of nobody' },
    store: 'safeguarding',
    tables: { guideline_readings: { agency: 'agency_id' } },
    rules: [helpers, { ...helpers, relation: comparedBySelf, verbs: ['add'] }],
    actions: helpActions({ 'clock.read': 'read', 'clock.compare': 'add' }),
  },
};
