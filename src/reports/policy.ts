/** Who may read reports, write to reporters, open a source identity, and publish who attends: police on one line, the support side on the other, in the safeguarding database. */
import type { AreaPolicy, RecordClass } from '../platform/access-policy/access.ts';
import { type LinePolicy, marking, policeLine, supportLine } from './line-policies.ts';
import { onCallPolicy } from './on-call/policy.ts';
import { retentionPolicy } from './retention/policy.ts';
import { sameMatterPolicy } from './same-matter/policy.ts';
import { sourceIdentityPolicy } from './source-identity/policy.ts';
import { staffIntakePolicy } from './staff-intake/policy.ts';

const handledColumns = { handled: ['state', 'outcome', 'unread', 'acted_at', 'due_at'] } as const;
const reports = { agency: 'agency_id', owner: { column: 'agency_id' }, groups: handledColumns } as const;
const parts = { parent: ['reports', 'report_id'], owner: 'parent' } as const;

/** What is written once somebody has opened it. */
const files = {
  parent: ['reports', 'report_id'],
  owner: 'parent',
  groups: { cleaned: ['state', 'sealed_key', 'copy_id', 'copy_key', 'parts', 'why'] },
} as const;

const ownMessage = {
  sql: "member_id = (select ctx.member()) and kind in ('asked', 'replied', 'closed', 'noted')",
  words: 'they write this message or note in their own name',
} as const;
const setByOwnAgency = {
  sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they write this record in their own name, for their own agency',
} as const;

const report = (
  { readers, purpose, store }: LinePolicy,
  means: string,
  actions: RecordClass['actions'],
): RecordClass => ({
  means,
  marking,
  looks: 'each',
  ...store,
  tables: { reports },
  rules: [
    { ...readers, relation: 'own agency', purpose, verbs: ['read'] },
    { ...readers, relation: 'own agency', purpose, verbs: ['change'], fields: 'handled' },
  ],
  actions,
});

const part = ({ readers, purpose, store }: LinePolicy, means: string): RecordClass => ({
  means,
  marking,
  looks: 'each',
  ...store,
  tables: { report_parts: parts },
  rules: [
    { ...readers, relation: 'any', purpose, verbs: ['read'] },
    { ...readers, relation: ownMessage, purpose, verbs: ['add'] },
  ],
  actions: {},
});

const file = (
  { readers, purpose, store }: LinePolicy,
  means: string,
  actions: RecordClass['actions'],
): RecordClass => ({
  means,
  marking,
  looks: 'each',
  ...store,
  tables: { report_files: files },
  rules: [
    { ...readers, relation: 'any', purpose, verbs: ['read'] },
    { ...readers, relation: 'any', purpose, verbs: ['change'], fields: 'cleaned' },
  ],
  actions,
});

const attendance = (
  { readers, purpose, store }: LinePolicy,
  means: string,
  actions: RecordClass['actions'],
): RecordClass => ({
  means,
  marking: 'OFFICIAL',
  looks: { none: 'the public is told the same' },
  ...store,
  tables: { reading_hours: { owner: { column: 'agency_id' } } },
  rules: [
    {
      roles: [...readers.roles, 'data-protection lead'],
      side: readers.side,
      relation: 'any',
      purpose,
      verbs: ['read'],
    },
    { roles: ['data-protection lead'], side: readers.side, relation: setByOwnAgency, purpose, verbs: ['add'] },
  ],
  actions,
});

export const reportsPolicy: AreaPolicy = {
  ...staffIntakePolicy,
  ...sourceIdentityPolicy,
  ...sameMatterPolicy,
  ...onCallPolicy,
  ...retentionPolicy,
  report: report(policeLine, 'Reports sent to police: the deadline and the progress of each report', {
    'report.read': ['read', 'investigation'],
    'report.answer': ['change', 'investigation'],
  }),
  'report part': part(policeLine, 'Encrypted messages in reports, from reporters and from staff'),
  'report file': file(policeLine, 'Photos and files of reports, encrypted', {
    'report file.read': ['read', 'investigation'],
    'report file.clean': ['change', 'investigation'],
    'report file.export': ['read', 'investigation'],
  }),
  'line attendance': attendance(
    policeLine,
    'The hours when officers read reports sent to police. The public site shows these hours',
    {
      'attendance.read': ['read', 'investigation'],
      'attendance.set': ['add', 'investigation'],
    },
  ),
  'help report': report(supportLine, 'Reports sent to support agencies: the deadline and the progress of each report', {
    'help report.read': ['read', 'safeguarding'],
    'help report.answer': ['change', 'safeguarding'],
  }),
  'help report part': part(supportLine, 'Encrypted messages in reports, from reporters and from staff'),
  'help report file': file(supportLine, 'Photos and files of reports, encrypted', {
    'help report file.read': ['read', 'safeguarding'],
    'help report file.clean': ['change', 'safeguarding'],
    'help report file.export': ['read', 'safeguarding'],
  }),
  'help line attendance': attendance(
    supportLine,
    'The hours when support agencies read reports. The public site shows these hours',
    {
      'help attendance.read': ['read', 'safeguarding'],
      'help attendance.set': ['add', 'safeguarding'],
    },
  ),
  'report draft': {
    means: 'Drafts of reports on the public site, encrypted so that only the sender’s browser page can open them',
    marking,
    looks: { none: 'no one here can read one' },
    tables: { report_drafts: {} },
    rules: [],
    actions: {},
  },
};
