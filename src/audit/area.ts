/** The access log: sealed, verified, and watched by witnesses. */
import type { Area } from '../platform/area.ts';
import { auditPaths } from '../vocabulary/paths/audit.ts';
import { logChores } from './log/chores.ts';
import { loadLogKeys } from './log/keys.ts';
import { up as logMigration, upApart as safeguardingLogMigration } from './log/migrations/0013-log.ts';
import { up as logOfMembersMigration } from './log/migrations/0049-log-of-members.ts';
import { logPolicy } from './log/policy.ts';
import { logRoutes } from './log/routes.ts';

export const audit: Area = {
  policies: [logPolicy],
  migrations: {
    main: { '0013-log': logMigration, '0049-log-of-members': logOfMembersMigration },
    safeguarding: { '0013-log': safeguardingLogMigration, '0049-log-of-members': logOfMembersMigration },
  },
  pages: [{ staff: logRoutes, navigation: { href: auditPaths.log(), text: 'The log', action: 'log.sealed' } }],
  chores: ({ config }) => logChores(loadLogKeys(config.logKeysFile, new URL(config.origin).hostname)),
};
