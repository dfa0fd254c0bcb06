/** Who sends a notice across the wall, who receives it, and who sets the on-call custodian. Only custodians without a part in operations receive it. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import {
  helpActions,
  helperRoles,
  helpRule,
  keeperRoles,
  ofOwnAgency,
  ownName,
  safeguardingRecord,
} from '../shared-policy.ts';

const ownAgencyRule: Rule = helpRule(keeperRoles, 'own agency', 'read', 'change');
const ownNotice = {
  sql: ownName,
  words: 'they sent it in their own name, for their own agency',
} as const;
const ofKnownPerson = {
  sql: `${ownName}
    and exists (select 1 from persons p where p.id = custody_notices.person_id)`,
  words: 'they write this record in their own name, for their own agency, about a person whose record they can read',
} as const;

const apartFromOperations = {
  sql: `agency_id = (select ctx.agency())
    and not ((select ctx.roles()) && array['triage', 'planner', 'commander', 'field', 'enforcement'])`,
  words: 'it is for their agency, and they have no role in triage, planning, command, visits or enforcement',
} as const;
const custodian: Rule = {
  roles: ['custodian'],
  side: 'enforcement',
  relation: apartFromOperations,
  purpose: 'operation',
  verbs: ['read'],
};
const rota: Rule = {
  roles: ['custodian', 'data-protection lead'],
  side: 'enforcement',
  relation: 'own agency',
  purpose: 'operation',
  verbs: ['read'],
};

export const receivedCustodyNoticesPolicy: AreaPolicy = {
  'protective notice': {
    means:
      'Custody safeguarding notices that were sent: the wording of each notice, the ground for sending it, and any withdrawal',
    ...safeguardingRecord,
    tables: { custody_notices: ofOwnAgency },
    rules: [
      ownAgencyRule,
      { ...ownAgencyRule, roles: ['data-protection lead'], verbs: ['read'] },
      { ...ownAgencyRule, roles: ['field'], relation: ownNotice },
      { ...ownAgencyRule, roles: helperRoles, relation: ofKnownPerson, verbs: ['add'] },
    ],
    actions: helpActions({
      'custody safeguarding notice.read': 'read',
      'custody safeguarding notice.send': 'add',
      'custody safeguarding notice.withdraw': 'change',
    }),
  },
  'custody notice': {
    means:
      'Custody safeguarding notices received: each has one short message and a custody reference, and does not name the person or the sender',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    tables: { received_custody_notices: { owner: { column: 'agency_id' } } },
    rules: [custodian],
    actions: { 'custody notice.read': ['read', 'operation'] },
  },
  'ring of a custody notice': {
    means:
      'Urgent alerts about custody safeguarding notices: the member who acknowledged each alert, and the recipients of the notice',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that there is one; each taking on is a row' },
    tables: {
      custody_urgent_pages: {
        owner: { column: 'agency_id' },
        groups: { hearing: ['acknowledged_by', 'acknowledged_at', 'passed_on', 'passed_at'] },
      },
    },
    rules: [custodian, { ...custodian, verbs: ['change'], fields: 'hearing' }],
    actions: { 'custody urgent page.read': ['read', 'operation'], 'custody notice.hear': ['change', 'operation'] },
  },
  'custodian on call': {
    means: 'On-call shifts of custodians, and how to reach those on call',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who works when, as colleagues know; each act is a row' },
    tables: {
      custodian_shifts: {
        agency: 'agency_id',
        owner: { column: 'agency_id' },
        groups: { ending: ['ends_at'] },
      },
    },
    rules: [
      rota,
      {
        ...rota,
        relation: {
          sql: 'set_by = (select ctx.member()) and agency_id = (select ctx.agency())',
          words: 'they write this record in their own name, for their own agency',
        },
        verbs: ['add'],
      },
      { ...rota, verbs: ['change'], fields: 'ending' },
    ],
    actions: {
      'custodian shift.read': ['read', 'operation'],
      'custodian shift.set': ['add', 'operation'],
      'custodian shift.end': ['change', 'operation'],
    },
  },
};
