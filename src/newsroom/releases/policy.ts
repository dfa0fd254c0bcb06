/** Who may write, approve, publish and withdraw releases; and what everyone may read. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { upkeep } from '../../platform/notifications/policy.ts';

const ofOwnOperation = 'operation_id = any ((select ctx.partner_operations())::uuid[])';
/** Press of the agency that wrote it, or of a partner in its operation. No operation is behind an imported release, so any other agency may approve it. */
const concernedAgencies = {
  sql: `agency_id = (select ctx.agency()) or ${ofOwnOperation} or imported_release_id is not null`,
  words:
    'their own agency drafted the release, or takes part in the operation that the release is about. A release made of an imported one is open to press of every agency, because another agency must approve it',
} as const;
/** Nobody drafts in another agency's name, or about an operation of other agencies. */
const ownAgencyOnly = {
  sql: `agency_id = (select ctx.agency()) and (operation_id is null or ${ofOwnOperation})`,
  words:
    'the release is in their own agency’s name. If it is about an operation, their agency takes part in that operation',
} as const;

/** Nobody approves or withdraws in another member's name. The database enforces this, whatever the application does. */
const inOwnName = (member: string, agency?: string) =>
  ({
    sql: [`${member} = (select ctx.member())`, agency && `${agency} = (select ctx.agency())`]
      .filter(Boolean)
      .join(' and '),
    words: `they write this record in their own name${agency ? ', for their own agency' : ''}`,
  }) as const;

const inPublic =
  'published_at <= (select ctx.now()) and (embargo_until is null or embargo_until <= (select ctx.now()))';

/** All that a public page may be made of. Why something was withdrawn, and what it was drafted from, is not among it. */
const publicColumns = [
  'id',
  'slug',
  'version',
  'area',
  'title',
  'description',
  'key_points',
  'body',
  'quotes',
  'picture',
  'sources',
  'figures',
  'issued_by',
  'share_text',
  'imported_from',
  'cautions',
  'dated',
  'published_at',
  'embargo_until',
  'corrections',
  'changed_at',
  'words',
] as const;

export const newsroomPolicy: AreaPolicy = {
  release: {
    means: 'News releases, from draft to publication',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'words made to be published' },
    tables: { releases: { owner: { column: 'agency_id' } } },
    rules: [
      { roles: ['press'], relation: concernedAgencies, purpose: 'publication', verbs: ['read', 'change'] },
      { roles: ['press'], relation: ownAgencyOnly, purpose: 'publication', verbs: ['add'] },
    ],
    actions: {
      'release.read': ['read', 'publication'],
      'release.export': ['read', 'publication'],
      'release.draft': ['add', 'publication'],
      'release.write': ['change', 'publication'],
      'release.judge': ['change', 'publication'],
    },
    asksWhy: ['release.export'],
  },
  'release act': {
    means: 'Steps of a release: who drafted, approved, published, corrected or withdrew it, and when',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who did what to a release' },
    tables: { release_events: { parent: ['releases', 'release_id'] } },
    rules: [
      { roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read'] },
      { roles: ['press'], relation: inOwnName('member_id', 'agency_id'), purpose: 'publication', verbs: ['add'] },
    ],
    actions: {},
  },
  'name check': {
    means: 'Names of people in cases, where a check found them in a release',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'words made to be published, and where they must be read again' },
    tables: { name_checks: { parent: ['releases', 'release_id'] } },
    rules: [
      { roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read'] },
      { roles: ['press'], relation: inOwnName('member_id', 'agency_id'), purpose: 'publication', verbs: ['add'] },
    ],
    actions: {},
  },
  // No table: the names are compared by the app and shown to nobody. Who had them compared is logged as a look.
  'case name': {
    means:
      'A check whether a release contains a name, business or street from its operation. The check shows none of these',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: {},
    rules: [{ roles: ['press'], relation: 'any', purpose: 'operation', verbs: ['read'] }],
    actions: { 'release.check': ['read', 'operation'] },
  },
  'earlier release': {
    means: 'Earlier versions of releases and publications',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'words made to be published' },
    tables: {
      releases_versions: { parent: ['releases', 'id'] },
      publications_versions: { parent: ['publications', 'id'] },
    },
    rules: [{ roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read', 'add'] }],
    actions: {},
  },
  publication: {
    means: 'Publications on the public site',
    marking: 'OFFICIAL',
    looks: { none: 'published' },
    tables: { publications: { parent: ['releases', 'id'] } },
    rules: [{ roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read', 'add', 'change'] }],
    actions: { 'release.publish': ['add', 'publication'] },
  },
  withdrawal: {
    means: 'Releases that were withdrawn, with the time, the member and the reason',
    marking: 'OFFICIAL',
    looks: { none: 'that something was withdrawn' },
    tables: { release_withdrawals: { parent: ['releases', 'id'] } },
    rules: [
      { roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read'] },
      { roles: ['press'], relation: inOwnName('by'), purpose: 'publication', verbs: ['add'] },
    ],
    actions: { 'release.withdraw': ['add', 'publication'] },
  },
  'public page': {
    means: 'Publications that everybody can read, because the embargo is over and nobody withdrew them',
    marking: 'OFFICIAL',
    looks: { none: 'published' },
    tables: { publications: { groups: { page: publicColumns } } },
    rules: [
      {
        roles: 'anyone',
        relation: {
          sql: `withdrawn_at is null and ${inPublic}`,
          words: 'it is published, its embargo is over and it is not withdrawn',
        },
        // The background work mails what everybody can read, and can read no more.
        purpose: ['information', 'upkeep'],
        verbs: ['read'],
        fields: 'page',
      },
    ],
    actions: {},
  },
  'publication certificate': {
    means: 'Certificates of the figures of publications that everybody can read',
    marking: 'OFFICIAL',
    looks: { none: 'published' },
    tables: { publication_certificates: {} },
    rules: [
      {
        roles: 'anyone',
        relation: {
          sql: 'publication_certificates.publication_id in (select p.id from publications p)',
          words: 'it is of a publication that everybody can read',
        },
        purpose: 'information',
        verbs: ['read'],
      },
      upkeep(['read', 'add']),
    ],
    actions: {},
  },
  'release to certify': {
    means: 'Which return a release was drafted from. The background work reads it to certify the figures',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'ids, no person' },
    tables: { releases: { groups: { certifying: ['id', 'return_id'] } } },
    rules: [{ ...upkeep(['read']), fields: 'certifying' }],
    actions: {},
  },
  'public withdrawal': {
    means: 'Notices on the public site that a publication was withdrawn, and when',
    marking: 'OFFICIAL',
    looks: { none: 'that something was withdrawn' },
    tables: { release_withdrawals: { groups: { page: ['id', 'slug', 'at'] } } },
    rules: [
      {
        roles: 'anyone',
        relation: { sql: 'had_been_public', words: 'it was public before' },
        purpose: ['information', 'upkeep'],
        verbs: ['read'],
        fields: 'page',
      },
    ],
    actions: {},
  },
};
