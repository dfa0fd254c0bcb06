/** Who may request a sealed name, who decides, and who may know about the request. Database triggers enforce the rest: which person, how long, once, and never by the asker. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';

const requesterRule: Rule = {
  roles: ['planner', 'commander'],
  side: 'enforcement',
  relation: 'author',
  purpose: 'operation',
  verbs: ['read'],
};

export const identityRequestsPolicy: AreaPolicy = {
  'identity request': {
    means:
      'Identity requests: a member asks a custodian for the name of a person encountered, with a reason and a time limit',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'told to all who answer for it; each act is a row' },
    tables: {
      identity_requests: {
        author: 'asked_by',
        agency: 'agency_id',
        custodian: 'owner_id',
        owner: { column: 'owner_id' },
      },
    },
    rules: [
      requesterRule,
      {
        ...requesterRule,
        relation: {
          sql: 'asked_by = (select ctx.member()) and operation_id = any ((select ctx.operations())::uuid[])',
          words: 'they ask in their own name, and are members of the operation',
        },
        verbs: ['add'],
      },
      { roles: ['custodian', 'data-protection lead'], relation: 'custodian', purpose: 'operation', verbs: ['read'] },
      { roles: ['data-protection lead'], relation: 'own agency', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'identity request.read': ['read', 'operation'], 'identity request.make': ['add', 'operation'] },
  },
  'identity request decision': {
    means: 'Custodians’ decisions on identity requests, with the reason for each',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'told to all who answer for it; each act is a row' },
    tables: { identity_request_decisions: { parent: ['identity_requests', 'id'], author: 'decided_by' } },
    rules: [
      { roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] },
      { roles: ['custodian'], relation: 'author', purpose: 'operation', verbs: ['add'] },
    ],
    actions: { 'identity request.decide': ['add', 'operation'] },
  },
  'end of an identity disclosure': {
    means: 'Each time a custodian ended access to a name early, and the reason',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'told to all who answer for it; each act is a row' },
    tables: { identity_request_ends: { parent: ['identity_requests', 'id'], author: 'ended_by' } },
    rules: [
      { roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] },
      { roles: ['custodian'], relation: 'author', purpose: 'operation', verbs: ['add'] },
    ],
    actions: { 'identity request.end': ['add', 'operation'] },
  },
};
