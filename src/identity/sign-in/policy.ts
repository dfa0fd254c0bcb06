/** Who may do what with sessions and ways in: members with their own, an agency's administrator with the sessions of its members. */
import type { AreaPolicy, RecordClass, Rule, TableShape } from '../../platform/access-policy/access.ts';

const administration = 'administration';

/** Reached before sign-in, only through functions of the database. */
const throughFunctions: Rule = {
  roles: 'anyone',
  relation: 'any',
  purpose: administration,
  verbs: ['add'],
  fields: 'none',
};

const ownRows = { self: 'member_id' } as const satisfies TableShape;

/** A half-signed-in member may add what is missing, and read nothing else. */
const duringSetup: Rule = {
  roles: 'unfinished',
  relation: { sql: 'member_id = (select ctx.unfinished())', words: 'it belongs to the member who is signing in' },
  purpose: administration,
  verbs: ['add'],
};

const credentialClass: RecordClass = {
  means: 'Members’ passkeys, authenticator apps and recovery codes, and notices to members when these change',
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  looks: { none: 'one’s own ways in; each act is a row' },
  tables: { passkeys: ownRows, code_generators: ownRows, recovery_codes: ownRows, sign_in_notices: ownRows },
  rules: [
    {
      roles: 'member',
      relation: 'self',
      purpose: administration,
      verbs: ['read', 'add', 'change', 'remove'],
    },
    duringSetup,
  ],
  actions: {
    'credential.read': ['read', administration],
    'credential.add': ['add', administration],
    'credential.change': ['change', administration],
    'credential.remove': ['remove', administration],
  },
};

export const signInPolicy: AreaPolicy = {
  session: {
    means: 'Sessions: where and how members are signed in',
    marking: 'OFFICIAL',
    looks: {
      none: 'one’s own sessions, and those of an agency’s own members for its administrator; each act is a row',
    },
    tables: {
      sessions: {
        self: 'member_id',
        agency: 'agency_id',
        groups: {
          shown: [
            'id',
            'member_id',
            'agency_id',
            'method',
            'started_at',
            'seen_at',
            'ends_at',
            'idle_limit',
            'shared_workstation',
            'unfinished',
            'ended_at',
          ],
          ending: ['ended_at', 'ended_by'],
        },
      },
    },
    rules: [
      throughFunctions,
      { roles: 'member', relation: 'self', purpose: administration, verbs: ['read'], fields: 'shown' },
      { roles: 'member', relation: 'self', purpose: administration, verbs: ['change'], fields: 'ending' },
      {
        roles: ['administrator'],
        relation: 'own agency',
        purpose: administration,
        verbs: ['read'],
        fields: 'shown',
      },
      {
        roles: ['administrator'],
        relation: 'own agency',
        purpose: administration,
        verbs: ['change'],
        fields: 'ending',
      },
    ],
    actions: {
      'session.open': ['add', administration],
      'session.list': ['read', administration],
      'session.end': ['change', administration],
    },
  },
  credential: credentialClass,
  beginning: {
    means: 'The page for members who must still add a second way to sign in',
    marking: 'OFFICIAL',
    looks: { none: 'one’s own ways in' },
    tables: {},
    rules: [{ roles: 'unfinished', relation: 'any', purpose: administration, verbs: ['read'] }],
    actions: { 'credential.begin': ['read', administration] },
  },
  'own password': {
    means: 'A member’s own password',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'one’s own password, which nobody reads' },
    tables: {},
    rules: [{ roles: 'member', relation: 'any', purpose: administration, verbs: ['change'] }],
    actions: { 'password.change': ['change', administration] },
  },
  'sign-in try': {
    means: 'The questions asked at sign-in and the number of wrong answers, stored under codes that name nobody',
    marking: 'OFFICIAL',
    looks: { none: 'keyed hashes that name nobody' },
    tables: { sign_in_challenges: {}, sign_in_attempts: {}, sign_in_salts: {} },
    rules: [],
    actions: {},
  },
};
