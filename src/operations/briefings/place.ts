/** Operations on the first page: plans with a legal problem, and unread briefings. It is here because it needs both plan and briefings. */

import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { HomeItem, HomeStage } from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import { capital, countWord } from '../../vocabulary/languages/english.ts';
import { briefingPaths, operationPaths } from '../../vocabulary/paths/operations.ts';
import { listPlans } from '../plan/store.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { getOperationState } from '../weeks/operation.ts';
import { listOperations } from '../weeks/store.ts';
import { listUnread } from './store.ts';

/** How many plans the first page checks. Planners with more plans use the list. */
const maxPlans = 20;

export const operationsHomeStage: HomeStage = {
  stage: 'operations',
  href: operationPaths.list(),
  action: 'operation.read',
  says: 'Plan who goes where, when, and by what right.',
  waiting: async (db, request, look) => {
    look('plans.waiting counted', null, { fields: ['premises', 'powers', 'briefings'] });
    return [...(await listUnlawfulPlanItems(db, request)), ...(await listUnreadBriefingItems(db, request))];
  },
};

async function listUnlawfulPlanItems(db: Reader<AnyTables>, request: Request): Promise<HomeItem[]> {
  const { operations: named } = request.actor;
  if (!request.can('target.read') || named.length === 0) return [];
  const mine = (await listOperations(db))
    .filter((operation) => named.includes(operation.id) && getOperationState(operation, request.today) !== 'over')
    .slice(0, maxPlans);
  if (mine.length === 0) return [];
  const unlawful = (await listPlans(db, mine)).filter((plan) =>
    checkPlan(plan, request.today).some(({ kind }) => kind === 'unlawful'),
  );
  const [first, ...more] = unlawful;
  if (!first) return [];
  if (more.length === 0) {
    const { id, codeName } = first.operation;
    return [
      { text: `The plan of ${codeName} has a legal problem to fix`, href: operationPaths.operation(id), count: 1 },
    ];
  }
  const count = unlawful.length;
  return [
    { text: `${capital(countWord(count))} plans have a legal problem to fix`, href: operationPaths.list(), count },
  ];
}

async function listUnreadBriefingItems(db: Reader<AnyTables>, request: Request): Promise<HomeItem[]> {
  const { teams, memberId } = request.actor;
  if (teams.length === 0 || !request.can('briefing.read')) return [];
  const briefings = await listUnread(db, teams, memberId, request.today);
  return briefings.map(({ id, version, teamName }) => ({
    text: `A briefing you have not read: ${teamName}, version ${version}`,
    href: briefingPaths.briefing(id),
    count: 1,
  }));
}
