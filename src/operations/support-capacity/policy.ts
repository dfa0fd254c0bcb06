/** Who may share the capacity of the support agencies with the planners, and who may read it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const supportRoles = ['field', 'safeguarding lead', 'partner caseworker'] as const;

const sharedByLead = {
  sql: `member_id = (select ctx.member()) and agency_id = (select ctx.agency())
    and operation_id = any ((select ctx.operations())::uuid[])`,
  words: 'they write this record in their own name, for their own agency, in an operation that they were added to',
} as const;

export const capacityPolicy: AreaPolicy = {
  'published capacity': {
    means:
      'Support capacity that support agencies share with planners: places, interpreters, nurses, advisers and beds',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'numbers alone, told to be read' },
    tables: { capacity_reports: { operation: 'operation_id' } },
    rules: [
      {
        roles: ['planner', 'commander', ...supportRoles],
        relation: 'member',
        purpose: 'operation',
        verbs: ['read'],
      },
      { roles: ['safeguarding lead'], side: 'help', relation: sharedByLead, purpose: 'operation', verbs: ['add'] },
    ],
    actions: { 'capacity.read': ['read', 'operation'], 'capacity.tell': ['add', 'operation'] },
  },
};
