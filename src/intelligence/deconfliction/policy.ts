/** Who takes part in the check between agencies: planners and commanders see matches of their own operations, triage those of what it has compared. The background work reads the plans of all; it shows none. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';

const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';
const enforcement = { side: 'enforcement', purpose: 'operation' } as const;
const readers = { ...enforcement, roles: ['planner', 'commander', 'triage'] } as const;
const planners = { ...enforcement, roles: ['planner', 'commander'] } as const;
const triage = { ...enforcement, roles: ['triage'] } as const;
const agency = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;

const background = (verbs: Rule['verbs'], fields?: string): Rule => ({
  roles: 'anyone',
  relation: 'any',
  purpose: 'upkeep',
  verbs,
  ...(fields !== undefined && { fields }),
});
const inOwnName = (column: string) => ({
  sql: `${column} = (select ctx.member()) and agency_id = (select ctx.agency())`,
  words: 'they write it in their own name, for their own agency',
});
const ofIntelligence = {
  sql: 'operation_id is null and agency_id = (select ctx.agency())',
  words: 'it is about intelligence of their own agency',
} as const;

export const deconflictionPolicy: AreaPolicy = {
  'deconfliction contact': {
    means: 'The person or post at an agency that other agencies ring before a visit',
    marking,
    looks: { none: 'a name and a telephone of a police office' },
    tables: { deconfliction_contacts: agency },
    rules: [
      { ...readers, relation: 'own agency', verbs: ['read'] },
      { ...planners, relation: inOwnName('set_by'), verbs: ['add'] },
      { ...planners, relation: 'own agency', verbs: ['change'] },
      background(['read']),
    ],
    actions: {
      'deconfliction.read': ['read', 'operation'],
      'deconfliction contact.set': ['add', 'operation'],
    },
  },
  'deconfliction partner': {
    means: 'Agencies that use another Safelight and take part in the check',
    marking,
    looks: { none: 'names, addresses and public keys of organisations' },
    tables: {
      deconfliction_partners: {
        ...agency,
        groups: { ending: ['ended_by', 'ended_at'], heard: ['answered_at', 'failed_at', 'failure'] },
      },
    },
    rules: [
      { ...readers, relation: 'own agency', verbs: ['read'] },
      { ...planners, relation: inOwnName('added_by'), verbs: ['add'] },
      { ...planners, relation: 'own agency', verbs: ['change'], fields: 'ending' },
      background(['read']),
      background(['change'], 'heard'),
    ],
    actions: {
      'deconfliction partner.add': ['add', 'operation'],
      'deconfliction partner.end': ['change', 'operation'],
    },
  },
  'hidden operation': {
    means: 'Operations hidden from other agencies in the check',
    marking,
    looks: { none: 'that and why other agencies are not told, as the plan is read' },
    tables: { deconfliction_hidden: { operation: 'operation_id', owner: { column: 'agency_id' } } },
    rules: [
      { ...planners, relation: 'member', verbs: ['read', 'remove'] },
      {
        ...planners,
        relation: {
          sql: `hidden_by = (select ctx.member()) and agency_id = (select ctx.agency())
            and operation_id = any ((select ctx.operations())::uuid[])`,
          words: 'they write it in their own name, and take part in the operation',
        },
        verbs: ['add'],
      },
      background(['read']),
    ],
    actions: {
      'hidden operation.set': ['add', 'operation'],
      'hidden operation.end': ['remove', 'operation'],
    },
  },
  'deconfliction subject': {
    means: 'People, places and numbers in intelligence that are compared with other agencies, encrypted',
    marking,
    looks: { none: 'that it is compared; what it is has a page of its own, whose look is logged' },
    tables: { deconfliction_subjects: agency },
    rules: [
      { ...triage, relation: 'own agency', verbs: ['read', 'remove'] },
      { ...triage, relation: inOwnName('added_by'), verbs: ['add'] },
      background(['read']),
    ],
    actions: {
      'deconfliction subject.add': ['add', 'operation'],
      'deconfliction subject.end': ['remove', 'operation'],
    },
  },
  'deconfliction tag': {
    means: 'Outputs of the oblivious function, for the comparison of plans',
    marking,
    looks: { none: 'digests, which say nothing without a key' },
    tables: { deconfliction_tags: {} },
    rules: [background(['read', 'add', 'remove'])],
    actions: {},
  },
  'deconfliction question': {
    means: 'How much another agency asked in the check, and how much was asked of it',
    marking,
    looks: { none: 'numbers by agency and hour' },
    tables: { deconfliction_questions: { agency: 'agency_id' } },
    rules: [{ ...readers, relation: 'own agency', verbs: ['read'] }, background(['read', 'remove'])],
    actions: {},
  },
  'deconfliction match': {
    means: 'Planned visits and intelligence that another agency also has, and whom to ring there',
    marking,
    looks: 'each',
    tables: {
      deconfliction_matches: {
        operation: 'operation_id',
        owner: { column: 'agency_id' },
        groups: { acknowledged: ['acknowledged_by', 'acknowledged_at'] },
      },
    },
    rules: [
      { ...planners, relation: 'member', verbs: ['read'] },
      { ...planners, relation: 'member', verbs: ['change'], fields: 'acknowledged' },
      { ...triage, relation: ofIntelligence, verbs: ['read'] },
      { ...triage, relation: ofIntelligence, verbs: ['change'], fields: 'acknowledged' },
      background(['read', 'add', 'change', 'remove']),
    ],
    actions: {
      'deconfliction match.read': ['read', 'operation'],
      'deconfliction match.acknowledge': ['change', 'operation'],
    },
  },
  'question by a program': {
    means: 'Blinded questions that a compared partner’s program asks in the check',
    marking,
    looks: { none: 'it is counted, and nothing in it can be read' },
    tables: {},
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'administration', verbs: ['add'] }],
    actions: { 'deconfliction.ask': ['add', 'administration'] },
  },
};
