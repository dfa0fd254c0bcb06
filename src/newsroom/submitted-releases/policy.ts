/** Who reads a release besides press, before it is published and after: safeguarding leads, who can stop it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const ofReadableRelease = (column: string) =>
  ({
    sql: `exists (select from releases r where r.id = ${column})`,
    words: 'they can read the release',
  }) as const;

/** As for press: no operation is behind an imported release, so leads of every agency can read one. */
const concernedAgencies = {
  sql: `agency_id = (select ctx.agency()) or operation_id is null
        or operation_id = any ((select ctx.partner_operations())::uuid[])`,
  words:
    'the release waits for approval or publication, or is published and not withdrawn, and their own agency wrote it or takes part in the operation that it is about. An imported release is open to leads of every agency',
} as const;

const stopInOwnName = {
  sql: `member_id = (select ctx.member()) and agency_id = (select ctx.agency())
        and exists (select from submitted_releases s
          where s.id = release_stops.release_id and s.revision = release_stops.revision
            and s.scheduled = release_stops.withdraws)`,
  words:
    'they stop in their own name a text that they can read now. If it is published, the stop withdraws the release',
} as const;

export const submittedReleasesPolicy: AreaPolicy = {
  'submitted release': {
    means: 'Text of releases as readers see it, from its submission until the release is withdrawn',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'words made to be published' },
    tables: { submitted_releases: { owner: { column: 'agency_id' } } },
    rules: [
      { roles: ['safeguarding lead'], relation: concernedAgencies, purpose: 'publication', verbs: ['read'] },
      {
        roles: ['press'],
        relation: ofReadableRelease('submitted_releases.id'),
        purpose: 'publication',
        verbs: ['read', 'add', 'change', 'remove'],
      },
    ],
    actions: {},
  },
  'release stop': {
    means:
      'A safeguarding lead’s “do not publish”, with a reason from a list. It names no person and no case. It withdraws a text that was published',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a reason from a list, about words made to be published' },
    tables: { release_stops: {} },
    rules: [
      {
        roles: ['press'],
        relation: ofReadableRelease('release_stops.release_id'),
        purpose: 'publication',
        verbs: ['read'],
      },
      {
        roles: ['safeguarding lead'],
        relation: {
          sql: 'exists (select from submitted_releases s where s.id = release_stops.release_id)',
          words: 'they can read the text of the release',
        },
        purpose: 'publication',
        verbs: ['read'],
      },
      { roles: ['safeguarding lead'], relation: stopInOwnName, purpose: 'publication', verbs: ['add'] },
    ],
    actions: { 'submitted release.stop': ['add', 'publication'] },
  },
  'submitted picture': {
    means: 'The picture of a release that leads can read',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a picture made to be published' },
    tables: { release_pictures: {} },
    rules: [
      {
        roles: ['safeguarding lead'],
        relation: {
          sql: 'exists (select from submitted_releases s where s.id = release_pictures.release_id)',
          words: 'it was added to a release whose text they can read',
        },
        purpose: 'publication',
        verbs: ['read'],
      },
    ],
    actions: {},
  },
};
