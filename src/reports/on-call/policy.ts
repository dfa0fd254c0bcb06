/** Who may say who is on call, hear an alert, and take it on: those who read the line; a data-protection lead may say who is on call. */
import type { AreaPolicy, RecordClass } from '../../platform/access-policy/access.ts';
import { type LinePolicy, policeLine, supportLine } from '../line-policies.ts';

const actionName = (line: LinePolicy, action: string): string => (line === supportLine ? `help ${action}` : action);
const tableOf = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;

const shiftClass = (line: LinePolicy): RecordClass => {
  const those = { roles: [...line.readers.roles, 'data-protection lead'] as const, side: line.readers.side };
  return {
    means: 'The on-call shifts for urgent reports, and how to reach the members on call',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who works when, as colleagues know; each act is a row' },
    ...line.store,
    tables: { on_call_shifts: { ...tableOf, groups: { ending: ['ends_at'] } } },
    rules: [
      { ...those, relation: 'own agency', purpose: line.purpose, verbs: ['read'] },
      {
        ...those,
        relation: {
          sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
          words: 'they write this record in their own name, for their own agency',
        },
        purpose: line.purpose,
        verbs: ['add'],
      },
      { ...those, relation: 'own agency', purpose: line.purpose, verbs: ['change'], fields: 'ending' },
    ],
    actions: {
      [actionName(line, 'on call.read')]: ['read', line.purpose],
      [actionName(line, 'on call.set')]: ['add', line.purpose],
      [actionName(line, 'on call.end')]: ['change', line.purpose],
    },
  };
};

const alertClass = (line: LinePolicy): RecordClass => ({
  means:
    'Alerts about reports of danger, with the member who acknowledged each alert. The reports themselves are not included',
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  looks: { none: 'that there is one, as the queue says; each taking on is a row' },
  ...line.store,
  tables: {
    danger_urgent_pages: { ...tableOf, groups: { 'taking on': ['acknowledged_by', 'acknowledged_at'] } },
  },
  rules: [
    { ...line.readers, relation: 'own agency', purpose: line.purpose, verbs: ['read'] },
    { ...line.readers, relation: 'own agency', purpose: line.purpose, verbs: ['change'], fields: 'taking on' },
  ],
  actions: {
    [actionName(line, 'alert.read')]: ['read', line.purpose],
    [actionName(line, 'alert.take on')]: ['change', line.purpose],
  },
});

export const onCallPolicy: AreaPolicy = {
  'on-call turn': shiftClass(policeLine),
  'danger alert': alertClass(policeLine),
  'help on-call turn': shiftClass(supportLine),
  'help danger alert': alertClass(supportLine),
};
