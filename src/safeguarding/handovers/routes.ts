/** Routes for handovers and for the health clocks. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { actionPaths, deadlinePaths, handoverPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { accept } from '../../vocabulary/result.ts';
import type { HandoverId } from '../actions/action.ts';
import { handOverTask } from '../actions/action.ts';
import { groupOf, sortByDueDate } from '../actions/due.ts';
import { CompareQuery, compareForm, HandoverForm, HandoverPath, NotForHealth } from '../actions/forms.ts';
import { taskFields } from '../actions/new-actions.ts';
import { healthRules, isHealthAgency, readPersonNames, toDueTasks } from '../actions/routes.ts';
import { listOpenTasks, listTasksOfHandover, lockTask, saveTask, type TaskTables } from '../actions/store.ts';
import { readNames } from '../case/read-names.ts';
import type { ConsentTables } from '../consent/store.ts';
import { agencyOf } from '../notes/pages.ts';
import { readPaperVersions, safeguardingPaperRoutes } from '../papers/routes.ts';
import { ofHandover, type SafeguardingPaperTables } from '../papers/store.ts';
import { handoverPaper } from './handover-paper.ts';
import { clocksPage, comparePage, findNameError, handoverFormPage, handoverPage, handoversPage } from './pages.ts';
import * as store from './store.ts';

type Read = AuditedReader<TaskTables & store.HandoverTables>;
type PaperRead = AuditedReader<TaskTables & store.HandoverTables & ConsentTables & SafeguardingPaperTables>;
const daysShown = 14;
const since = (now: Date): Date => new Date(now.getTime() - daysShown * 86_400_000);

export async function handoverRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await readingRoutes(app, keys);
  paperRoutes(app, keys);
  await newHandoverRoutes(app, keys);
  await clockRoutes(app);
}

async function readingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(handoverPaths.handovers.route, may('handover.read'), async (request, reply) => {
    const db: Read = request.look('handovers.listed', null, { fields: ['authorId', 'madeAt'] });
    const all = await store.listHandovers(db, since(request.now));
    request.returned(all.map(({ id }) => id));
    const heard = await store.listHandoverReceipts(
      db,
      all.map(({ id }) => id),
    );
    const people = [...all.map(({ authorId }) => authorId), ...heard.map(({ memberId }) => memberId)];
    const { names } = await readNames(request, people);
    const rights = { memberId: request.actor.memberId, makes: request.can('handover.make') };
    return reply.sections(handoversPage(all, heard, names, rights));
  });

  app.get(handoverPaths.handover.route, may('handover.read', HandoverPath), async (request, reply) => {
    const { id } = request.params;
    const db: Read = request.look('handover.shown', id, { fields: ['words', 'tasks'] });
    const handover = await store.getHandover(db, keys, id);
    const heard = await store.listHandoverReceipts(db, [id]);
    const tasks = await listTasksOfHandover(db, keys, id);
    request.returned(tasks.map((task) => task.id));
    const dues = await toDueTasks(db, tasks, request.now);
    const called = await readPersonNames(request, keys, tasks);
    const people = [
      handover.authorId,
      ...heard.map(({ memberId }) => memberId),
      ...tasks.map(({ takenBy }) => takenBy),
    ];
    const { names } = await readNames(request, people);
    const { memberId } = request.actor;
    const prints = request.can('handover paper.read');
    const shown = { handover, heard, tasks: dues, called, names, prints, memberId };
    return reply.case(handoverPage(shown));
  });

  buttonRoute(app, handoverPaths.acknowledge.route, {
    may: may('handover.acknowledge', HandoverPath),
    load: async (request) => {
      const { id } = request.params;
      await store.getHandover(request.look('handover.shown', id, { fields: ['authorId'] }), keys, id);
      return id;
    },
    event: 'handover.acknowledged',
    subject: (id) => id,
    details: () => ({ kind: 'collection', fields: ['memberId'] }),
    change: async (tx, handoverId, _, { actor, now }) => {
      const memberId = actor.memberId as MemberId;
      return accept(await store.addHandoverReceipt(tx, { handoverId, memberId, readAt: floorToHour(now) }));
    },
    next: (_, id) => handoverPaths.handover(id),
  });
}

/** The handover as its reader may see it, with the versions of which they may see everything. */
async function readHandoverPaper(request: Request, keys: UnitKeys, id: HandoverId) {
  const db: PaperRead = request.look('handover.shown', id, { fields: ['words', 'tasks'] });
  const handover = await store.getHandover(db, keys, id);
  const tasks = await listTasksOfHandover(db, keys, id);
  request.returned(tasks.map((task) => task.id));
  const versions = await readPaperVersions(db, keys, ofHandover(id));
  const dues = await toDueTasks(db, tasks, request.now);
  const called = await readPersonNames(request, keys, tasks);
  const makers = versions.versions.map(({ madeBy }) => madeBy);
  const { agencies, names } = await readNames(request, [
    handover.authorId,
    ...tasks.map(({ takenBy }) => takenBy),
    ...makers,
  ]);
  return {
    ...versions,
    ...{ names, actions: tasks.map((task) => task.id) },
    paper: handoverPaper({ handover, agencyName: agencyOf(agencies, handover.agencyId), tasks: dues, called, names }),
    back: { href: handoverPaths.handover(id), text: 'Handover' },
  };
}

const paperRoutes = (app: App, keys: UnitKeys): void =>
  safeguardingPaperRoutes(app, {
    path: handoverPaths.paper,
    pdf: handoverPaths.paperPdf,
    pdfName: 'handover',
    reads: 'handover paper.read',
    makes: 'handover paper.make',
    events: { made: 'handover paper.made', exported: 'handover paper.exported' },
    read: (request, id) => readHandoverPaper(request, keys, id as HandoverId),
    discloses: (_, { actor }) => ({ kind: 'disclosure', recipient: actor.agencyId, fields: ['words', 'tasks'] }),
  });

async function newHandoverRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, handoverPaths.add.route, {
    may: may('handover.make'),
    /** The open actions that this member has taken, and those without an owner. */
    load: async (request) => {
      const db: Read = request.look('tasks.listed', null, { fields: taskFields });
      const tasks = (await listOpenTasks(db, keys)).filter(
        ({ takenBy }) => takenBy === request.actor.memberId || takenBy === null,
      );
      request.returned(tasks.map(({ id }) => id));
      const dues = await toDueTasks(db, tasks, request.now);
      return { dues, called: await readPersonNames(request, keys, tasks) };
    },
    form: HandoverForm,
    check: ({ called }, { words, named }) => (named.length > 0 ? undefined : findNameError(words, called)),
    page: ({ dues, called }, _typed, errors) => handoverFormPage(dues, called, newTimelessId(), errors),
    saves: 'Handover',
    event: 'handover.made',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: ['words', 'tasks'] }),
    change: async (tx, _, { id, words, tasks }, { actor, now }) => {
      const own = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
      if (!(await store.addHandover(tx, keys, { id, words, ...own, madeAt: floorToHour(now) }))) return accept(true);
      for (const taskId of tasks) {
        const task = await lockTask(tx, keys, taskId);
        // An action that somebody else took or ended since cannot be handed over by this member.
        const isOpen = task.takenBy === actor.memberId || task.takenBy === null;
        const handed = isOpen ? handOverTask(task, id) : undefined;
        if (handed?.ok) await saveTask(tx, keys, handed.value);
      }
      return accept(true);
    },
    refusals: {},
    next: (_, __, { id }) => handoverPaths.handover(id),
  });
}

async function clockRoutes(app: App): Promise<void> {
  app.get(deadlinePaths.deadlines.route, may('clock.read'), async (request, reply) => {
    const rules = await healthRules(request);
    const nurse = request.can('clock.compare') && (await isHealthAgency(request));
    return reply.sections(clocksPage(rules, nurse));
  });

  formRoute(app, deadlinePaths.compare.route, {
    may: may('clock.compare', undefined, CompareQuery),
    load: async (request) => ({ rules: await healthRules(request), nurse: await isHealthAgency(request) }),
    form: ({ rules, nurse }) => (nurse ? compareForm(rules.map(({ id }) => id)) : NotForHealth),
    page: (known, _typed, _errors, { today, query }) =>
      comparePage({ ...known, today, id: newTimelessId(), clock: query.clock }),
    event: 'clock.compared',
    subject: () => null,
    details: () => ({ kind: 'collection', fields: ['clock', 'says', 'hours', 'source', 'validFrom'] }),
    change: async (tx, _, compared, { actor: { agencyId, memberId }, today }) =>
      accept(await store.addComparison(tx, { ...compared, agencyId, memberId, readOn: today })),
    refusals: {},
    next: () => deadlinePaths.deadlines(),
  });
}

/** Tasks about people, and handovers of colleagues. */
export const taskHomeItems = ({ keys }: Pick<AreaParts, 'keys'>): HomeItems => ({
  action: 'task.read',
  waiting: async (_db, request, look) => {
    const db: Read = look('tasks.waiting counted', null, { fields: ['by', 'earliest', 'latest'] });
    const dues = sortByDueDate(await toDueTasks(db, await listOpenTasks(db, keys), request.now));
    const groups = Object.groupBy(dues, groupOf);
    const unread = await countUnreadHandovers(db, request);
    const [chances = [], late = [], soon = []] = [groups['can still be done'], groups.overdue, groups['due soon']];
    const shared = { status: 'to do', href: actionPaths.actions() } as const;
    return listDue([
      {
        ...shared,
        what: countedTask(
          chances.length,
          'Offer a health task while there is time',
          'Offer # health tasks while there is time',
        ),
        due: chances[0]?.standing.dueAt,
        count: chances.length,
      },
      {
        ...shared,
        what: countedTask(late.length, 'Finish a late task', 'Finish # late tasks'),
        due: late[0]?.standing.dueAt,
        count: late.length,
      },
      {
        ...shared,
        what: countedTask(soon.length, 'Finish a task', 'Finish # tasks'),
        due: soon[0]?.standing.dueAt,
        count: soon.length,
      },
      {
        what: countedTask(unread, 'Read a handover', 'Read # handovers'),
        status: 'to read',
        href: handoverPaths.handovers(),
        count: unread,
      },
    ]);
  },
});

async function countUnreadHandovers(db: Read, { actor, now }: Request): Promise<number> {
  const { memberId } = actor;
  const handed = (await store.listHandovers(db, since(now))).filter(({ authorId }) => authorId !== memberId);
  const heard = await store.listHandoverReceipts(
    db,
    handed.map(({ id }) => id),
  );
  return handed.filter(({ id }) => !heard.some((one) => one.handoverId === id && one.memberId === memberId)).length;
}
