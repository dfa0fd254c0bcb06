/** Who may read who can see what: everybody who works here. It tells of kinds of record, and of no record; and whoever writes something down may know who will read it. */
import type { RoomPolicy } from '../../platform/access.ts';

export const whoSeesWhatPolicy: RoomPolicy = {
  'policy version': {
    means: 'This document, as each version of Safelight said it, and since when',
    marking: 'OFFICIAL',
    looks: { none: 'the rules, which hold no record' },
    tables: { policy_versions: {} },
    rules: [{ roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] }],
    actions: { 'policy.read': ['read', 'operation'] },
  },
};
