/** The access log: sealed, verified, and watched by witnesses. */
import type { Area } from '../platform/area.ts';
import {
  logChores,
  logKeysFrom,
  logMigration,
  logOfMembersMigration,
  logPolicy,
  logRoutes,
  safeguardingLogMigration,
} from './log/index.ts';

export const audit: Area = {
  policies: [logPolicy],
  migrations: {
    main: { '0013-log': logMigration, '0049-log-of-members': logOfMembersMigration },
    safeguarding: { '0013-log': safeguardingLogMigration, '0049-log-of-members': logOfMembersMigration },
  },
  pages: [{ staff: logRoutes, navigation: { href: '/staff/log', text: 'The log', action: 'log.sealed' } }],
  chores: ({ config }) => logChores(logKeysFrom(config.logKeysFile, new URL(config.origin).hostname)),
};
