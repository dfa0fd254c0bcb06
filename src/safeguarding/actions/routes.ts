/** Routes for actions: add, take, end, and record whether help arrived. Read, decide, change, answer. */

import { getAgency } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { dayOf, timeOf } from '../../vocabulary/calendar/wall-clock.ts';
import { nations } from '../../vocabulary/calendar/working-days.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { actionPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { type Accepted, accept } from '../../vocabulary/result.ts';
import { readCaseFrame, readCasePerson } from '../case/read-frame.ts';
import { readNames } from '../case/read-names.ts';
import { calendarOf } from '../deadlines/work-calendar.ts';
import { type HandoverTables, listComparisons } from '../handovers/store.ts';
import { PersonPath } from '../people/forms.ts';
import { getPerson, listPeople } from '../people/store.ts';
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
import * as pages from './form-pages.ts';
import {
  FinishForm,
  FinishQuery,
  healthForm,
  NotForHealth,
  OfferForm,
  TaskForm,
  TaskPath,
  TasksQuery,
} from './forms.ts';
import { arrivalTasks, taskFields } from './new-actions.ts';
import { arrivedPage, type PersonNames, personTasksPage, taskPage, tasksPage } from './pages.ts';
import * as store from './store.ts';

type Read = AuditedReader<store.TaskTables & HandoverTables>;

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
  app.get(actionPaths.actions.route, may('task.read', undefined, TasksQuery), async (request, reply) => {
    const db: Read = request.look('tasks.listed', null, { fields: taskFields });
    const tasks = await store.listOpenTasks(db, keys);
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
    const rights = {
      mine,
      hands: request.can('handover.read'),
      meets: request.can('case meeting.read'),
      of: dues.length,
    };
    return reply.sections(tasksPage(first, listed, rights));
  });

  app.get(actionPaths.arrived.route, may('task.read'), async (request, reply) => {
    const db: Read = request.look('tasks.counted', null, { fields: ['by', 'ending'] });
    const asking = (await store.listAllTasks(db, keys)).filter(({ by }) => asksArrival(by));
    request.returned(asking.map(({ id }) => id));
    const dues = await toDueTasks(db, asking, request.now);
    const counted = countArrivals(
      dues.map(({ task, standing }) => ({ ...task, dueAt: standing.dueAt })),
      request.now,
    );
    return reply.sections(arrivedPage(counted));
  });

  app.get(actionPaths.ofPerson.route, may('task.read', PersonPath), async (request, reply) => {
    const { id } = request.params;
    const person = await readCasePerson(request, keys, id);
    const db: Read = request.look('tasks.listed', id, { fields: taskFields });
    const tasks = await store.listOwnTasksOf(db, keys, id);
    request.returned(tasks.map((task) => task.id));
    const dues = await toDueTasks(db, tasks, request.now);
    const { frame, names } = await readCaseFrame(request, person, 'overview', holders(tasks));
    const shown = { frame, names, memberId: request.actor.memberId };
    return reply.sections(personTasksPage(person, dues, shown, request.can('task.add')));
  });

  app.get(actionPaths.action.route, may('task.read', TaskPath), async (request, reply) => {
    const db: Read = request.look('task.shown', request.params.id, { fields: taskFields });
    const task = await store.getTask(db, keys, request.params.id);
    const [due] = await toDueTasks(db, [task], request.now);
    if (!due) throw new Error('a task without a time');
    const called = await readPersonNames(request, keys, [task]);
    const { names, agencies } = await readNames(request, holders([task]));
    const agency = agencies.get(task.agencyId)?.name ?? 'an agency';
    const changes = request.can('task.change') && task.agencyId === request.actor.agencyId;
    const shown = { due, called: called.get(task.personId) ?? '', agency, names, changes };
    return reply.sections(taskPage(shown, request.now));
  });
}

/** The person’s name for the forms; not found if the member may not see the record. */
async function readTaskStart(request: Request, keys: UnitKeys, id: PersonId): Promise<pages.TaskStart> {
  const person = await getPerson(request.look('person.shown', id, { fields: ['called'] }), keys, id);
  const now = { day: dayOf(request.now), time: timeOf(request.now) };
  return { id: newTimelessId(), personId: id, called: person.called, ...now };
}

/** Actions of one form, saved in one transaction. */
async function saveNewTasks(
  tx: Writer<store.TaskTables>,
  keys: UnitKeys,
  { actor, now }: Request,
  { personId }: pages.TaskStart,
  all: readonly (Pick<Task, 'id'> & NewTask)[],
): Promise<Accepted<true>> {
  const added = {
    agencyId: actor.agencyId as AgencyId,
    authorId: actor.memberId as MemberId,
    personId,
    addedAt: floorToHour(now),
  };
  for (const one of all) await store.addTask(tx, keys, createTask({ ...one, ...added }));
  return accept(true);
}

async function addingRoutes(app: App, keys: UnitKeys): Promise<void> {
  const adding = {
    may: may('task.add', PersonPath),
    saves: 'Action' as const,
    event: 'tasks.added',
    subject: ({ personId }: pages.TaskStart) => personId,
    details: () => ({ kind: 'collection', fields: taskFields }) as const,
    refusals: pages.startErrors,
    next: (_: unknown, { personId }: pages.TaskStart) => actionPaths.ofPerson(personId),
  };

  formRoute(app, actionPaths.add.route, {
    ...adding,
    load: (request) => readTaskStart(request, keys, request.params.id),
    form: TaskForm,
    page: pages.taskFormPage,
    change: async (tx, begin, { id, what, by, day, time, nation }, request) => {
      const from = instantAt(day, time);
      const stands = checkStart(from, from, request.now);
      if (!stands.ok) return stands;
      const way = 'a thing to do';
      return saveNewTasks(tx, keys, request, begin, [{ id, what, way, by, nation, earliest: from, latest: from }]);
    },
  });

  formRoute(app, actionPaths.addOffered.route, {
    ...adding,
    load: (request) => readTaskStart(request, keys, request.params.id),
    form: OfferForm,
    page: pages.offerPage,
    change: async (tx, begin, { id, what, day, nation }, request) => {
      const from = instantAt(day, '00:00');
      const stands = checkStart(from, from, request.now);
      return stands.ok ? saveNewTasks(tx, keys, request, begin, arrivalTasks({ id, what, nation, from })) : stands;
    },
  });

  formRoute(app, actionPaths.addHealth.route, {
    ...adding,
    load: async (request): Promise<pages.HealthStart> => {
      const begin = await readTaskStart(request, keys, request.params.id);
      const clocks = await healthRules(request);
      return { ...begin, clocks, nurse: await isHealthAgency(request) };
    },
    form: ({ clocks, nurse }) => (nurse ? healthForm(clocks.map(({ id }) => id)) : NotForHealth),
    page: pages.healthPage,
    change: async (tx, begin, { id, day, time, untilDay, untilTime, clocks }, request) => {
      const earliest = instantAt(day, time);
      const latest = untilDay && untilTime ? instantAt(untilDay, untilTime) : earliest;
      const stands = checkStart(earliest, latest, request.now);
      if (!stands.ok) return stands;
      const asked = begin.clocks.filter((clock) => clocks.includes(clock.id));
      const when = { way: 'a chance that passes', nation: nations[0], earliest, latest } as const;
      const all = asked.map((clock, nth) => ({ id: derivedId(id, nth), what: clock.name, by: clock.id, ...when }));
      return saveNewTasks(tx, keys, request, begin, all);
    },
  });
}

/** The rules that the agency's nurse keeps today. */
export async function healthRules(request: Request) {
  const readings = await listComparisons(request.db);
  return healthClocksOn(request.today).map(({ id }) => ruleOf(id, request.today, readings));
}

async function endingRoutes(app: App, keys: UnitKeys): Promise<void> {
  buttonRoute(app, actionPaths.take.route, {
    may: may('task.change', TaskPath),
    load: async ({ params }) => params.id,
    event: 'task.taken',
    subject: (id) => id,
    details: () => ({ fields: ['takenBy'] }),
    change: async (tx, id, _, { actor, now }) => {
      const taken = assignTask(await store.lockTask(tx, keys, id), actor.memberId as MemberId, floorToHour(now));
      if (taken.ok) await store.saveTask(tx, keys, taken.value);
      return taken;
    },
    refused: (_, id) => actionPaths.action(id),
    next: (_, id) => actionPaths.action(id),
  });

  formRoute(app, actionPaths.finish.route, {
    may: may('task.change', TaskPath, FinishQuery),
    load: async (request) => {
      const { id } = request.params;
      const db: Read = request.look('task.shown', id, { fields: taskFields });
      const task = await store.getTask(db, keys, id);
      // Another agency’s action, agreed at a meeting, can be read and not ended.
      if (task.agencyId !== request.actor.agencyId) throw notFound('task');
      const called = await readPersonNames(request, keys, [task]);
      return { task, called: called.get(task.personId) ?? '' };
    },
    instead: ({ task }) => (task.doneAt ? actionPaths.action(task.id) : undefined),
    form: FinishForm,
    page: ({ task, called }, _typed, _errors, { query }) => pages.finishPage(task, called, query.meeting),
    saves: 'Action',
    event: 'task.ended',
    subject: ({ task }) => task.id,
    details: () => ({ fields: ['ending', 'endedWith'] }),
    change: async (tx, { task }, ended, { actor, now }) => {
      const current = await store.lockTask(tx, keys, task.id);
      const done = endTask(current, ended, actor.memberId as MemberId, floorToHour(now));
      if (done.ok) await store.saveTask(tx, keys, done.value);
      return done;
    },
    refusals: pages.taskErrors,
    next: (_, { task }, __, { query }) =>
      query.meeting ? meetingPaths.meeting(query.meeting) : actionPaths.ofPerson(task.personId),
  });
}
