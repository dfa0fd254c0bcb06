/** Readers of a person's record may add documents and see them. Another agency sees only agreed documents, while the consent lasts. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { helpActions, helperRoles, helpRule, ownName, safeguardingRecord } from '../shared-policy.ts';

const readRecord = 'exists (select 1 from persons p where p.id = person_documents.person_id)';
const aboutReadableRecord = { sql: readRecord, words: 'it is about a person whose record they can read' } as const;
const addedByMember = {
  sql: `${ownName} and ${readRecord}`,
  words: 'they write this record in their own name, for their own agency, about a person whose record they can read',
} as const;
const sharedWithAgency = {
  sql: `exists (select 1 from person_grants g where g.papers @> array[person_documents.id]
    and g.recipient = (select ctx.agency()) and g.ended_at is null and g.until > (select ctx.now()))`,
  words: 'this document was chosen to be shared with their agency, under a grant that is still in force',
} as const;

export const documentsPolicy: AreaPolicy = {
  'document of a person': {
    means: 'Documents and photos on a person’s record, as clean copies',
    ...safeguardingRecord,
    tables: { person_documents: { owner: { column: 'agency_id' } } },
    rules: [
      helpRule(helperRoles, aboutReadableRecord, 'read'),
      helpRule(helperRoles, addedByMember, 'add'),
      helpRule(['partner caseworker'], sharedWithAgency, 'read'),
    ],
    actions: helpActions({ 'paper.read': 'read', 'paper.add': 'add' }),
  },
};
