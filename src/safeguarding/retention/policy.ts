/** Support agencies and their data-protection leads set retention rules, place holds, order erasures and see certificates of their own records. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const keepers = ['safeguarding lead', 'partner caseworker'] as const;
const answering = [...keepers, 'data-protection lead'] as const;

const setBySelf = {
  sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they say so in their own name and for their own agency',
} as const;
const said = 'recorded_by = (select ctx.member()) and agency_id = (select ctx.agency())';
/** Only the data-protection lead orders an erasure. */
const recordedBySelf = {
  sql: `${said} and what <> 'asked to go'`,
  words: 'they say so in their own name and for their own agency, and it is no order that the record goes',
} as const;
const orderedBySelf = {
  sql: said,
  words: 'they say so in their own name and for their own agency',
} as const;
/** A hold is ended by the data-protection lead, not by members who work with the record. */
const takenBack = {
  sql: "what <> 'hold' and agency_id = (select ctx.agency())",
  words: 'it is said by their own agency, and it is no hold',
} as const;
const help = { side: 'help', purpose: 'safeguarding' } as const;
const ofAgency = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;

export const retentionPolicy: AreaPolicy = {
  'keeping rule': {
    means: 'Retention rules for records of people, by class',
    marking: 'OFFICIAL',
    looks: { none: 'a rule, and days of records without a name' },
    store: 'safeguarding',
    tables: { person_retention_rules: ofAgency },
    rules: [
      { ...help, roles: answering, relation: 'own agency', verbs: ['read'] },
      { ...help, roles: ['data-protection lead'], relation: setBySelf, verbs: ['add'] },
    ],
    actions: { 'keeping.read': ['read', 'safeguarding'], 'keeping.set': ['add', 'safeguarding'] },
  },
  'keeping fact': {
    means: 'Facts that decide how long a person’s record is kept: class, holds and requests to erase, with reasons',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { retention_facts: { ...ofAgency, groups: { ending: ['ended_on', 'ended_by'] } } },
    rules: [
      { ...help, roles: answering, relation: 'own agency', verbs: ['read'] },
      { ...help, roles: keepers, relation: recordedBySelf, verbs: ['add'] },
      { ...help, roles: ['data-protection lead'], relation: orderedBySelf, verbs: ['add'] },
      { ...help, roles: keepers, relation: takenBack, verbs: ['change'], fields: 'ending' },
      { ...help, roles: ['data-protection lead'], relation: 'own agency', verbs: ['change'], fields: 'ending' },
    ],
    actions: {
      'kept person.read': ['read', 'safeguarding'],
      'kept person.say': ['add', 'safeguarding'],
      'kept person.end': ['change', 'safeguarding'],
    },
  },
  'erasure certificate': {
    means: 'Certificates that a person’s record was erased: when, why and how much, without the person',
    marking: 'OFFICIAL',
    looks: { none: 'nothing of anybody is left in it' },
    store: 'safeguarding',
    tables: { person_erasure_certificates: ofAgency },
    rules: [{ ...help, roles: answering, relation: 'own agency', verbs: ['read'] }],
    actions: { 'erasure certificate.read': ['read', 'safeguarding'] },
  },
  'key to destroy': {
    means: 'Keys of erased records that still have to be destroyed',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'no one here can read one' },
    store: 'safeguarding',
    tables: { keys_to_destroy: {} },
    rules: [],
    actions: {},
  },
};
