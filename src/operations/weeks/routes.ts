/** Who may ask what of weeks and operations: read, decide, change, answer. The operation's own page is the plan's (operations). */
import { z } from 'zod';
import { getAgency } from '../../identity/agencies/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, listChanges, staleForm } from '../../platform/forms/stale-form.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { formatCapacity } from '../support-capacity/capacity.ts';
import { listCapacity } from '../support-capacity/store.ts';
import { OperationForm, WeekForm } from './forms.ts';
import { isLedBy, type Operation, operationStates } from './operation.ts';
import {
  getOperationFields,
  getWeekFields,
  operationFormPage,
  operationsPage,
  weekErrors,
  weekFormPage,
  weekPage,
  weeksPage,
} from './pages.ts';
import { addParticipant, addPartner, renameLeadingUnit } from './partner-store.ts';
import * as store from './store.ts';
import { checkWeek, type Week } from './week.ts';

export const IdPath = z.object({ id: z.uuid() });
const WeeksQuery = z.object({ inside: z.uuid().optional().catch(undefined) });
const NewQuery = z.object({ week: z.uuid().optional().catch(undefined) });
const OperationsQuery = PageQuery.extend({
  week: z.uuid().optional().catch(undefined),
  town: z.string().max(200).optional().catch(undefined),
  standing: z.enum(operationStates).optional().catch(undefined),
});

async function weekRoutes(app: App): Promise<void> {
  app.get('/weeks', may('week.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const { weeks, total } = await store.paginateWeeks(request.db, { page, size: pageSize });
    const pages = paginate(page, pageSize, total, (to) => withQuery('/staff/weeks', { page: to }));
    return reply.page('platform/page', weeksPage(weeks, pages, { plan: request.can('week.plan') }));
  });

  app.get('/weeks/new', may('week.plan', z.unknown(), WeeksQuery), async (request, reply) => {
    const weeks = await store.listWeeks(request.db);
    return reply.page('platform/form', weekFormPage({ weeks, inside: request.query.inside }));
  });

  app.post('/weeks/new', may('week.plan'), async (request, reply) => {
    const weeks = await store.listWeeks(request.db);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', weekFormPage({ weeks }, answersOf(request.body), errors));
    const form = readForm(WeekForm, request.body);
    if (!form.ok) return again(form.errors);
    const week = toWeek(form.values, newId<'week'>(), request.actor.agencyId as AgencyId);
    const added = await request.change(
      'week.added',
      week.id,
      async (tx) => {
        const stands = checkWeek(week, await store.listWeeks(tx));
        if (stands.ok) await store.addWeek(tx, week);
        return stands;
      },
      { kind: 'collection', fields: Object.keys(week) },
    );
    return added.ok ? reply.redirect(`/staff/weeks/${week.id}`, 303) : again(weekErrors[added.refusal]);
  });

  app.get('/weeks/:id', may('week.read', IdPath), async (request, reply) => {
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
    return reply.page('platform/page', weekPage({ week, weeks, agencyName, operations, told }, rights, request.today));
  });

  app.get('/weeks/:id/edit', may('week.change', IdPath), async (request, reply) => {
    const week = await getOwnWeek(request, request.params.id);
    return reply.page('platform/form', weekFormPage({ week, weeks: await store.listWeeks(request.db) }));
  });

  app.post('/weeks/:id/edit', may('week.change', IdPath), async (request, reply) => {
    const { body } = request;
    const weeks = await store.listWeeks(request.db);
    const fields = getWeekFields(weeks);
    let week = await getOwnWeek(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', {
        ...weekFormPage({ week, weeks }, answersAfterStale(body, week, fields, errors), errors),
        ...(errors === staleForm && { meanwhile: listChanges(body, week, fields) }),
      });
    const form = readForm(WeekForm, body);
    if (!form.ok) return again(form.errors);
    const changed = toWeek(form.values, week.id, week.agencyId);
    const saved = await request.change(
      'week.changed',
      week.id,
      async (tx) => {
        week = await store.lockWeek(tx, week.id);
        if (isStale(body, week, fields)) return refuse('stale');
        const stands = checkWeek(changed, await store.listWeeks(tx));
        if (stands.ok && !(await store.saveWeek(tx, changed))) throw notFound('week');
        return stands;
      },
      { fields: changedFields(week, changed) },
    );
    if (saved.ok) return reply.redirect(`/staff/weeks/${week.id}`, 303);
    return again(saved.refusal === 'stale' ? staleForm : weekErrors[saved.refusal]);
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

async function operationRoutes(app: App): Promise<void> {
  app.get('/operations', may('operation.read', z.unknown(), OperationsQuery), async (request, reply) => {
    const { page, week, town, standing } = request.query;
    const { today } = request;
    const asked = { page, size: pageSize, today, weekId: week, town, standing };
    const db = request.look('operations.listed', null, { fields: ['town'] });
    const { operations, total } = await store.paginateOperations(db, asked);
    request.returned(operations.map(({ id }) => id));
    const around = { weeks: await store.listWeeks(request.db), towns: await store.listTowns(request.db) };
    const pages = paginate(page, pageSize, total, (to) =>
      withQuery('/staff/operations', { week, town, standing, page: to }),
    );
    const filter = { week: week ?? '', town: town ?? '', standing: standing ?? '' };
    const rights = { plan: request.can('operation.plan'), glass: request.can('break-glass.start') };
    return reply.page('operations/weeks/operations', operationsPage(operations, pages, around, filter, rights, today));
  });

  app.get('/operations/new', may('operation.plan', z.unknown(), NewQuery), async (request, reply) => {
    const weeks = await store.listWeeks(request.db);
    return reply.page('platform/form', operationFormPage({ weeks, week: request.query.week }));
  });

  app.post('/operations/new', may('operation.plan'), async (request, reply) => {
    const weeks = await store.listWeeks(request.db);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', operationFormPage({ weeks }, answersOf(request.body), errors));
    const form = readForm(OperationForm, request.body);
    if (!form.ok) return again(form.errors);
    if (!weeks.some(({ id }) => id === form.values.weekId)) return again({ weekId: 'Select a week that is there' });
    const { starts, ends, ...values } = form.values;
    const operation: Operation = {
      id: newId(),
      agencyId: request.actor.agencyId as AgencyId,
      plannedBy: request.actor.memberId as MemberId,
      startsOn: starts,
      endsOn: ends,
      ...values,
    };
    const { kind, name, officialName } = await getAgency(request.db, operation.agencyId);
    await request.change(
      'operation.planned',
      operation.id,
      async (tx) => {
        await store.addOperation(tx, operation);
        const given = { by: operation.plannedBy, at: request.now };
        const partnerId = newId<'partner'>();
        await addPartner(
          tx,
          {
            id: partnerId,
            operationId: operation.id,
            agencyId: operation.agencyId,
            kind,
            ownUnit: true,
            leads: true,
            printedName: operation.unit,
            officialName: `${operation.unit}, ${officialName || name}`,
            brings: [],
          },
          given,
        );
        const participant = { operationId: operation.id, memberId: operation.plannedBy, partnerId, duty: 'plans' };
        await addParticipant(tx, participant, given);
        return accept(true);
      },
      { kind: 'collection', fields: Object.keys(operation) },
    );
    return reply.redirect(`/staff/operations/${operation.id}`, 303);
  });

  app.get('/operations/:id/edit', may('operation.change', IdPath), async (request, reply) => {
    const operation = await getOwnOperation(request, request.params.id);
    return reply.page('platform/form', operationFormPage({ operation, weeks: await store.listWeeks(request.db) }));
  });

  app.post('/operations/:id/edit', may('operation.change', IdPath), async (request, reply) => {
    const { body } = request;
    let operation = await getOwnOperation(request, request.params.id);
    const weeks = await store.listWeeks(request.db);
    const fields = getOperationFields(weeks);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', {
        ...operationFormPage({ operation, weeks }, answersAfterStale(body, operation, fields, errors), errors),
        ...(errors === staleForm && { meanwhile: listChanges(body, operation, fields) }),
      });
    const form = readForm(OperationForm, body);
    if (!form.ok) return again(form.errors);
    if (!weeks.some(({ id }) => id === form.values.weekId)) return again({ weekId: 'Select a week that is there' });
    const { starts, ends, ...values } = form.values;
    const dated = { ...values, startsOn: starts, endsOn: ends };
    const saved = await request.change(
      'operation.changed',
      operation.id,
      async (tx) => {
        const before = await store.lockOperation(tx, operation.id);
        operation = { ...operation, ...before };
        if (isStale(body, before, fields)) return refuse('stale');
        const after = { ...before, ...dated };
        await store.saveOperation(tx, after);
        await renameLeadingUnit(tx, before, after.unit);
        return accept(true);
      },
      { fields: changedFields<object>(operation, { ...operation, ...dated }) },
    );
    return saved.ok ? reply.redirect(`/staff/operations/${operation.id}`, 303) : again(staleForm);
  });
}

/** The operation, for the leading agency. Other members who see it are refused with a reason. */
export async function getOwnOperation(request: Request, id: string) {
  const operation = await store.getOperation(request.db, id);
  if (!isLedBy(operation, request.actor.agencyId))
    throw new Problem('forbidden', 'another agency leads this operation');
  return operation;
}

export async function weeksRoutes(app: App): Promise<void> {
  await weekRoutes(app);
  await operationRoutes(app);
}
