/** Permissions for notes and referrals in the safeguarding database. Authors write and read their own notes; leads of support agencies read them; others get only totals in the return. */

import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { consentPolicy } from '../consent/policy.ts';
import { helpActions, helperRoles, helpRule, inOwnName, safeguardingRecord } from '../shared-policy.ts';

/** About a note or record that the author can read, in their own name and agency. Each one that is named must be readable; a check of the table requires at least one. */
const fromReadableRecord = {
  sql: `author_id = (select ctx.member()) and from_agency = (select ctx.agency()) and state = 'sent'
    and (note_id is null or exists (select 1 from notes n where n.id = note_id and n.operation_id = referrals.operation_id))
    and (person_id is null or exists (select 1 from persons p where p.id = person_id
      and p.operation_id is not distinct from referrals.operation_id))`,
  words:
    'they write this record in their own name, for their own agency, before anybody answers the referral. It is about a note or record that they can read',
} as const;
const aboutReadableRecord = {
  sql: `exists (select 1 from persons p where p.id = person_id)`,
  words: 'it is about a person whose record they can read',
} as const;
/** As long as consent or law lets the recipient see it, and no longer than the grant. */
const whileGranted = {
  sql: `to_agency = (select ctx.agency()) and exists (select 1 from person_grants g where g.referral_id = referrals.id
    and g.ended_at is null and g.until > (select ctx.now()))`,
  words: 'the referral was sent to their agency, and a consent or a law still lets that agency see it',
  of: 'recipient',
} as const;
const ofOwnNote = {
  sql: 'exists (select 1 from notes n where n.id = note_id and n.author_id = (select ctx.member()))',
  words: 'it comes from a note that they wrote',
} as const;

const safeguardingLeads: Rule = helpRule(['safeguarding lead'], 'member', 'read');

/** About a note that the member can read, in their own name. */
const takenUpByReader = {
  sql: `member_id = (select ctx.member())
    and exists (select 1 from notes n where n.id = note_id and n.operation_id = note_acknowledgements.operation_id)`,
  words: 'they write this record in their own name, about a note that they can read',
} as const;

/** Only the sender can end a referral that does not rest on consent. A table check lets them end it and decide nothing. */
const sentWithoutAgreement = {
  sql: `ground <> 'agreed' and from_agency = (select ctx.agency())`,
  words: 'their agency shared it, because a law allows that, and now takes it back',
} as const;

/** The recipient has no member in Safelight, so the sender records its answer. */
const askedOutside = {
  sql: 'outside and from_agency = (select ctx.agency())',
  words: 'their agency sent it to an agency that has no members on Safelight',
} as const;

export const safeguardingPolicy: AreaPolicy = {
  ...consentPolicy,
  note: {
    means: 'Safeguarding notes: needs and wishes of a person encountered at a visit, and the advice given',
    ...safeguardingRecord,
    tables: { notes: { operation: 'operation_id', author: 'author_id', owner: { column: 'agency_id' } } },
    rules: [
      { roles: helperRoles, relation: 'author', purpose: 'safeguarding', verbs: ['read'] },
      // The author was at the visit, and reads the person's number there under the visit's rules.
      { roles: ['field'], relation: inOwnName, purpose: 'safeguarding', verbs: ['add'] },
      { roles: helperRoles, relation: inOwnName, purpose: 'safeguarding', verbs: ['change'] },
      safeguardingLeads,
    ],
    actions: helpActions({ 'note.read': 'read', 'note.write': 'add', 'note.correct': 'change' }),
  },
  'earlier note': {
    means: 'Earlier versions of safeguarding notes',
    ...safeguardingRecord,
    tables: { notes_versions: { parent: ['notes', 'id'] } },
    rules: [{ roles: helperRoles, relation: 'any', purpose: 'safeguarding', verbs: ['read', 'add'] }],
    actions: {},
  },
  'take-up': {
    means: 'Names of safeguarding leads who follow up a note',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'it says who has taken a note up, and is read with the note' },
    store: 'safeguarding',
    tables: { note_acknowledgements: { operation: 'operation_id' } },
    rules: [safeguardingLeads, { ...safeguardingLeads, relation: takenUpByReader, verbs: ['add'] }],
    actions: helpActions({ 'note.take up': 'add' }),
  },
  referral: {
    means: 'Referrals to an agency for help',
    ...safeguardingRecord,
    tables: {
      referrals: {
        operation: 'operation_id',
        author: 'author_id',
        recipient: 'to_agency',
        owner: { column: 'from_agency' },
      },
    },
    rules: [
      helpRule(helperRoles, 'author', 'read'),
      helpRule(helperRoles, aboutReadableRecord, 'read'),
      helpRule(helperRoles, fromReadableRecord, 'add'),
      helpRule(helperRoles, askedOutside, 'change'),
      helpRule(helperRoles, sentWithoutAgreement, 'change'),
      safeguardingLeads,
      helpRule(['partner caseworker'], whileGranted, 'read', 'change'),
    ],
    actions: helpActions({
      'referral.read': 'read',
      'referral.make': 'add',
      'referral.decide': 'change',
      'referral.take back': 'change',
    }),
  },
  'question about a referral': {
    means: 'Questions that the recipient asked about a referral, with the answers',
    ...safeguardingRecord,
    tables: { referral_messages: { parent: ['referrals', 'referral_id'] } },
    rules: [helpRule(helperRoles, 'any', 'read'), helpRule(helperRoles, inOwnName, 'add')],
    actions: helpActions({ 'referral.ask': 'add' }),
  },
  'earlier referral': {
    means: 'Earlier versions of referrals',
    ...safeguardingRecord,
    tables: { referrals_versions: { parent: ['referrals', 'id'] } },
    rules: [helpRule(helperRoles, 'any', 'read', 'add')],
    actions: {},
  },
  fact: {
    means: 'Facts that analysts count from notes: the indicator, the day and the town, but not the person',
    ...safeguardingRecord,
    tables: { note_facts: {} },
    rules: [{ roles: helperRoles, relation: ofOwnNote, purpose: 'safeguarding', verbs: ['read', 'add', 'remove'] }],
    actions: {},
  },
  'counted fact': {
    means: 'Facts from notes, and outcomes of referrals, for analysts. Analysts do not see the notes themselves',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'indicators under a pseudonym: counted, never a person' },
    store: 'safeguarding',
    tables: {
      note_facts: {
        operation: 'operation_id',
        groups: { counted: ['id', 'person', 'operation_id', 'day', 'town', 'indicator', 'part'] },
      },
      referrals: {
        operation: 'operation_id',
        groups: { counted: ['id', 'operation_id', 'day', 'to_agency', 'state'] },
      },
      disposed_referrals: {
        operation: 'operation_id',
        groups: { counted: ['id', 'operation_id', 'day', 'to_agency', 'state'] },
      },
      submitted_nrm_referrals: {
        operation: 'operation_id',
        groups: { counted: ['id', 'person', 'operation_id', 'responder', 'outcome'] },
      },
    },
    rules: [
      {
        roles: ['analyst'],
        relation: 'partner',
        purpose: 'statistics',
        verbs: ['read'],
        fields: 'counted',
      },
    ],
    actions: { 'fact.count': ['read', 'statistics'] },
  },
  'protected count': {
    means:
      'Counts of people helped as returns showed them, and the codes behind them, without a person. Analysts need them to check that a later count gives nobody away',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'codes and how many: no person, and no pseudonym' },
    store: 'safeguarding',
    tables: { protected_counts: { operation: 'operation_id' } },
    rules: [{ roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read', 'add'] }],
    actions: { 'protected count.keep': ['add', 'statistics'] },
  },
};
