/** Who may do what with the addresses and messages that tell members, outside Safelight, that something is new. */
import type { AreaPolicy } from '../access-policy/access.ts';
import { upkeep } from '../notifications/policy.ts';

export const messagesPolicy: AreaPolicy = {
  'notification channel': {
    means: 'E-mail addresses and mobile numbers of members, for messages that something is new',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: { none: 'one’s own addresses; each act is a row' },
    tables: { notification_channels: { self: 'member_id' } },
    rules: [
      { roles: 'member', relation: 'self', purpose: 'operation', verbs: ['read', 'add', 'change', 'remove'] },
      upkeep(['read', 'change', 'remove']),
    ],
    actions: {
      'notification channel.read': ['read', 'operation'],
      'notification channel.change': ['change', 'operation'],
      'notification channel.remove': ['remove', 'operation'],
    },
  },
  'notification message': {
    means: 'Messages to members that something is new: e-mail or text, and the outcome. They have no content',
    marking: 'OFFICIAL',
    looks: { none: 'counts of messages that all say the same, and the members whose own address is refused' },
    tables: { notification_messages: { agency: 'agency_id' } },
    rules: [
      { roles: ['administrator'], relation: 'own agency', purpose: 'operation', verbs: ['read'] },
      upkeep(['read', 'add', 'change', 'remove']),
    ],
    actions: { 'message delivery.read': ['read', 'operation'] },
  },
};
