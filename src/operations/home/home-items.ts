/** Tasks of plans for the home page: unfinished plans, failing checks, decisions to proceed, warrants to return, unread briefings. */

import { listRecentlyOpened } from '../../platform/audit-hook/recently-opened.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import {
  countedTask,
  type HomeItem,
  type HomeRecent,
  type HomeStage,
  listDue,
  mostRecent,
} from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { briefingPaths, operationPaths } from '../../vocabulary/paths/operations.ts';
import { mayDecideGo, readVisitRecords } from '../plan/plan-reader.ts';
import { listPlans } from '../plan/store.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { getOperationState } from '../weeks/operation.ts';
import { listOperations } from '../weeks/store.ts';
import { listBriefedTeams, listCodeNames, listUnreadBriefings } from './store.ts';
import {
  findFirstVisit,
  findStart,
  lacksDecision,
  listMissingParts,
  listOpenWarnings,
  listVisitsToDecide,
  type PlanPart,
} from './unfinished-plan.ts';

export const operationsHomeStage = (parts: Pick<AreaParts, 'areas'>): HomeStage => ({
  stage: 'operations',
  action: 'operation.read',
  says: (can) =>
    can('target.plan')
      ? 'unfinished plans, decisions to proceed and warrants to return'
      : can('decision.add')
        ? 'decisions to proceed'
        : can('briefing.acknowledge') && can('visit.record')
          ? 'briefings to read'
          : undefined,
  waiting: async (db, request, look) => {
    look('plans.waiting counted', null, { fields: ['premises', 'powers', 'briefings'] });
    return {
      items: [...(await listPlanItems(db, request, parts)), ...(await listUnreadBriefingItems(db, request))],
      recent: await listRecentOperations(db),
    };
  },
});

async function listPlanItems(
  db: Reader<AnyTables>,
  request: Request,
  parts: Pick<AreaParts, 'areas'>,
): Promise<HomeItem[]> {
  const { operations: named } = request.actor;
  if (!request.can('target.read') || named.length === 0) return [];
  const mine = (await listOperations(db)).filter(({ id }) => named.includes(id));
  const current = mine.filter((operation) => getOperationState(operation, request.today) !== 'over');
  if (current.length === 0) return [];
  const plans = await listPlans(db, current);
  const briefed = request.can('target.plan') ? await listBriefedTeams(db, named) : undefined;
  const made = await readVisitRecords(
    parts,
    db,
    current.map(({ id }) => id),
  );
  return plans.flatMap((plan) => [
    // A legal problem stands above the decision: both are due at the first visit.
    ...listCheckItems(plan, request, made),
    ...(request.can('decision.add') ? listDecisionItems(plan, request, made) : []),
    ...(briefed ? listUnfinishedItems(plan, briefed, request.today, made) : []),
  ]);
}

/** A plan problem is pressing from the day before the first visit. */
const urgencyOf = (first: Date | undefined, { today }: Request): 'pressing' | undefined =>
  first && dayOf(first) <= addDays(today, 1) ? 'pressing' : undefined;

/** Until a commander has decided go or no-go: for commanders to decide, for planners to ask one. */
function listDecisionItems(plan: Plan, request: Request, made: VisitRecords): HomeItem[] {
  const { id, codeName } = plan.operation;
  if (!lacksDecision(plan)) return listAddedVisitItems(plan, request, made);
  const first = findFirstVisit(plan, request.today, made);
  if (!first) return [];
  return [
    {
      what: mayDecideGo(request)
        ? `Decide whether ${codeName} goes ahead`
        : `Ask a commander whether ${codeName} goes ahead`,
      for: codeName,
      due: first,
      status: 'to do',
      urgency: urgencyOf(first, request),
      href: operationPaths.goDecision(id),
      count: 1,
    },
  ];
}

/** Visits planned after “Go”: the team waits until a commander has decided again. */
function listAddedVisitItems(plan: Plan, request: Request, made: VisitRecords): HomeItem[] {
  const { id, codeName } = plan.operation;
  const added = listVisitsToDecide(plan, request.today, made);
  const first = findStart(added);
  const what = countedTask(
    added.length,
    'Decide on a visit that “Go” does not include',
    'Decide on # visits that “Go” does not include',
  );
  return listDue([
    {
      what: mayDecideGo(request) ? what : what.replace('Decide', 'Ask a commander to decide'),
      detail: added.length === 1 ? 'Its team waits.' : 'Their teams wait.',
      for: codeName,
      due: first,
      status: 'to do',
      urgency: urgencyOf(first, request),
      href: operationPaths.goDecision(id),
      count: added.length,
    },
  ]);
}

/** Legal problems for all who read the plan; warnings for its planners, while a visit is still to come. */
function listCheckItems(plan: Plan, request: Request, made: VisitRecords): HomeItem[] {
  const { id, codeName } = plan.operation;
  const advice = checkPlan(plan, request.now, made);
  const unlawful = advice.filter(({ kind }) => kind === 'unlawful').length;
  // The overview shows its checks once a visit is planned.
  const isToCome = plan.visits.some(({ id: visit, state }) => state === 'planned' && !made.get(visit)?.finishedAt);
  const warnings = request.can('target.change') && isToCome ? listOpenWarnings(advice).length : 0;
  // The page counts the missing decision among the risks.
  const isDecisionMissing = advice.some(
    ({ rule, acknowledged }) => ['no go', 'visit added'].includes(rule) && !acknowledged,
  );
  const shared = { for: codeName, due: dueOf(plan, request.today, made), href: operationPaths.operation(id) };
  return listDue([
    {
      ...shared,
      what: countedTask(unlawful, 'Fix a legal problem in the plan', 'Fix # legal problems in the plan'),
      status: 'needs attention',
      urgency: urgencyOf(findFirstVisit(plan, request.today, made), request),
      count: unlawful,
    },
    {
      ...shared,
      what: countedTask(warnings, 'Check a risk in the plan', 'Check # risks in the plan'),
      detail: isDecisionMissing ? 'The decision to proceed is a task of its own.' : undefined,
      status: 'to do',
      count: warnings,
    },
  ]);
}

const partNames: Record<PlanPart, string> = {
  partners: 'partners',
  people: 'people',
  premises: 'premises',
  teams: 'teams',
  visits: 'visits',
  briefing: 'briefing',
  decision: 'decision to proceed',
};

/** The missing decision has an item of its own once there are visits. */
function listUnfinishedItems(plan: Plan, briefed: ReadonlySet<string>, today: string, made: VisitRecords): HomeItem[] {
  const { id, codeName } = plan.operation;
  const due = dueOf(plan, today, made);
  const missing = listMissingParts(plan, briefed, today).filter(
    (part) => part !== 'decision' || !findFirstVisit(plan, today, made),
  );
  if (missing.length === 0) return [];
  const begun = plan.premises.length + plan.teams.length + plan.visits.length > 0;
  return [
    {
      what: 'Finish the plan',
      detail: `Missing: ${listOf(missing.map((part) => partNames[part]))}.`,
      for: codeName,
      due,
      status: begun ? 'in progress' : 'not started',
      href: operationPaths.operation(id),
      count: 1,
    },
  ];
}

/** A plan is due at its first visit to come; without one, on the day before the operation begins, or today. */
function dueOf(plan: Plan, today: string, made: VisitRecords): Date | string {
  const dayBefore = addDays(plan.operation.startsOn, -1);
  return findFirstVisit(plan, today, made) ?? (dayBefore < today ? today : dayBefore);
}

/** Operations by their code name, as far as the member may still see them. */
async function listRecentOperations(db: Reader<AnyTables>): Promise<HomeRecent[]> {
  const opened = await listRecentlyOpened(db, ['plan.shown'], mostRecent);
  if (opened.length === 0) return [];
  const names = await listCodeNames(
    db,
    opened.map(({ subject }) => subject),
  );
  return opened.flatMap(({ subject, at }) => {
    const text = names.get(subject);
    return text ? [{ text, href: operationPaths.operation(subject), at }] : [];
  });
}

async function listUnreadBriefingItems(db: Reader<AnyTables>, request: Request): Promise<HomeItem[]> {
  if (request.actor.teams.length === 0 || !request.can('briefing.read')) return [];
  const briefings = await listUnreadBriefings(db, request.actor, request.today);
  return briefings.map(({ id, version, teamName, codeName, firstVisit }) => ({
    what: `Read the briefing of ${teamName}`,
    detail: version > 1 ? `Version ${version} is new.` : undefined,
    for: codeName,
    due: firstVisit,
    status: 'to read',
    href: briefingPaths.briefing(id),
    count: 1,
  }));
}
