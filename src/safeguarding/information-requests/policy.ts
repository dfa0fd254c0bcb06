/** Police ask a support agency; its leads read the request and decide in the safeguarding database. Police see an answer, or that none is given. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { policeKinds } from '../../vocabulary/people.ts';
import { helpActions, helpRule, ofOwnAgency, safeguardingRecord } from '../shared-policy.ts';

const asker: Rule = {
  roles: ['enforcement', 'commander'],
  side: 'enforcement',
  relation: 'author',
  purpose: 'investigation',
  verbs: ['read'],
};
const forPolice = {
  sql: `asked_by = (select ctx.member()) and agency_id = (select ctx.agency())
    and exists (select 1 from agencies a where a.id = information_requests.agency_id and a.kind in (${policeKinds.map((kind) => `'${kind}'`).join(', ')}))`,
  words: 'they ask in their own name, for their own agency, which is a police agency',
} as const;
const decidesForAgency: Rule = helpRule(['safeguarding lead', 'data-protection lead'], 'own agency', 'read');
const decidedBySelf = {
  sql: `decided_by = (select ctx.member()) and agency_id = (select ctx.agency())
    and (person_id is null or exists (select 1 from persons p where p.id = information_decisions.person_id))`,
  words:
    'they decide in their own name, for their own agency, and can read the record of any person named in the decision',
} as const;

export const informationRequestsPolicy: AreaPolicy = {
  'information request': {
    means: 'Victim information requests that police send to support agencies',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    safeguardingLogFor: 'help',
    tables: {
      information_requests: {
        author: 'asked_by',
        agency: 'agency_id',
        recipient: 'recipient',
        owner: { column: 'recipient' },
      },
    },
    rules: [
      asker,
      { ...asker, relation: forPolice, verbs: ['add'] },
      { roles: ['data-protection lead'], relation: 'own agency', purpose: 'investigation', verbs: ['read'] },
      {
        roles: ['safeguarding lead', 'data-protection lead'],
        side: 'help',
        relation: 'recipient',
        purpose: 'investigation',
        verbs: ['read'],
      },
    ],
    actions: {
      'information request.read': ['read', 'investigation'],
      'information request.ask': ['add', 'investigation'],
    },
  },
  'answer to an information request': {
    means:
      'Answers that support agencies gave to victim information requests from police. Refusals to answer are not stored here',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    tables: { information_answers: { parent: ['information_requests', 'id'] } },
    rules: [{ roles: 'member', relation: 'any', purpose: 'investigation', verbs: ['read'] }],
    actions: {},
  },
  'decision on an information request': {
    means: 'Decisions by support agencies on requests for information from police, with the grounds and the reasons',
    ...safeguardingRecord,
    tables: { information_decisions: ofOwnAgency },
    rules: [
      decidesForAgency,
      { ...decidesForAgency, roles: ['safeguarding lead'], relation: decidedBySelf, verbs: ['add'] },
    ],
    actions: helpActions({ 'information decision.read': 'read', 'information decision.make': 'add' }),
  },
};
