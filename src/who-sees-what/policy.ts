/** Who may read who can see what: whoever answers for it. It tells of kinds of record, and of no record. */
import type { RoomPolicy } from '../platform/access.ts';

export const whoSeesWhatPolicy: RoomPolicy = {
  'policy version': {
    means: 'This document, as each version of Safelight said it, and since when',
    marking: 'OFFICIAL',
    looks: { none: 'the rules, which hold no record' },
    tables: { policy_versions: {} },
    rules: [{ roles: ['data-protection lead', 'auditor'], relation: 'any', purpose: 'audit', verbs: ['read'] }],
    actions: { 'policy.read': ['read', 'audit'] },
  },
};
