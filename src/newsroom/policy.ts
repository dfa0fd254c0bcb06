/** Who may write, judge, publish and withdraw releases; and what everybody may read. */
import type { RoomPolicy } from '../platform/access.ts';

/** Press of the agency that wrote it, or of a partner in its operation. */
const concerned = 'agency_id = (select ctx.agency()) or operation_id = any ((select ctx.partner_operations())::uuid[])';

export const newsroomPolicy: RoomPolicy = {
  release: {
    means: 'Releases: drafts, their revisions, and every act on them',
    tables: {
      releases: {},
    },
    rules: [
      { roles: ['press'], relation: { sql: concerned }, purpose: 'publication', verbs: ['read', 'add', 'change'] },
    ],
    actions: {
      'release.read': ['read', 'publication'],
      'release.write': ['add', 'publication'],
      'release.judge': ['change', 'publication'],
    },
  },
  'release act': {
    means: 'Who drafted, approved, published, corrected or withdrew a release, and when; its earlier revisions',
    tables: { release_acts: { parent: ['releases', 'release_id'] }, releases_versions: { parent: ['releases', 'id'] } },
    rules: [{ roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read', 'add'] }],
    actions: {},
  },
  publication: {
    means: 'What was published',
    tables: {
      publications: {},
      publications_versions: { parent: ['publications', 'id'], columns: { public: [] } },
    },
    rules: [{ roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read', 'add', 'change'] }],
    actions: { 'release.publish': ['add', 'publication'], 'release.withdraw': ['change', 'publication'] },
  },
  'public page': {
    means: 'What everybody may read: published, and its embargo over',
    tables: { publications: {} },
    rules: [
      {
        roles: 'anyone',
        relation: {
          sql: 'published_at <= (select ctx.now()) and (embargo_until is null or embargo_until <= (select ctx.now()))',
        },
        purpose: 'information',
        verbs: ['read'],
      },
    ],
    actions: {},
  },
};
