/** Who may add and remove the picture of a release, and when everybody may see it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const releasePicturePolicy: AreaPolicy = {
  'release picture': {
    means: 'Pictures of releases, as clean copies, with their clearance',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a picture made to be published' },
    tables: { release_pictures: { parent: ['releases', 'release_id'] } },
    rules: [{ roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read', 'add', 'remove'] }],
    actions: {
      'release picture.read': ['read', 'publication'],
      'release picture.add': ['add', 'publication'],
      'release picture.remove': ['remove', 'publication'],
    },
  },
  'public picture': {
    means: 'Pictures of publications that everybody can read',
    marking: 'OFFICIAL',
    looks: { none: 'published' },
    tables: { release_pictures: { groups: { page: ['id', 'content'] } } },
    rules: [
      {
        roles: 'anyone',
        relation: {
          sql: `release_pictures.id in (select (p.picture ->> 'id')::uuid from publications p)`,
          words: 'it is part of a publication that everybody can read',
        },
        purpose: 'information',
        verbs: ['read'],
        fields: 'page',
      },
    ],
    actions: {},
  },
};
