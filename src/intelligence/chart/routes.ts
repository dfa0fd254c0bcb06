/** Who may ask for a link chart: triage of the agency that recorded the entry, as with the entry itself. */
import { z } from 'zod';
import { type App, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { EntityPath } from '../entities/forms.ts';
import { getEntity } from '../entities/store.ts';
import { loadChart } from './chart-store.ts';
import { linkChartPage } from './pages.ts';

const StepsQuery = z.object({ steps: z.enum(['1', '2']).catch('1') });
const shownFields = ['kind', 'content', 'sourceEvaluation', 'assessment', 'handling', 'happenedFrom'];

export async function chartRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const { route } = intelligencePaths.chart;
  app.get(route, may('intelligence entity.read', EntityPath, StepsQuery), async (request, reply) => {
    const { id } = request.params;
    const steps = request.query.steps === '2' ? 2 : 1;
    const db = request.look('intelligence entity.shown', id, { fields: shownFields });
    const entity = await getEntity(db, keys, id);
    const { chart, leftOut, ids } = await loadChart(db, keys, entity, steps);
    request.returned(ids);
    return reply.page('intelligence/chart/link-chart', linkChartPage({ id, steps, chart, leftOut }));
  });
}
