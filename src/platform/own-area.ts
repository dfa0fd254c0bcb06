/** The platform's own area: its policy and tables, and the notifications. */

import { notificationPaths } from '../vocabulary/paths/platform.ts';
import type { Area } from './area.ts';
import type { AnyTables, Writer } from './database/database.ts';
import { forgetKeys } from './forms/idempotency-store.ts';
import { deleteDelivered } from './jobs/outbox.ts';
import { notificationsRoutes } from './notifications/routes.ts';
import { forgetTries } from './throttle/throttle-store.ts';

export const platform: Area = {
  pages: [
    {
      staff: notificationsRoutes,
      navigation: [
        {
          place: 'account',
          href: notificationPaths.notifications(),
          text: 'Notifications',
          says: 'Messages that tell you when something is waiting for you.',
          action: 'notification.read',
        },
      ],
    },
  ],
  chores: ({ staffKeys }) => [
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
