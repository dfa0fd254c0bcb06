/** Who may ask what of weeks and operations: read, decide, change, answer. The operation's own page is the plan's (operations). */
import { z } from 'zod';
import { getAgency } from '../../identity/agencies/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersAfterStale, isStale, staleForm, withChanges } from '../../platform/forms/stale-form.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { operationPaths, weekPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { findDecisionToProceed } from '../policy-log/store.ts';
import { formatCapacity } from '../support-capacity/capacity.ts';
import { listCapacity } from '../support-capacity/store.ts';
import { ChangedOperationForm, WeekForm } from './forms.ts';
import { moveDates, movedDatesErrors } from './moved-dates.ts';
import { isLedBy, operationStates, operationsOf } from './operation.ts';
import { operationFormPage } from './operation-form-pages.ts';
import {
  getOperationFields,
  getWeekFields,
  operationsPage,
  weekErrors,
  weekFormPage,
  weekPage,
  weeksPage,
} from './pages.ts';
import { renameLeadingUnit } from './partner-store.ts';
import { findWrongWeekOrDays, planOperationRoute, withDates } from './plan-operation-routes.ts';
import * as store from './store.ts';
import { checkWeek, type Week } from './week.ts';
import { readTaskings } from './week-taskings.ts';

const WeeksQuery = z.object({ inside: z.uuid().optional().catch(undefined) });
const OperationsQuery = PageQuery.extend({
  week: z.uuid().optional().catch(undefined),
  town: z.string().max(200).optional().catch(undefined),
  standing: z.enum(operationStates).optional().catch(undefined),
});

async function weekRoutes(app: App, { areas }: Pick<AreaParts, 'areas'>): Promise<void> {
  app.get(weekPaths.list.route, may('week.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const { weeks, total } = await store.paginateWeeks(request.db, { page, size: pageSize });
    const pages = paginate(page, pageSize, total, (to) => withQuery(weekPaths.list(), { page: to }));
    return reply.list(weeksPage(weeks, pages, { plan: request.can('week.plan') }));
  });

  addWeekRoute(app);

  app.get(weekPaths.week.route, may('week.read', IdPath), async (request, reply) => {
    const week = await store.getWeek(request.db, request.params.id);
    const weeks = await store.listWeeks(request.db);
    const { name: agencyName } = await getAgency(request.db, week.agencyId);
    const operations = await store.listOperations(request.db, { weekId: week.id });
    const shared = request.can('capacity.read')
      ? await listCapacity(
          request.db,
          operations.map(({ id }) => id),
        )
      : [];
    const told = new Map<string, string>(shared.map((one) => [one.operationId, formatCapacity(one)]));
    const rights = {
      change: mayChangeWeek(request, week),
      plan: request.can('week.plan'),
      planOperation: request.can('operation.plan'),
    };
    const tasked = await readTaskings(areas, request, week, operations);
    return reply.case(weekPage({ week, weeks, agencyName, operations, told, tasked }, rights, request.today));
  });

  changeWeekRoute(app);
}

function addWeekRoute(app: App): void {
  formRoute(app, weekPaths.add.route, {
    may: may('week.plan', z.unknown(), WeeksQuery),
    load: async ({ db }) => ({ id: newId<'week'>(), weeks: await store.listWeeks(db) }),
    form: WeekForm,
    page: ({ weeks }, _typed, _errors, { query }) => weekFormPage({ weeks, inside: query.inside }),
    saves: 'Week',
    event: 'week.added',
    subject: ({ id }) => id,
    details: ({ id }, values, { actor }) => ({
      kind: 'collection',
      fields: Object.keys(toWeek(values, id, actor.agencyId as AgencyId)),
    }),
    change: async (tx, { id }, values, { actor }) => {
      const week = toWeek(values, id, actor.agencyId as AgencyId);
      const stands = checkWeek(week, await store.lockWeeks(tx));
      if (stands.ok) await store.addWeek(tx, week);
      return stands;
    },
    refusals: weekErrors,
    next: (_, { id }) => weekPaths.week(id),
  });
}

function changeWeekRoute(app: App): void {
  formRoute(app, weekPaths.change.route, {
    may: may('week.change', IdPath),
    load: async (request) => {
      const week = await getOwnWeek(request, request.params.id);
      const weeks = await store.listWeeks(request.db);
      return { week, weeks, fields: getWeekFields(weeks) };
    },
    form: WeekForm,
    page: ({ week, weeks, fields }, _, errors, { body }) =>
      withChanges(weekFormPage({ week, weeks }), errors, body, week, fields),
    retype: (body, { week, fields }, errors) => answersAfterStale(body, week, fields, errors),
    saves: 'Week',
    event: 'week.changed',
    subject: ({ week }) => week.id,
    details: ({ week }, values) => ({ fields: changedFields(week, toWeek(values, week.id, week.agencyId)) }),
    change: async (tx, known, values, { body }) => {
      const weeks = await store.lockWeeks(tx);
      known.week = await store.lockWeek(tx, known.week.id);
      if (isStale(body, known.week, known.fields)) return refuse('stale');
      const changed = toWeek(values, known.week.id, known.week.agencyId);
      const stands = checkWeek(changed, weeks);
      if (stands.ok && !(await store.saveWeek(tx, changed))) throw notFound('week');
      return stands;
    },
    refusals: { ...weekErrors, stale: staleForm },
    next: (_, { week }) => weekPaths.week(week.id),
  });
}

const toWeek = ({ starts, ends, ...values }: z.output<typeof WeekForm>, id: Week['id'], agencyId: AgencyId): Week => ({
  id,
  agencyId,
  startsOn: starts,
  endsOn: ends,
  ...values,
});

/** Names of the fields that differ, for the log. */
export const changedFields = <Row extends object>(before: Row, after: Row): string[] =>
  Object.entries(after).flatMap(([field, value]) =>
    JSON.stringify(value) === JSON.stringify(before[field as keyof Row]) ? [] : [field],
  );

const mayChangeWeek = (request: Request, week: Week): boolean =>
  request.can('week.change') && week.agencyId === request.actor.agencyId;

/** Every member reads a week; the agency that keeps it changes it. */
async function getOwnWeek(request: Request, id: string): Promise<Week> {
  const week = await store.getWeek(request.db, id);
  if (!mayChangeWeek(request, week)) throw new Problem('forbidden', 'another agency keeps this week');
  return week;
}

async function operationRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get(operationPaths.list.route, may('operation.read', z.unknown(), OperationsQuery), async (request, reply) => {
    const { page, week, town, standing } = request.query;
    const { today } = request;
    const asked = { page, size: pageSize, today, weekId: week, town, standing };
    const db = request.look('operations.listed', null, { fields: ['town'] });
    const { operations, total } = await store.paginateOperations(db, asked);
    request.returned(operations.map(({ id }) => id));
    const around = {
      weeks: await store.listWeeks(request.db),
      towns: await store.listTowns(request.db, operationsOf(request.actor)),
    };
    const pages = paginate(page, pageSize, total, (to) =>
      withQuery(operationPaths.list(), { week, town, standing, page: to }),
    );
    const filter = { week: week ?? '', town: town ?? '', standing: standing ?? '' };
    const rights = { plan: request.can('operation.plan'), glass: request.can('break-glass.start') };
    return reply.page('operations/weeks/operations', operationsPage(operations, pages, around, filter, rights, today));
  });

  planOperationRoute(app, parts);
  changeOperationRoute(app, parts);
}

function changeOperationRoute(app: App, parts: AreaParts): void {
  formRoute(app, operationPaths.change.route, {
    may: may('operation.change', IdPath),
    load: async (request) => {
      const operation = await getOwnOperation(request, request.params.id);
      const weeks = await store.listWeeks(request.db);
      const goes = (await findDecisionToProceed(request.db, operation.id)) === 'go';
      const leftOut: string | undefined = undefined as string | undefined;
      return { operation, weeks, fields: getOperationFields(weeks), goes, leftOut };
    },
    form: ChangedOperationForm,
    check: findWrongWeekOrDays,
    page: ({ operation, weeks, fields, goes }, _, errors, { body }) =>
      withChanges(operationFormPage({ operation, weeks, goes }), errors, body, operation, fields),
    retype: (body, { operation, fields }, errors) => answersAfterStale(body, operation, fields, errors),
    saves: 'Operation',
    event: 'operation.changed',
    subject: ({ operation }) => operation.id,
    details: ({ operation, weeks }, values) => ({
      fields: changedFields<object>(operation, { ...operation, ...withDates({ weeks }, values) }),
    }),
    change: async (tx, known, { why, ...values }, request) => {
      const before = await store.lockOperation(tx, known.operation.id);
      known.operation = { ...known.operation, ...before };
      if (isStale(request.body, before, known.fields)) return refuse('stale');
      const after = { ...before, ...withDates(known, values) };
      const moved = await moveDates(tx, parts, known, { before, after, why }, request);
      if (!moved.ok) return moved;
      await store.saveOperation(tx, after);
      await renameLeadingUnit(tx, before, after.unit);
      return accept(true);
    },
    refusals: ({ leftOut }) => ({ ...movedDatesErrors(leftOut), stale: staleForm }),
    next: (_, { operation }) => operationPaths.operation(operation.id),
  });
}

/** The operation, for the leading agency. Other members who see it are refused with a reason. */
export async function getOwnOperation(request: Request, id: string) {
  const operation = await store.getOperation(request.db, id);
  if (!isLedBy(operation, request.actor.agencyId))
    throw new Problem('forbidden', 'another agency leads this operation');
  return operation;
}

export async function weeksRoutes(app: App, parts: AreaParts): Promise<void> {
  await weekRoutes(app, parts);
  await operationRoutes(app, parts);
}
