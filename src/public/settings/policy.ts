/** Who may propose, read and decide on the settings of the public site. A trigger enforces the rest: nobody decides on their own. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const publicSettingsPolicy: AreaPolicy = {
  'public setting': {
    means: 'Settings of the public site, in versions: the partnership’s own words, contacts and its opening',
    marking: 'OFFICIAL',
    looks: { none: 'it is what the public site says, or may say soon; each act is a row' },
    tables: { public_settings: { author: 'proposed_by' } },
    rules: [
      {
        roles: ['administrator', 'data-protection lead'],
        relation: 'any',
        purpose: 'administration',
        verbs: ['read'],
      },
      { roles: ['administrator'], relation: 'author', purpose: 'administration', verbs: ['add'] },
    ],
    actions: {
      'public setting.read': ['read', 'administration'],
      'public setting.propose': ['add', 'administration'],
    },
  },
  'public site opening': {
    means: 'Whether the public site was open before it had settings',
    marking: 'OFFICIAL',
    looks: { none: 'everybody can see whether the public site is open' },
    tables: { public_site_open_before_settings: {} },
    rules: [
      {
        roles: ['administrator', 'data-protection lead'],
        relation: 'any',
        purpose: 'administration',
        verbs: ['read'],
      },
    ],
    actions: {},
  },
  'public setting decision': {
    means: 'The second person’s decisions about the settings of the public site, with reasons',
    marking: 'OFFICIAL',
    looks: { none: 'who decided what the public site says, as colleagues know; each act is a row' },
    tables: { public_setting_decisions: { author: 'decided_by' } },
    rules: [
      {
        roles: ['administrator', 'data-protection lead'],
        relation: 'any',
        purpose: 'administration',
        verbs: ['read'],
      },
      {
        roles: ['administrator', 'data-protection lead'],
        relation: 'author',
        purpose: 'administration',
        verbs: ['add'],
      },
    ],
    actions: { 'public setting.decide': ['add', 'administration'] },
  },
};
