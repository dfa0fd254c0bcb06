/** Support agencies and their data-protection leads set retention rules, place holds, order erasures and see certificates of their own records. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { helpActions, helpRule, keeperRoles, ofOwnAgency, safeguardingRecord } from '../shared-policy.ts';

const answering = [...keeperRoles, 'data-protection lead'] as const;

const setBySelf = {
  sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they write it in their own name, for their own agency',
} as const;
const said = 'recorded_by = (select ctx.member()) and agency_id = (select ctx.agency())';
/** Only the data-protection lead orders an erasure. */
const recordedBySelf = {
  sql: `${said} and what <> 'asked to go'`,
  words: 'they write it in their own name, for their own agency, and it does not order an erasure',
} as const;
const orderedBySelf = {
  sql: said,
  words: 'they write it in their own name, for their own agency',
} as const;
/** A hold is ended by the data-protection lead, not by members who work with the record. */
const takenBack = {
  sql: "what <> 'hold' and agency_id = (select ctx.agency())",
  words: 'their own agency wrote it, and it is not a hold',
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
    means: 'Facts that decide how long a person’s record is kept: class, holds and requests to erase, with reasons',
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
    means: 'Certificates that a person’s record was erased: when, why and how much, without the person',
    marking: 'OFFICIAL',
    looks: { none: 'nothing of anybody is left in it' },
    store: 'safeguarding',
    tables: { person_erasure_certificates: ofOwnAgency },
    rules: [helpRule(answering, 'own agency', 'read')],
    actions: helpActions({ 'erasure certificate.read': 'read' }),
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
