/** Who may do what with agencies, members, accounts and grants. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const partnershipPolicy: AreaPolicy = {
  'own session': {
    means: 'The home page after signing in',
    marking: 'OFFICIAL',
    looks: { none: 'it tells members about themselves' },
    tables: {},
    rules: [{ roles: 'member', relation: 'any', purpose: 'administration', verbs: ['read'] }],
    actions: { 'home.read': ['read', 'administration'] },
  },
  leaving: {
    means: 'Signing out',
    marking: 'OFFICIAL',
    looks: { none: 'ends what is one’s own' },
    tables: {},
    rules: [
      { roles: 'member', relation: 'any', purpose: 'administration', verbs: ['read'] },
      { roles: 'unfinished', relation: 'any', purpose: 'administration', verbs: ['read'] },
    ],
    actions: { 'session.own': ['read', 'administration'] },
  },
  agency: {
    means: 'The agencies of the partnership',
    marking: 'OFFICIAL',
    looks: { none: 'names of organisations' },
    tables: { agencies: { agency: 'id', owner: { column: 'id' } } },
    rules: [
      {
        roles: 'member',
        relation: 'any',
        purpose: ['operation', 'statistics', 'publication', 'audit'],
        verbs: ['read'],
      },
      { roles: ['administrator'], relation: 'any', purpose: 'administration', verbs: ['add'] },
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['change'] },
    ],
    actions: {
      'agency.read': ['read', 'operation'],
      'agency.add': ['add', 'administration'],
      'agency.end': ['change', 'administration'],
    },
  },
  member: {
    means: 'Members of the partnership: name, job title, agency and roles',
    marking: 'OFFICIAL',
    looks: { none: 'who works here, as a colleague knows' },
    tables: { members: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      {
        roles: 'member',
        relation: 'any',
        purpose: ['operation', 'statistics', 'publication', 'audit'],
        verbs: ['read'],
      },
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['add', 'change'] },
    ],
    actions: { 'member.read': ['read', 'operation'] },
  },
  account: {
    means: 'Email addresses that members sign in with',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'the administrator of an agency sees its own list' },
    tables: {
      accounts: { agency: 'agency_id' },
    },
    rules: [
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read', 'add', 'change'] },
    ],
    actions: {
      'account.read': ['read', 'administration'],
      'account.add': ['add', 'administration'],
      'account.change': ['change', 'administration'],
      'account.end': ['change', 'administration'],
    },
  },
  grant: {
    means: 'Permissions given to members and agencies, with start and end',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'each oversight page that reads it writes a row of its own' },
    tables: { grants: { operation: 'operation_id' } },
    rules: [
      { roles: ['data-protection lead', 'auditor'], relation: 'any', purpose: 'audit', verbs: ['read'] },
      { roles: 'member', relation: 'member', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'grant.read': ['read', 'audit'] },
  },
  term: {
    means: 'Roles that members held, with start and end',
    marking: 'OFFICIAL',
    looks: { none: 'each oversight page that reads it writes a row of its own' },
    tables: { member_terms: { agency: 'agency_id' } },
    rules: [
      { roles: ['data-protection lead', 'auditor'], relation: 'any', purpose: 'audit', verbs: ['read'] },
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read'] },
    ],
    actions: {},
  },
};
