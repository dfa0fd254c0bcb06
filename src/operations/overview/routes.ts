/** Who may open the overview of an operation: everybody who sees that it exists. What it shows depends on their part in it. */
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { getBriefingStates } from '../briefings/briefing.ts';
import { listLatestBriefings, listLatestContents } from '../briefings/store.ts';
import type { PlanAccess } from '../plan/plan-pages.ts';
import {
  createVisitRecordsReader,
  getPlan,
  getPlanAccess,
  listAdvice,
  withWaitingVisits,
} from '../plan/plan-reader.ts';
import { listTeamDays } from '../premises-restriction/store.ts';
import { getOperationState } from '../weeks/operation.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { overviewPage } from './pages.ts';

/** How far the results are; undefined where no area says so to this reader. */
const createResultReader =
  ({ areas }: AreaParts) =>
  async (request: Request, operationId: string) => {
    const read = areas.flatMap(({ resultState }) => resultState ?? []);
    const states = await Promise.all(read.map((one) => one(request, operationId)));
    return states.find((state) => state !== undefined);
  };

/** A planner who may read who takes part in this operation. */
const mayCopy = ({ can }: Request, { leads, named }: Pick<PlanAccess, 'leads' | 'named'>): boolean =>
  can('operation.plan') && (leads || named);

export async function overviewRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);
  const readResults = createResultReader(parts);

  app.get(operationPaths.operation.route, may('operation.read', IdPath), async (request, reply) => {
    const plan = await getPlan(request, request.params.id);
    const sight = getPlanAccess(request, plan, await listTeamDays(request.db));
    const access = await withWaitingVisits(request, plan, sight);
    const { now, today } = request;
    const made = await readVisits(request, plan.operation.id);
    const guided = access.plan && access.named;
    const over = getOperationState(plan.operation, today) === 'over';
    const latest = guided ? await listLatestContents(request.db, plan.operation.id) : new Map();
    const versions = guided ? await listLatestBriefings(request.db, plan.operation.id) : [];
    const briefings = getBriefingStates(plan, latest, made, now);
    const facts = {
      plan,
      advice: access.plan ? listAdvice(plan, access, now, made) : [],
      briefings: new Map([...briefings].map(([id, { state }]) => [id, state])),
      briefingReaders: new Map<string, readonly string[]>(versions.map(({ teamId, readBy }) => [teamId, readBy])),
      briefingChanges: [...new Set([...briefings.values()].flatMap(({ changes }) => changes))],
      over,
      results: guided && over ? await readResults(request, plan.operation.id) : undefined,
    };
    const own = plan.invitations.find(
      ({ agencyId, answer }) => agencyId === request.actor.agencyId && answer !== 'accepted',
    );
    const invited = own && {
      invitation: own,
      answers: own.answer === null && request.can('partner invitation.answer'),
    };
    return reply.page('operations/overview/overview', {
      ...overviewPage({ facts, access, made, today, invited, copy: mayCopy(request, access) }),
      ...listOperationTabs(request, plan.operation, 'overview'),
    });
  });
}
