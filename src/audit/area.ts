/** The access log: sealed, verified, and watched by witnesses. */
import type { Area } from '../platform/area.ts';
import { auditPaths } from '../vocabulary/paths/audit.ts';
import { logChores } from './log/chores.ts';
import { loadLogKeys } from './log/keys.ts';
import { logRoutes } from './log/routes.ts';

export const audit: Area = {
  pages: [{ staff: logRoutes, navigation: { href: auditPaths.log(), text: 'The log', action: 'log.sealed' } }],
  chores: ({ config }) => logChores(loadLogKeys(config.logKeysFile, new URL(config.origin).hostname)),
};
