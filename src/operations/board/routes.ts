/** Who may open the operation-day board: planners and commanders who take part by name. Each time it is shown is logged, also when the page fetches itself again. */
import { type App, IdPath, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { createVisitRecordsReader, getPlanAccess, getPlanOfParticipant } from '../plan/plan-reader.ts';
import { listVisitsAfterGo } from '../policy-log/decision.ts';
import { findDecisionToProceed } from '../policy-log/index.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { createBoard, listSecondEntries } from './board.ts';
import { boardPage } from './pages.ts';

export async function boardRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);

  app.get(operationPaths.board.route, may('target.read', IdPath), async (request, reply) => {
    const plan = await getPlanOfParticipant(request, request.params.id);
    const made = await readVisits(request, plan.operation.id);
    const { now, today } = request;
    const rows = createBoard(plan, made, { now, today });
    const opensVisits = getPlanAccess(request, plan).visits;
    const decision = await findDecisionToProceed(request.db, plan.operation.id);
    return reply.page('operations/board/board', {
      ...boardPage(plan.operation, rows, {
        now,
        today,
        opensVisits,
        decision,
        unseen: listVisitsAfterGo(plan.decisions),
        secondEntries: listSecondEntries(rows, plan, made, now),
      }),
      ...listOperationTabs(request, plan.operation, 'schedule'),
    });
  });
}
