/** Permissions for people’s records: the support agency that keeps the record, and the member who opened it. Leads of support agencies in the operation of the encounter can read it. Never enforcement, in any role. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { helpActions, helperRoles, helpRule, keeperRoles, ownName, safeguardingRecord } from '../shared-policy.ts';

const openedByMember = {
  sql: ownName,
  words: 'they open it in their own name, for their own agency',
} as const;
const writtenByMember = {
  ...openedByMember,
  words: 'they write this record in their own name, for their own agency',
} as const;

export const personsPolicy: AreaPolicy = {
  person: {
    means: 'Records of people who may need help: name, language and safe contact',
    ...safeguardingRecord,
    tables: { persons: { operation: 'operation_id', agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      helpRule(keeperRoles, 'own agency', 'read', 'change'),
      helpRule(helperRoles, openedByMember, 'read', 'add', 'change'),
      helpRule(['safeguarding lead'], 'member', 'read'),
    ],
    actions: helpActions({
      'person.read': 'read',
      'person.open': 'add',
      'person.correct': 'change',
      'person.export': 'read',
    }),
    asksWhy: ['person.export'],
  },
  'earlier person': {
    means: 'Earlier versions of records of people',
    ...safeguardingRecord,
    tables: { persons_versions: { parent: ['persons', 'id'] } },
    rules: [helpRule(helperRoles, 'any', 'read', 'add')],
    actions: {},
  },
  'help for a person': {
    means: 'Contact notes: needs of a person, help offered and the person’s answers',
    ...safeguardingRecord,
    tables: { contact_notes: { parent: ['persons', 'person_id'] } },
    rules: [helpRule(helperRoles, 'any', 'read'), helpRule(helperRoles, writtenByMember, 'add')],
    actions: helpActions({ 'help.read': 'read', 'help.write': 'add' }),
  },
  'person search term': {
    means: 'Parts of names that are scrambled with a secret key. The person search compares them',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'no one here can read one' },
    store: 'safeguarding',
    tables: { name_digests: {} },
    rules: [],
    actions: {},
  },
};
