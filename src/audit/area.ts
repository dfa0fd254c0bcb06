/** The access log: sealed, verified, and watched by witnesses. */
import type { Area } from '../platform/area.ts';
import { auditPaths } from '../vocabulary/paths/audit.ts';
import { logChores } from './log/chores.ts';
import { loadLogKeys } from './log/keys.ts';
import { logRoutes } from './log/routes.ts';

export const audit: Area = {
  pages: [
    {
      staff: logRoutes,
      navigation: [
        {
          place: 'audit',
          href: auditPaths.log(),
          text: 'Access log',
          says: 'Check that the access log is unchanged, and see its witnesses.',
          action: 'log.sealed',
        },
      ],
    },
  ],
  chores: ({ config }) => logChores(loadLogKeys(config.logKeysFile, new URL(config.origin).hostname)),
};
