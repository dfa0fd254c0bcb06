/** Who may invite, move and end people, and record who of police or immigration may hold a safeguarding role. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const peoplePolicy: AreaPolicy = {
  invitation: {
    means: 'Invitations to join an agency',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'who works here, as a colleague knows; each act is a row' },
    tables: { invitations: { agency: 'agency_id' } },
    rules: [
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read', 'add', 'change'] },
    ],
    actions: {
      'invitation.read': ['read', 'administration'],
      'invitation.make': ['add', 'administration'],
      'invitation.change': ['change', 'administration'],
    },
  },
  joining: {
    means: 'An invitation to one person, who opens it with a link that works only once',
    marking: 'OFFICIAL',
    looks: { none: 'one’s own invitation' },
    tables: {},
    // Reached only through functions of the database, with the link of the invitation.
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'administration', verbs: ['add'] }],
    actions: { 'invitation.accept': ['add', 'administration'] },
  },
  'safeguarding exception': {
    means: 'Members of police or immigration who are allowed to hold a safeguarding role, with the reason',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'an exception is there to be seen by all who may ask for it; each act is a row' },
    tables: { safeguarding_exceptions: { agency: 'agency_id' } },
    rules: [
      { roles: ['data-protection lead'], relation: 'any', purpose: 'audit', verbs: ['read', 'add', 'change'] },
      { roles: ['auditor'], relation: 'any', purpose: 'audit', verbs: ['read'] },
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read'] },
    ],
    actions: {
      'exception.read': ['read', 'audit'],
      'exception.record': ['add', 'audit'],
      'exception.end': ['change', 'audit'],
    },
  },
};
