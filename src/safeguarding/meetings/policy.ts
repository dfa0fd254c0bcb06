/** Support agencies that call a meeting, or are invited to it, see that it takes place. Its list shows each reader only cases that they can read anyway. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import {
  helpActions,
  helperRoles,
  helpRule,
  inOwnName,
  keeperRoles,
  ownName,
  safeguardingRecord,
} from '../shared-policy.ts';

const takesPart = {
  sql: '(agency_id = (select ctx.agency()) or (select ctx.agency()) = any (invited))',
  words: 'their agency called the meeting or is invited to it',
} as const;
const readMeeting = 'exists (select 1 from case_meetings m where m.id = meeting_cases.meeting_id)';
const onReadMeeting = { sql: readMeeting, words: 'they can see the meeting' } as const;
const addedByMember = {
  sql: `${ownName} and ${readMeeting}`,
  words: 'they add it themselves, for their own agency, at a meeting they see',
} as const;
/** What was recorded of a case stays on the list. */
const withoutDecision = {
  sql: `agency_id = (select ctx.agency()) and revision = 1
    and exists (select 1 from case_meetings m where m.id = meeting_cases.meeting_id and m.closed_at is null)`,
  words: 'their agency listed it, nothing was recorded, and the minutes are open',
} as const;

export const meetingsPolicy: AreaPolicy = {
  'case meeting': {
    ...safeguardingRecord,
    means:
      'Meetings of support agencies about cases: day, place, invited agencies and members present. They name no person',
    tables: {
      case_meetings: { operation: 'operation_id', agency: 'agency_id', owner: { column: 'agency_id' } },
    },
    rules: [
      helpRule(helperRoles, takesPart, 'read'),
      helpRule(keeperRoles, inOwnName, 'add'),
      helpRule(keeperRoles, 'own agency', 'change'),
    ],
    actions: helpActions({ 'case meeting.read': 'read', 'case meeting.call': 'add', 'case meeting.change': 'change' }),
  },
  'case on a meeting': {
    ...safeguardingRecord,
    means: 'Cases on the list of a meeting: decisions, and whether the person knows of the meeting',
    tables: {
      meeting_cases: { parent: ['persons', 'person_id'], owner: 'parent' },
    },
    rules: [
      helpRule(helperRoles, onReadMeeting, 'read', 'change'),
      helpRule(helperRoles, addedByMember, 'add'),
      helpRule(helperRoles, withoutDecision, 'remove'),
    ],
    actions: helpActions({
      'meeting case.read': 'read',
      'meeting case.add': 'add',
      'meeting case.decide': 'change',
      'meeting case.remove': 'remove',
    }),
  },
};
