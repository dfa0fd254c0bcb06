/** The platform's own area: its policy and tables, and the notifications. */

import { platformPolicy } from './access-policy/platform-policy.ts';
import type { Area } from './area.ts';
import type { AnyTables, Writer } from './database/database.ts';
import { forgetKeys } from './forms/idempotency-store.ts';
import { deleteDelivered } from './jobs/outbox.ts';
import { up as floorMigration } from './migrations/0001-floor.ts';
import { up as logColumnsMigration } from './migrations/0009-log-columns.ts';
import { upApart as formsApartMigration, up as formsMigration } from './migrations/0107-idempotency-keys.ts';
import { notificationsPolicy } from './notifications/policy.ts';
import { notificationsRoutes } from './notifications/routes.ts';
import { forgetTries } from './throttle/throttle-store.ts';

const sharedMigrations = { '0001-floor': floorMigration, '0009-log-columns': logColumnsMigration };

export const platform: Area = {
  policies: [platformPolicy, notificationsPolicy],
  migrations: {
    main: { ...sharedMigrations, '0107-idempotency-keys': formsMigration },
    safeguarding: { ...sharedMigrations, '0107-idempotency-keys': formsApartMigration },
  },
  pages: [{ staff: notificationsRoutes }],
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
