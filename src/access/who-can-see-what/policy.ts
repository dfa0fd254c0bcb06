/** Everybody who works here may read “Who can see what”. It describes kinds of record and contains none, and it tells writers who will read what they write. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const accessRulesPolicy: AreaPolicy = {
  'policy version': {
    means: 'All versions of the access rules, with their start dates',
    marking: 'OFFICIAL',
    looks: { none: 'the rules, which hold no record' },
    tables: { policy_versions: {} },
    rules: [{ roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] }],
    actions: { 'policy.read': ['read', 'operation'] },
  },
};
