/** Support agencies and their data-protection leads set retention rules, place holds, order erasures and see certificates of their own records. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { helpActions, helpRule, keeperRoles, ofOwnAgency, safeguardingRecord } from '../shared-policy.ts';

const answering = [...keeperRoles, 'data-protection lead'] as const;

const setBySelf = {
  sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they write this record in their own name, for their own agency',
} as const;
const said = 'recorded_by = (select ctx.member()) and agency_id = (select ctx.agency())';
/** Only the data-protection lead orders an erasure. */
const recordedBySelf = {
  sql: `${said} and what <> 'asked to go'`,
  words:
    'they write this record in their own name, for their own agency, and the record is not an order to erase something',
} as const;
const orderedBySelf = {
  sql: said,
  words: 'they write this record in their own name, for their own agency',
} as const;
/** A hold is ended by the data-protection lead, not by members who work with the record. */
const takenBack = {
  sql: "what <> 'hold' and agency_id = (select ctx.agency())",
  words: 'their own agency wrote the record, and the record is not a hold',
} as const;
const help = { side: 'help', purpose: 'safeguarding' } as const;

export const retentionPolicy: AreaPolicy = {
  'keeping rule': {
    means: 'Retention rules for records of people, by class',
    marking: 'OFFICIAL',
    looks: { none: 'a rule, and days of records without a name' },
    store: 'safeguarding',
    tables: { person_retention_rules: ofOwnAgency },
    rules: [helpRule(answering, 'own agency', 'read'), helpRule(['data-protection lead'], setBySelf, 'add')],
    actions: helpActions({ 'keeping.read': 'read', 'keeping.set': 'add' }),
  },
  'keeping fact': {
    means: 'How long a person’s record is kept, and why: its class, any hold on it, and any request to erase it',
    ...safeguardingRecord,
    tables: { retention_facts: { ...ofOwnAgency, groups: { ending: ['ended_on', 'ended_by'] } } },
    rules: [
      helpRule(answering, 'own agency', 'read'),
      helpRule(keeperRoles, recordedBySelf, 'add'),
      helpRule(['data-protection lead'], orderedBySelf, 'add'),
      { ...help, roles: keeperRoles, relation: takenBack, verbs: ['change'], fields: 'ending' },
      { ...help, roles: ['data-protection lead'], relation: 'own agency', verbs: ['change'], fields: 'ending' },
    ],
    actions: helpActions({ 'kept person.read': 'read', 'kept person.say': 'add', 'kept person.end': 'change' }),
  },
  'erasure certificate': {
    means:
      'Certificates that a person’s record was erased. They say when, why and how much was erased, but not whose record it was',
    marking: 'OFFICIAL',
    looks: { none: 'nothing of anybody is left in it' },
    store: 'safeguarding',
    tables: { person_erasure_certificates: ofOwnAgency },
    rules: [helpRule(answering, 'own agency', 'read')],
    actions: helpActions({ 'erasure certificate.read': 'read' }),
  },
  'key to destroy': {
    means: 'Encryption keys that Safelight must still destroy, because their records were erased',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'no one here can read one' },
    store: 'safeguarding',
    tables: { keys_to_destroy: {} },
    rules: [],
    actions: {},
  },
};
