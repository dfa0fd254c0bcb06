/** Weeks beside their predecessors: own signed returns and results that others published. */
import type { App } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { comparedRoutes } from './compared-routes.ts';
import { publishedImportRoutes } from './import-routes.ts';
import { publishedRoutes } from './published-routes.ts';

export async function weeksRoutes(app: App, parts: AreaParts): Promise<void> {
  comparedRoutes(app);
  publishedRoutes(app);
  await publishedImportRoutes(app, parts);
}
