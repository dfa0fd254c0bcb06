/** Who may read the policy log of an operation, and add to it. Nobody changes it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const policyLogPolicy: AreaPolicy = {
  decision: {
    means: 'The policy log: decisions about an operation, with reasons and options considered',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'what was decided about an operation: no names, as its form asks' },
    tables: { policy_log: { operation: 'operation_id', owner: 'operation' } },
    rules: [{ roles: ['planner', 'commander'], relation: 'member', purpose: 'operation', verbs: ['read', 'add'] }],
    actions: { 'decision.read': ['read', 'operation'], 'decision.add': ['add', 'operation'] },
  },
};
