/** Permissions for people’s records: the support agency that keeps the record, and the member who opened it. Leads of support agencies in the operation of the encounter can read it. Never enforcement, in any role. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const helpers = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const keepers = ['safeguarding lead', 'partner caseworker'] as const;

const openedByMember = {
  sql: 'author_id = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they open it in their own name, for the agency where they are',
} as const;
const writtenByMember = {
  ...openedByMember,
  words: 'they write it in their own name, for the agency where they are',
} as const;

export const personsPolicy: AreaPolicy = {
  person: {
    means: 'Records of people who may need help: name, language and safe contact',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { persons: { operation: 'operation_id', agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      { roles: keepers, side: 'help', relation: 'own agency', purpose: 'safeguarding', verbs: ['read', 'change'] },
      {
        roles: helpers,
        side: 'help',
        relation: openedByMember,
        purpose: 'safeguarding',
        verbs: ['read', 'add', 'change'],
      },
      { roles: ['safeguarding lead'], side: 'help', relation: 'member', purpose: 'safeguarding', verbs: ['read'] },
    ],
    actions: {
      'person.read': ['read', 'safeguarding'],
      'person.open': ['add', 'safeguarding'],
      'person.correct': ['change', 'safeguarding'],
      'person.export': ['read', 'safeguarding'],
    },
    asksWhy: ['person.export'],
  },
  'earlier person': {
    means: 'Earlier versions of records of people',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { persons_versions: { parent: ['persons', 'id'] } },
    rules: [{ roles: helpers, side: 'help', relation: 'any', purpose: 'safeguarding', verbs: ['read', 'add'] }],
    actions: {},
  },
  'help for a person': {
    means: 'Contact notes: needs of a person, help offered and the person’s answers',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { contact_notes: { parent: ['persons', 'person_id'] } },
    rules: [
      { roles: helpers, side: 'help', relation: 'any', purpose: 'safeguarding', verbs: ['read'] },
      { roles: helpers, side: 'help', relation: writtenByMember, purpose: 'safeguarding', verbs: ['add'] },
    ],
    actions: {
      'help.read': ['read', 'safeguarding'],
      'help.write': ['add', 'safeguarding'],
    },
  },
  'person search term': {
    means: 'Keyed digests by which the person search finds a name',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'no one here can read one' },
    store: 'safeguarding',
    tables: { name_digests: {} },
    rules: [],
    actions: {},
  },
};
