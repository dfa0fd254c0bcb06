/** Who keeps the media list of an agency, and who sees how the e-mails to it went. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { upkeep } from '../../platform/notifications/policy.ts';

export const mediaListPolicy: AreaPolicy = {
  'press contact': {
    means: 'Newsrooms on the media list of an agency, with their e-mail addresses',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'addresses that newsrooms gave for press notices; each change is a row' },
    tables: { press_contacts: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      { roles: ['press'], relation: 'own agency', purpose: 'publication', verbs: ['read', 'add', 'remove'] },
      upkeep(['read']),
    ],
    actions: {
      'press contact.read': ['read', 'publication'],
      'press contact.add': ['add', 'publication'],
      'press contact.remove': ['remove', 'publication'],
    },
  },
  'press round': {
    means: 'Occasions for e-mails to the media list: a release was published, corrected or withdrawn',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'what happened to a release' },
    tables: { press_rounds: { parent: ['releases', 'release_id'] } },
    rules: [{ roles: ['press'], relation: 'any', purpose: 'publication', verbs: ['read', 'add'] }],
    actions: {},
  },
  'press round to send': {
    means: 'The same occasions, for the background work that sends the e-mails',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'what happened to a release' },
    tables: { press_rounds: {} },
    rules: [upkeep(['read', 'change'])],
    actions: {},
  },
  'press notice': {
    means: 'E-mails to the media list: the newsroom and the outcome',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'how e-mails with public words went' },
    tables: { press_notices: { agency: 'agency_id' } },
    rules: [
      { roles: ['press'], relation: 'own agency', purpose: 'publication', verbs: ['read', 'remove'] },
      upkeep(['read', 'add', 'change', 'remove']),
    ],
    actions: {},
  },
};
