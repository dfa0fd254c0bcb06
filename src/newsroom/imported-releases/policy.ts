/** Who may import releases of other agencies, read them, and remove them. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const importedReleasesPolicy: AreaPolicy = {
  cutting: {
    means:
      'News releases that press staff imported from other organisations. They stay private until somebody publishes them',
    marking: 'OFFICIAL',
    looks: { none: 'published by others; searches and openings are written down all the same' },
    tables: { imported_releases: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [{ roles: ['press'], relation: 'own agency', purpose: 'publication', verbs: ['read', 'add', 'remove'] }],
    actions: {
      'imported release.read': ['read', 'publication'],
      'imported release.import': ['add', 'publication'],
      'imported release.remove': ['remove', 'publication'],
    },
  },
};
