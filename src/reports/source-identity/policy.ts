/** Access to a source identity: a reader of the line asks, a custodian of the agency decides with reasons, and only the reader who asked may see it, for a time. The custodian sees the request, and nothing of the report or the person. */
import type { AreaPolicy, RecordClass } from '../../platform/access-policy/access.ts';
import { type LinePolicy, marking, policeLine, supportLine } from '../line-policies.ts';

const actionName = (line: LinePolicy, action: string): string => (line === supportLine ? `help ${action}` : action);

const sourceIdentityClass = ({ readers, purpose, store }: LinePolicy, action: string): RecordClass => ({
  means: 'Source identity: who sent a report, where they gave it, and how to reach them safely',
  marking,
  looks: 'each',
  asksWhy: [action],
  ...store,
  tables: { report_contacts: { owner: { column: 'agency_id' } } },
  rules: [
    {
      ...readers,
      relation: {
        sql: 'id = any ((select ctx.contact_opened())::uuid[])',
        words: 'a custodian has given them access, for at most 24 hours',
      },
      purpose,
      verbs: ['read'],
    },
  ],
  actions: { [action]: ['read', purpose] },
});

const requestClass = (line: LinePolicy): RecordClass => ({
  means: 'Requests to a custodian for a source identity or an original file',
  marking,
  looks: { none: 'told to all who answer for it; each act is a row' },
  ...line.store,
  tables: { source_identity_requests: { agency: 'agency_id', author: 'asked_by', owner: { column: 'agency_id' } } },
  rules: [
    { ...line.readers, relation: 'author', purpose: line.purpose, verbs: ['read'] },
    {
      ...line.readers,
      relation: {
        sql: 'asked_by = (select ctx.member()) and agency_id = (select ctx.agency())',
        words: 'they ask in their own name, at their own agency',
      },
      purpose: line.purpose,
      verbs: ['add'],
    },
    {
      roles: ['custodian', 'data-protection lead'],
      side: line.readers.side,
      relation: 'own agency',
      purpose: line.purpose,
      verbs: ['read'],
    },
  ],
  actions: {
    [actionName(line, 'source identity request.read')]: ['read', line.purpose],
    [actionName(line, 'source identity request.make')]: ['add', line.purpose],
  },
});

const decisionClass = (line: LinePolicy): RecordClass => ({
  means: 'Custodians’ decisions on source identity requests, with the reason for each',
  marking,
  looks: { none: 'told to all who answer for it; each act is a row' },
  ...line.store,
  tables: { source_identity_decisions: { parent: ['source_identity_requests', 'id'], author: 'decided_by' } },
  rules: [
    {
      roles: [...line.readers.roles, 'custodian', 'data-protection lead'],
      side: line.readers.side,
      relation: 'any',
      purpose: line.purpose,
      verbs: ['read'],
    },
    {
      roles: ['custodian'],
      side: line.readers.side,
      relation: 'author',
      purpose: line.purpose,
      verbs: ['add'],
    },
  ],
  actions: { [actionName(line, 'source identity request.decide')]: ['add', line.purpose] },
});

export const sourceIdentityPolicy: AreaPolicy = {
  'source identity': sourceIdentityClass(policeLine, 'source identity.read'),
  'source identity request': requestClass(policeLine),
  'source identity decision': decisionClass(policeLine),
  'help source identity': sourceIdentityClass(supportLine, 'help source identity.read'),
  'help source identity request': requestClass(supportLine),
  'help source identity decision': decisionClass(supportLine),
};
