/** Who may set up an agency's own sign-in and link its subjects, and what a person who signs in by it may do. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const singleSignOnPolicy: AreaPolicy = {
  'single sign-on': {
    means: 'Settings for sign-in with an agency’s own accounts',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'settings, for the agency’s own administrator; each act is a row' },
    tables: { single_sign_on: { agency: 'agency_id' } },
    rules: [
      {
        roles: ['administrator'],
        relation: 'own agency',
        purpose: 'administration',
        verbs: ['read', 'add', 'change', 'remove'],
      },
    ],
    actions: {
      'single sign-on.read': ['read', 'administration'],
      'single sign-on.set': ['change', 'administration'],
    },
  },
  'linked account': {
    means: 'Links between members and their accounts at their agency’s own sign-in service',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'whose account is whose, for the agency’s own administrator; each act is a row' },
    // Never changed: what waits for a second person would begin with that.
    tables: { linked_accounts: { agency: 'agency_id' } },
    rules: [
      { roles: ['administrator'], relation: 'own agency', purpose: 'administration', verbs: ['read', 'add', 'remove'] },
    ],
    actions: {},
  },
  'signing on': {
    means: 'Sign-ins that members have begun through their agency’s single sign-on',
    marking: 'OFFICIAL',
    looks: { none: 'one’s own signing in' },
    // Reached only through functions of the database: members cannot read who is signing in.
    tables: { sign_on_attempts: {} },
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'administration', verbs: ['add'], fields: 'none' }],
    actions: { 'sign on': ['add', 'administration'] },
  },
};
