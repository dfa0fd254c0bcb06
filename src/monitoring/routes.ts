/** The operator's page for administrators. */
import { type App, may } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { monitoringPaths } from '../vocabulary/paths/monitoring.ts';
import { Monitor } from './monitor.ts';
import { systemHealthPage } from './pages.ts';
import { judgeAll } from './rules.ts';

export async function monitoringRoutes(app: App, { requestServices, clock, monitored }: AreaParts): Promise<void> {
  const monitor = new Monitor({ ...monitored, databases: requestServices.databases, clock });
  app.get(monitoringPaths.health.route, may('system health.read'), async (_request, reply) =>
    reply.sections(systemHealthPage(judgeAll(await monitor.measure()))),
  );
}
