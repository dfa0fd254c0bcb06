/** Who may take a report for a caller, who may hand one in, and who may see that they did. Reports are added through a database function, and the sender cannot read them again. */
import type { AreaPolicy, RecordClass } from '../../platform/access-policy/access.ts';
import { type LinePolicy, marking, policeLine, supportLine } from '../line-policies.ts';

const phoneReportClass = ({ readers, purpose, store }: LinePolicy, action: string): RecordClass => ({
  means: 'Reports that a member enters for a caller',
  marking,
  looks: { none: 'what is added cannot be read by it' },
  ...store,
  tables: {},
  // Added through a database function, which allows only the line of the member's own agency.
  rules: [{ ...readers, relation: 'any', purpose, verbs: ['add'] }],
  actions: { [action]: ['add', purpose] },
});

/** Officers of the agency that reads the line: its readers, and those who may hand in a report. */
const internalLogClass = ({ readers, professionals, purpose }: LinePolicy): RecordClass => ({
  means: 'Internal logs: what officers saw, or heard from a colleague',
  marking,
  looks: { none: 'what is added cannot be read by it' },
  tables: {},
  // Added through a database function, which allows only the line of the member's own agency.
  rules: [
    {
      roles: [...readers.roles, ...professionals.roles],
      side: readers.side,
      relation: 'any',
      purpose,
      verbs: ['add'],
    },
  ],
  actions: { 'report.log': ['add', purpose] },
});

const partnerReportClass = ({ professionals, purpose, store }: LinePolicy, action: string): RecordClass => ({
  means: 'Sending a partner intelligence form',
  marking,
  looks: { none: 'what is added cannot be read by it' },
  ...store,
  tables: {},
  rules: [{ ...professionals, relation: 'any', purpose, verbs: ['add'] }],
  actions: { [action]: ['add', purpose] },
});

const sentReportClass = ({ readers, professionals, purpose, store }: LinePolicy, action: string): RecordClass => ({
  means: 'Reports that staff entered: the member, the hour, and how the report came in, but not its text',
  marking,
  looks: { none: 'that one sent it oneself, and who sent what one reads' },
  ...store,
  tables: { report_intakes: { agency: 'agency_id', author: 'taken_by', owner: { column: 'agency_id' } } },
  rules: [
    { ...professionals, relation: 'author', purpose, verbs: ['read'] },
    { ...readers, relation: 'own agency', purpose, verbs: ['read'] },
  ],
  actions: { [action]: ['read', purpose] },
});

export const staffIntakePolicy: AreaPolicy = {
  'report taken': phoneReportClass(policeLine, 'report.take'),
  'partner report': partnerReportClass(policeLine, 'report.hand in'),
  'internal log': internalLogClass(policeLine),
  'report sent': sentReportClass(policeLine, 'report.sent'),
  'help report taken': phoneReportClass(supportLine, 'help report.take'),
  'help partner report': partnerReportClass(supportLine, 'help report.hand in'),
  'help report sent': sentReportClass(supportLine, 'help report.sent'),
};
