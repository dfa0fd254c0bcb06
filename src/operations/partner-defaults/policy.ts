/** Who keeps the defaults of partners. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const partnerDefaultsPolicy: AreaPolicy = {
  'partner default': {
    means: 'Usual names, resources and people of each partner, kept by an agency that leads operations',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who of the partnership usually works where, as a colleague knows' },
    tables: { partner_defaults: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      {
        roles: ['planner'],
        relation: 'own agency',
        purpose: 'operation',
        verbs: ['read', 'add', 'change', 'remove'],
      },
    ],
    actions: { 'partner default.read': ['read', 'operation'], 'partner default.change': ['change', 'operation'] },
  },
};
