/** Who may invite a partner to an operation, read an invitation and answer it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { invitationRoles, operationRoles } from '../../vocabulary/people.ts';

const ledByOwnAgency = {
  sql: 'operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))',
  words: 'their own agency leads the operation',
} as const;
const invited = {
  sql: 'id = any ((select ctx.invited_operations())::uuid[])',
  words: 'their own agency is invited to the operation',
} as const;

export const invitationsPolicy: AreaPolicy = {
  'partner invitation': {
    means: 'Invitations of partners to an operation, with their answers',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'which agency was asked and what it answered, without a target or a person met' },
    tables: { partner_invitations: { operation: 'operation_id', agency: 'agency_id', owner: 'operation' } },
    rules: [
      { roles: operationRoles, relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['planner'], relation: ledByOwnAgency, purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: invitationRoles, relation: 'own agency', purpose: 'operation', verbs: ['read', 'change'] },
    ],
    actions: { 'partner invitation.answer': ['change', 'operation'] },
  },
  'operation that invites': {
    means: 'Operations that the member’s own agency is invited to: code name, unit, area and dates',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'code names and dates, no person' },
    tables: { operations: {} },
    rules: [{ roles: invitationRoles, relation: invited, purpose: 'operation', verbs: ['read'] }],
    actions: {},
  },
};
