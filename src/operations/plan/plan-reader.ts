/** Reads a plan as far as a member may see it, and what the member may do with it. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import type { PlanPermissions } from '../plan-check/advice-model.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { checkPlan, withoutDecisions } from '../plan-check/plan-check.ts';
import { listVisitsAfterGo } from '../policy-log/decision.ts';
import { listAddedSinceDecision } from '../policy-log/store.ts';
import type { TeamDay } from '../premises-restriction/store.ts';
import { isLedBy } from '../weeks/operation.ts';
import { getOperation } from '../weeks/store.ts';
import type { PlanAccess } from './plan-pages.ts';
import type { Premises } from './premises.ts';
import * as store from './store.ts';
import type { VisitRecords } from './visit-outcome.ts';

/** One plan, as far as the member may see it. */
export async function getPlan(request: Request, operationId: string): Promise<Plan> {
  const plan = await loadPlan(request.look('plan.shown', operationId, { fields: ['premises', 'powers'] }), operationId);
  request.returned(plan.premises.map(({ id }) => id));
  return plan;
}

async function loadPlan(db: Reader<AnyTables>, operationId: string): Promise<Plan> {
  const [plan] = await store.listPlans(db, [await getOperation(db, operationId)]);
  if (!plan) throw notFound('operation');
  return plan;
}

/** The visits that were begun, as far as the reader of this database may see them: the areas that record visits list them. */
export async function readVisitRecords(
  { areas }: Pick<AreaParts, 'areas'>,
  db: Reader<AnyTables>,
  operationIds: readonly string[],
): Promise<VisitRecords> {
  const lists = areas.flatMap(({ visitStates }) => visitStates ?? []);
  const made = await Promise.all(lists.map((list) => list(db, operationIds)));
  return new Map(made.flat().map((one) => [one.id, one]));
}

export const createVisitRecordsReader =
  (parts: AreaParts) =>
  (request: Request, operationId: string): Promise<VisitRecords> =>
    readVisitRecords(parts, request.db, [operationId]);

/** Only a commander lets an operation go ahead: who plans does not also decide. */
export const mayDecideGo = ({ actor, can }: Pick<Request, 'actor' | 'can'>): boolean =>
  can('decision.add') && actor.roles.includes('commander');

/** What the member may do with this plan: as a participant, by role, and by the leading agency. */
export function getPlanPermissions(request: Request, { operation }: Pick<Plan, 'operation'>): PlanPermissions {
  const named = request.actor.operations.includes(operation.id);
  return {
    change: named && request.can('target.plan'),
    leads: request.can('taking part.change') && isLedBy(operation, request.actor.agencyId),
    decide: named && request.can('decision.add'),
    go: named && mayDecideGo(request),
  };
}

export function getPlanAccess(request: Request, plan: Plan, days: readonly TeamDay[] = []): PlanAccess {
  const { actor } = request;
  const { id } = plan.operation;
  const [named, glass] = [actor.operations.includes(id), actor.glassOperation === id];
  const mending = getPlanPermissions(request, plan);
  const plans = named && request.can('target.read');
  return {
    ...mending,
    plan: plans || glass,
    visits: named && request.can('visit.read'),
    teams: request.can('briefing.read') ? actor.teams : [],
    briefings: request.can('briefing.read'),
    papers: named && request.can('plan paper.read'),
    days,
    named,
    waiting: listVisitsAfterGo(plan.decisions),
    times: (named || mending.leads) && request.can('briefing time.set'),
    glass,
    mayBreak: request.can('break-glass.start') && actor.partnerOperations.includes(id) && !glass,
  };
}

/** The same for members of a team, who may not read the policy log. */
export const withWaitingVisits = async ({ db }: Request, plan: Plan, access: PlanAccess): Promise<PlanAccess> => ({
  ...access,
  waiting: await listAddedSinceDecision(
    db,
    plan.visits.map(({ id }) => id),
  ),
});

/** Emergency access shows the plan without its policy log. */
export const listAdvice = (plan: Plan, { named }: PlanAccess, now: Date, made: VisitRecords) =>
  named ? checkPlan(plan, now, made) : withoutDecisions(checkPlan(plan, now, made));

/** The plan, for who takes part in it by name; for others there is nothing here. */
export async function getPlanOfParticipant(request: Request, id: string): Promise<Plan> {
  if (!request.actor.operations.includes(id)) throw notFound('operation');
  return getPlan(request, id);
}

/** One of the premises with the plan around it. */
export async function getPremisesInPlan(request: Request, id: string): Promise<{ plan: Plan; premises: Premises }> {
  const db = request.look('premises.shown', id, { fields: ['address', 'reason', 'risks', 'powers', 'visits'] });
  const premises = matchLookup(await store.lookUpPremises(db, id, 'operation'), {
    full: (place) => place,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (!premises) throw notFound('premises');
  return { plan: await loadPlan(db, premises.operationId), premises };
}
