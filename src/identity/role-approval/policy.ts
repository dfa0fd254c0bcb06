/** Who sees a waiting confirmation, and who may be the second person. Triggers enforce the rest: not the requester, not oneself, once. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const roleApprovalPolicy: AreaPolicy = {
  confirmation: {
    means: 'Roles and linked accounts that a second person still has to confirm',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'who works here, as a colleague knows; each act is a row' },
    // The database adds these rows itself, however a role was given.
    tables: { confirmations: { agency: 'agency_id', self: 'member_id', owner: { column: 'agency_id' } } },
    rules: [
      { roles: 'member', relation: 'self', purpose: 'operation', verbs: ['read'] },
      {
        roles: ['data-protection lead', 'administrator'],
        relation: 'own agency',
        purpose: 'operation',
        verbs: ['read'],
      },
      {
        roles: ['data-protection lead'],
        relation: {
          sql: 'ctx.nobody_at_home(agency_id, member_id, asked_by)',
          words: 'no other member of that agency is allowed to confirm it',
        },
        purpose: 'operation',
        verbs: ['read'],
      },
    ],
    actions: { 'role approval.read': ['read', 'operation'] },
  },
  'role approval decision': {
    means: 'The second person’s decisions about the roles and linked accounts of members, with reasons',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'who works here, as a colleague knows; each act is a row' },
    tables: { confirmation_decisions: { parent: ['confirmations', 'id'], author: 'decided_by' } },
    rules: [
      { roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] },
      { roles: ['data-protection lead', 'administrator'], relation: 'author', purpose: 'operation', verbs: ['add'] },
    ],
    actions: { 'role approval.decide': ['add', 'operation'] },
  },
};
