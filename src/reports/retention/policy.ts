/** Who may say how long reports are kept, hold one, and see what was destroyed: the readers of the line, and the data-protection lead of the agency whose it is. */
import type { AreaPolicy, RecordClass } from '../../platform/access-policy/access.ts';
import { type LinePolicy, policeLine, supportLine } from '../line-policies.ts';

const setByOwnAgency = {
  sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they write this record in their own name, for their own agency',
} as const;

/** The actions of the support side bear its name. */
const actionName = (line: LinePolicy, action: string): string => (line === supportLine ? `help ${action}` : action);
const readersAndLead = ({ readers }: LinePolicy) => ({
  roles: [...readers.roles, 'data-protection lead'] as const,
  side: readers.side,
});
const tableOf = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;

const rule = (line: LinePolicy): RecordClass => ({
  means: 'Retention rules for closed reports, by outcome',
  marking: 'OFFICIAL',
  looks: { none: 'a rule, and how many reports it reaches' },
  ...line.store,
  tables: { report_retention_rules: tableOf },
  rules: [
    { ...readersAndLead(line), relation: 'own agency', purpose: line.purpose, verbs: ['read'] },
    {
      roles: ['data-protection lead'],
      side: line.readers.side,
      relation: setByOwnAgency,
      purpose: line.purpose,
      verbs: ['add'],
    },
  ],
  actions: {
    [actionName(line, 'retention.read')]: ['read', line.purpose],
    [actionName(line, 'retention.set')]: ['add', line.purpose],
  },
});

const hold = (line: LinePolicy): RecordClass => ({
  means: 'Each hold that keeps a report from being destroyed, with its reason and review date',
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  looks: { none: 'that it is held, and why; no word of what it says, and each act is a row' },
  ...line.store,
  tables: {
    report_retention_holds: { ...tableOf, groups: { ending: ['ended_by', 'ended_at', 'ended_because'] } },
  },
  rules: [
    { ...readersAndLead(line), relation: 'own agency', purpose: line.purpose, verbs: ['read'] },
    { ...readersAndLead(line), relation: setByOwnAgency, purpose: line.purpose, verbs: ['add'] },
    { ...readersAndLead(line), relation: 'own agency', purpose: line.purpose, verbs: ['change'], fields: 'ending' },
  ],
  actions: {
    [actionName(line, 'hold.read')]: ['read', line.purpose],
    [actionName(line, 'hold.set')]: ['add', line.purpose],
    [actionName(line, 'hold.end')]: ['change', line.purpose],
  },
});

const certificate = (line: LinePolicy): RecordClass => ({
  means: 'Certificates that reports were destroyed: the time and the retention rule, but not what the reports said',
  marking: 'OFFICIAL',
  looks: { none: 'nothing of anybody is left in it' },
  ...line.store,
  tables: { report_erasure_certificates: tableOf },
  rules: [{ ...readersAndLead(line), relation: 'own agency', purpose: line.purpose, verbs: ['read'] }],
  actions: { [actionName(line, 'certificate.read')]: ['read', line.purpose] },
});

export const retentionPolicy: AreaPolicy = {
  'retention rule': rule(policeLine),
  'legal hold': hold(policeLine),
  'destruction certificate': certificate(policeLine),
  'help retention rule': rule(supportLine),
  'help legal hold': hold(supportLine),
  'help destruction certificate': certificate(supportLine),
};
