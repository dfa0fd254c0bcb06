/** The platform's own area: its policy and tables, and the notifications. */

import { messagePaths, notificationPaths } from '../vocabulary/paths/platform.ts';
import type { Area } from './area.ts';
import type { AnyTables, Writer } from './database/database.ts';
import { forgetKeys } from './forms/idempotency-store.ts';
import { deleteDelivered } from './jobs/outbox.ts';
import { messageChores } from './messages/queue.ts';
import { messageRoutes } from './messages/routes.ts';
import { announcementListeners } from './notifications/announce.ts';
import { notificationsRoutes } from './notifications/routes.ts';
import { forgetTries } from './throttle/throttle-store.ts';

export const platform: Area = {
  listeners: () => announcementListeners,
  pages: [
    {
      staff: notificationsRoutes,
      navigation: [
        {
          place: 'account',
          href: notificationPaths.notifications(),
          text: 'Notifications',
          says: 'Messages about work that waits for you.',
          action: 'notification.read',
        },
      ],
    },
    {
      staff: messageRoutes,
      navigation: [
        {
          place: 'account',
          href: messagePaths.channels(),
          text: 'Messages outside Safelight',
          says: 'An e-mail or text when something is new, without any content.',
          action: 'notification channel.read',
        },
        {
          place: 'account',
          href: messagePaths.delivery(),
          text: 'Delivery of messages',
          says: 'Whether e-mails and texts to members of your agency are accepted.',
          action: 'message delivery.read',
        },
      ],
    },
  ],
  chores: ({ staffKeys, ...parts }) => [
    ...messageChores(parts),
    { name: 'forget sent forms', everySeconds: 3_600, run: forgetKeys },
    { name: 'forget sent forms apart', everySeconds: 3_600, store: 'safeguarding', run: forgetKeys },
    { name: 'forget tries', everySeconds: 600, run: forgetTries },
    ...(staffKeys
      ? [
          {
            name: 'forget what was heard',
            everySeconds: 600,
            store: 'safeguarding' as const,
            run: (tx: Writer<AnyTables>) => deleteDelivered(tx, staffKeys),
          },
        ]
      : []),
  ],
};
