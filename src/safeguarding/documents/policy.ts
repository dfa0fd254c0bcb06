/** Readers of a person's record may add documents and see them. Another agency sees only agreed documents, while the consent lasts. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const helpers = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const help = { side: 'help', purpose: 'safeguarding' } as const;

const readRecord = 'exists (select 1 from persons p where p.id = person_documents.person_id)';
const aboutReadableRecord = { sql: readRecord, words: 'it is of a person whose record they can read' } as const;
const addedByMember = {
  sql: `author_id = (select ctx.member()) and agency_id = (select ctx.agency()) and ${readRecord}`,
  words: 'it is of a person whose record they can read, in their own name, for the agency where they are',
} as const;
const sharedWithAgency = {
  sql: `exists (select 1 from person_grants g where g.papers @> array[person_documents.id]
    and g.recipient = (select ctx.agency()) and g.ended_at is null and g.until > (select ctx.now()))`,
  words: 'it was chosen to be shown to their agency, of a group that was agreed, and that is not over',
} as const;

export const documentsPolicy: AreaPolicy = {
  'document of a person': {
    means: 'Documents and photos on a person’s record, as clean copies',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { person_documents: { owner: { column: 'agency_id' } } },
    rules: [
      { ...help, roles: helpers, relation: aboutReadableRecord, verbs: ['read'] },
      { ...help, roles: helpers, relation: addedByMember, verbs: ['add'] },
      { ...help, roles: ['partner caseworker'], relation: sharedWithAgency, verbs: ['read'] },
    ],
    actions: { 'paper.read': ['read', 'safeguarding'], 'paper.add': ['add', 'safeguarding'] },
  },
};
