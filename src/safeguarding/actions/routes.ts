/** Routes for actions: add, take, end, and record whether help arrived. Read, decide, change, answer. */

import { getAgency } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader, Reader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { dayOf, timeOf } from '../../vocabulary/calendar/wall-clock.ts';
import { nations } from '../../vocabulary/calendar/working-days.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { calendarOf } from '../deadlines/work-calendar.ts';
import { type HandoverTables, listComparisons } from '../handovers/store.ts';
import { PersonPath } from '../people/forms.ts';
import { getPerson, listPeople } from '../people/store.ts';
import { readNames } from '../referrals/routes.ts';
import {
  asksArrival,
  assignTask,
  checkStart,
  countArrivals,
  createTask,
  derivedId,
  endTask,
  type NewTask,
  type Task,
} from './action.ts';
import { type DueTask, dueOn, type GuidelineComparison, healthClocksOn, ruleOf, sortByDueDate } from './due.ts';
import {
  finishPage,
  healthPage,
  notHealth,
  offerPage,
  startErrors,
  type TaskStart,
  taskErrors,
  taskFormPage,
} from './form-pages.ts';
import { FinishForm, healthForm, OfferForm, TaskForm, TaskPath, TasksQuery } from './forms.ts';
import { arrivalTasks, taskFields } from './new-actions.ts';
import { arrivedPage, home, type PersonNames, personTasksPage, taskPage, tasksPage } from './pages.ts';
import {
  addTask,
  getTask,
  listAllTasks,
  listOpenTasks,
  listTasksOf,
  lockTask,
  saveTask,
  type TaskTables,
} from './store.ts';

const at = (id: string): string => `/staff/safeguarding/people/${id}/actions`;

type Read = AuditedReader<TaskTables & HandoverTables>;

/** Each by the rule of the day on which it began, and the holidays of the place of work. */
export async function toDueTasks(db: Reader<HandoverTables>, tasks: readonly Task[], now: Date): Promise<DueTask[]> {
  const readings: readonly GuidelineComparison[] = tasks.length > 0 ? await listComparisons(db) : [];
  const calendars = new Map(
    await Promise.all(nations.map(async (nation) => [nation, await calendarOf(nation)] as const)),
  );
  return tasks.map((task) => {
    const calendar = calendars.get(task.nation);
    if (!calendar) throw new Error(`no calendar of ${task.nation}`);
    return dueOn(task, readings, calendar, now);
  });
}

/** Names of the people in these actions. Each is a logged view of a record. */
export async function readPersonNames(request: Request, keys: UnitKeys, tasks: readonly Task[]): Promise<PersonNames> {
  const ids = [...new Set(tasks.map(({ personId }) => personId as PersonId))];
  if (ids.length === 0) return new Map();
  const people = await listPeople(request.look('people.named', null, { fields: ['called'] }), keys, ids);
  request.returned([...people.keys()]);
  return new Map([...people].map(([id, { called }]) => [id as string, called]));
}

/** More than this does not fit on one page, and the page says so. */
const mostShown = 300;

/** Whether this is a health agency, whose nurses keep the health clocks. Ends the open read transaction. */
export const isHealthAgency = (request: Request): Promise<boolean> =>
  request.under('agency.read', async (db) => (await getAgency(db, request.actor.agencyId)).kind === 'health');

const holders = (tasks: readonly Task[]): (string | null)[] =>
  tasks.flatMap(({ takenBy, authorId, doneBy }) => [takenBy, authorId, doneBy]);

export async function taskRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await readingRoutes(app, keys);
  await addingRoutes(app, keys);
  await endingRoutes(app, keys);
}

async function readingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/actions', may('task.read', undefined, TasksQuery), async (request, reply) => {
    const db: Read = request.look('tasks.listed', null, { fields: taskFields });
    const tasks = await listOpenTasks(db, keys);
    const mine = request.query.mine === 'yes';
    const dues = (await toDueTasks(db, tasks, request.now)).filter(
      ({ task }) => !mine || task.takenBy === request.actor.memberId,
    );
    // Sorted by due time before the limit applies, so old and new actions are treated alike.
    const first = sortByDueDate(dues).slice(0, mostShown);
    const shown = first.map(({ task }) => task);
    request.returned(shown.map(({ id }) => id));
    const called = await readPersonNames(request, keys, shown);
    const { names } = await readNames(request, holders(shown));
    const listed = { called, names, memberId: request.actor.memberId };
    const rights = { mine, hands: request.can('handover.read'), of: dues.length };
    return reply.page('platform/page', tasksPage(first, listed, rights));
  });

  app.get('/safeguarding/actions/arrived', may('task.read'), async (request, reply) => {
    const db: Read = request.look('tasks.counted', null, { fields: ['by', 'ending'] });
    const asking = (await listAllTasks(db, keys)).filter(({ by }) => asksArrival(by));
    request.returned(asking.map(({ id }) => id));
    const dues = await toDueTasks(db, asking, request.now);
    const counted = countArrivals(
      dues.map(({ task, standing }) => ({ ...task, dueAt: standing.dueAt })),
      request.now,
    );
    return reply.page('platform/page', arrivedPage(counted));
  });

  app.get('/safeguarding/people/:id/actions', may('task.read', PersonPath), async (request, reply) => {
    const { id } = request.params;
    const person = await getPerson(request.look('person.shown', id, { fields: ['called'] }), keys, id);
    const db: Read = request.look('tasks.listed', id, { fields: taskFields });
    const tasks = await listTasksOf(db, keys, id);
    request.returned(tasks.map((task) => task.id));
    const dues = await toDueTasks(db, tasks, request.now);
    const { names } = await readNames(request, holders(tasks));
    const shown = { names, memberId: request.actor.memberId };
    return reply.page('platform/page', personTasksPage(person, dues, shown, request.can('task.add')));
  });

  app.get('/safeguarding/actions/:id', may('task.read', TaskPath), async (request, reply) => {
    const db: Read = request.look('task.shown', request.params.id, { fields: taskFields });
    const task = await getTask(db, keys, request.params.id);
    const [due] = await toDueTasks(db, [task], request.now);
    if (!due) throw new Error('a task without a time');
    const called = await readPersonNames(request, keys, [task]);
    const { names } = await readNames(request, holders([task]));
    const shown = { due, called: called.get(task.personId) ?? '', names, changes: request.can('task.change') };
    return reply.page('platform/page', taskPage(shown, request.now));
  });
}

/** The person's name for the forms; not found if the member may not see the record. */
async function readTaskStart(request: Request, keys: UnitKeys, id: PersonId): Promise<TaskStart> {
  const person = await getPerson(request.look('person.shown', id, { fields: ['called'] }), keys, id);
  const now = { day: dayOf(request.now), time: timeOf(request.now) };
  return { id: newTimelessId(), personId: id, called: person.called, ...now };
}

/** Actions of one form, saved in one transaction. */
async function addTasks(
  request: Request,
  keys: UnitKeys,
  personId: PersonId,
  all: readonly (Pick<Task, 'id'> & NewTask)[],
): Promise<void> {
  const addedAt = floorToHour(request.now);
  const own = { agencyId: request.actor.agencyId as AgencyId, authorId: request.actor.memberId as MemberId };
  await request.change(
    'tasks.added',
    personId,
    async (tx) => {
      for (const one of all) await addTask(tx, keys, createTask({ ...own, ...one, personId, addedAt }));
      return accept(true);
    },
    { kind: 'collection', fields: taskFields },
  );
}

async function addingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/people/:id/actions/new', may('task.add', PersonPath), async (request, reply) =>
    reply.page('platform/form', taskFormPage(await readTaskStart(request, keys, request.params.id))),
  );
  app.post('/safeguarding/people/:id/actions/new', may('task.add', PersonPath), async (request, reply) => {
    const begin = await readTaskStart(request, keys, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', taskFormPage(begin, answersOf(request.body), errors));
    const form = readForm(TaskForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, what, by, day, time, nation } = form.values;
    const from = instantAt(day, time);
    const stands = checkStart(from, from, request.now);
    if (!stands.ok) return again(startErrors[stands.refusal]);
    const way = 'a thing to do';
    await addTasks(request, keys, request.params.id, [{ id, what, way, by, nation, earliest: from, latest: from }]);
    return reply.redirect(at(request.params.id), 303);
  });

  app.get('/safeguarding/people/:id/actions/offered', may('task.add', PersonPath), async (request, reply) =>
    reply.page('platform/form', offerPage(await readTaskStart(request, keys, request.params.id))),
  );
  app.post('/safeguarding/people/:id/actions/offered', may('task.add', PersonPath), async (request, reply) => {
    const begin = await readTaskStart(request, keys, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', offerPage(begin, answersOf(request.body), errors));
    const form = readForm(OfferForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, what, day, nation } = form.values;
    const from = instantAt(day, '00:00');
    const stands = checkStart(from, from, request.now);
    if (!stands.ok) return again(startErrors[stands.refusal]);
    await addTasks(request, keys, request.params.id, arrivalTasks({ id, what, nation, from }));
    return reply.redirect(at(request.params.id), 303);
  });

  app.get('/safeguarding/people/:id/actions/health', may('task.add', PersonPath), async (request, reply) => {
    const begin = await readTaskStart(request, keys, request.params.id);
    const clocks = await healthRules(request);
    return reply.page('platform/form', healthPage(begin, { clocks, nurse: await isHealthAgency(request) }));
  });
  app.post('/safeguarding/people/:id/actions/health', may('task.add', PersonPath), async (request, reply) => {
    const begin = await readTaskStart(request, keys, request.params.id);
    const clocks = await healthRules(request);
    const nurse = await isHealthAgency(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', healthPage(begin, { clocks, nurse }, answersOf(request.body), errors));
    if (!nurse) return again({ '': notHealth });
    const form = readForm(healthForm(clocks.map(({ id }) => id)), request.body);
    if (!form.ok) return again(form.errors);
    const { id, day, time, untilDay, untilTime } = form.values;
    const earliest = instantAt(day, time);
    const latest = untilDay && untilTime ? instantAt(untilDay, untilTime) : earliest;
    const stands = checkStart(earliest, latest, request.now);
    if (!stands.ok) return again(startErrors[stands.refusal]);
    const asked = clocks.filter((clock) => form.values.clocks.includes(clock.id));
    const when = { way: 'a chance that passes', nation: nations[0], earliest, latest } as const;
    const all = asked.map((clock, nth) => ({ id: derivedId(id, nth), what: clock.name, by: clock.id, ...when }));
    await addTasks(request, keys, request.params.id, all);
    return reply.redirect(at(request.params.id), 303);
  });
}

/** The rules that the agency's nurse keeps today. */
export async function healthRules(request: Request) {
  const readings = await listComparisons(request.db);
  return healthClocksOn(request.today).map(({ id }) => ruleOf(id, request.today, readings));
}

async function endingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.post('/safeguarding/actions/:id/take', may('task.change', TaskPath), async (request, reply) => {
    const { id } = request.params;
    await request.change(
      'task.taken',
      id,
      async (tx) => {
        const taken = assignTask(
          await lockTask(tx, keys, id),
          request.actor.memberId as MemberId,
          floorToHour(request.now),
        );
        if (taken.ok) await saveTask(tx, keys, taken.value);
        return taken;
      },
      { fields: ['takenBy'] },
    );
    return reply.redirect(`${home}/${id}`, 303);
  });

  const opened = async (request: Request, id: Task['id']) => {
    const db: Read = request.look('task.shown', id, { fields: taskFields });
    const task = await getTask(db, keys, id);
    const called = await readPersonNames(request, keys, [task]);
    return { task, called: called.get(task.personId) ?? '' };
  };
  app.get('/safeguarding/actions/:id/finish', may('task.change', TaskPath), async (request, reply) => {
    const { task, called } = await opened(request, request.params.id);
    if (task.doneAt) return reply.redirect(`${home}/${task.id}`, 303);
    return reply.page('platform/form', finishPage(task, called));
  });
  app.post('/safeguarding/actions/:id/finish', may('task.change', TaskPath), async (request, reply) => {
    const { task, called } = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', finishPage(task, called, answersOf(request.body), errors));
    const form = readForm(FinishForm, request.body);
    if (!form.ok) return again(form.errors);
    const ended = await request.change(
      'task.ended',
      task.id,
      async (tx) => {
        const done = endTask(
          await lockTask(tx, keys, task.id),
          form.values,
          request.actor.memberId as MemberId,
          floorToHour(request.now),
        );
        if (!done.ok) return refuse(done.refusal);
        await saveTask(tx, keys, done.value);
        return done;
      },
      { fields: ['ending', 'endedWith'] },
    );
    if (!ended.ok) return again(taskErrors[ended.refusal]);
    return reply.redirect(at(task.personId), 303);
  });
}
