/** Who may read the catalogue of powers: everybody who works here. It holds law, and no record. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const powersPolicy: AreaPolicy = {
  'power of entry in law': {
    means: 'The catalogue of powers of entry, with the date each law came into force',
    marking: 'OFFICIAL',
    looks: { none: 'law, and no record' },
    tables: {},
    rules: [{ roles: 'member', relation: 'any', purpose: 'administration', verbs: ['read'] }],
    actions: { 'powers.read': ['read', 'administration'] },
  },
};
