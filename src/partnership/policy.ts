/** Who may do what with agencies, members, accounts and grants. */
import type { RoomPolicy } from '../platform/access.ts';

const names = ['id', 'agency_id', 'name', 'title', 'roles', 'ended_at'] as const;

export const partnershipPolicy: RoomPolicy = {
  session: {
    means: 'Signing in and out',
    tables: { sessions: { columns: { staff: [] } } },
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'administration', verbs: ['add'] }],
    actions: { 'session.open': ['add', 'administration'] },
  },
  'own session': {
    means: 'Being signed in: the first page, and signing out',
    tables: {},
    rules: [{ roles: 'member', relation: 'any', purpose: 'administration', verbs: ['read'] }],
    actions: { 'session.own': ['read', 'administration'], 'home.read': ['read', 'administration'] },
  },
  agency: {
    means: 'The agencies of the partnership, by name',
    tables: { agencies: { agency: 'id' } },
    rules: [
      {
        roles: 'member',
        relation: 'any',
        purpose: ['operation', 'statistics', 'publication', 'audit'],
        verbs: ['read'],
      },
      { roles: ['administrator'], relation: 'any', purpose: 'administration', verbs: ['read', 'add'] },
    ],
    actions: { 'agency.read': ['read', 'operation'], 'agency.add': ['add', 'administration'] },
  },
  member: {
    means: 'Who works in the partnership: name, job, agency, roles',
    tables: { members: { agency: 'agency_id', self: 'id', columns: { statistics: names, publisher: names } } },
    rules: [
      {
        roles: 'member',
        relation: 'any',
        purpose: ['operation', 'statistics', 'publication', 'audit'],
        verbs: ['read'],
      },
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read', 'add', 'change'] },
    ],
    actions: { 'member.read': ['read', 'operation'] },
  },
  account: {
    means: 'Addresses with which members sign in',
    tables: {
      accounts: { agency: 'agency_id', columns: { staff: ['member_id', 'agency_id', 'email', 'password_hash'] } },
    },
    rules: [
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read', 'add', 'change'] },
    ],
    actions: {
      'account.read': ['read', 'administration'],
      'account.add': ['add', 'administration'],
      'account.end': ['change', 'administration'],
    },
  },
  grant: {
    means: 'What was granted to whom, from when until when',
    tables: { grants: { operation: 'operation_id' } },
    rules: [
      { roles: ['data-protection lead', 'auditor'], relation: 'any', purpose: 'audit', verbs: ['read'] },
      { roles: 'member', relation: 'member', purpose: 'operation', verbs: ['read'] },
    ],
    actions: { 'grant.read': ['read', 'audit'] },
  },
};
