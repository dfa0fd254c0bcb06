/** Routes for handovers and for the health clocks. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { accept } from '../../vocabulary/result.ts';
import { handOverTask } from '../actions/action.ts';
import { groupOf } from '../actions/due.ts';
import { notHealth } from '../actions/form-pages.ts';
import { CompareQuery, compareForm, HandoverForm, HandoverPath } from '../actions/forms.ts';
import { taskFields } from '../actions/new-actions.ts';
import { handoverPath, home } from '../actions/pages.ts';
import { healthRules, isHealthAgency, readPersonNames, toDueTasks } from '../actions/routes.ts';
import { listOpenTasks, listTasksOfHandover, lockTask, saveTask, type TaskTables } from '../actions/store.ts';
import { readNames } from '../referrals/routes.ts';
import { clocksPage, comparePage, handoverFormPage, handoverPage, handovers, handoversPage } from './pages.ts';
import {
  addComparison,
  addHandover,
  addHandoverReceipt,
  getHandover,
  type HandoverTables,
  listHandoverReceipts,
  listHandovers,
} from './store.ts';

type Read = AuditedReader<TaskTables & HandoverTables>;
const daysShown = 14;
const since = (now: Date): Date => new Date(now.getTime() - daysShown * 86_400_000);

export async function handoverRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await readingRoutes(app, keys);
  await newHandoverRoutes(app, keys);
  await clockRoutes(app);
}

async function readingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/handovers', may('handover.read'), async (request, reply) => {
    const db: Read = request.look('handovers.listed', null, { fields: ['authorId', 'madeAt'] });
    const all = await listHandovers(db, since(request.now));
    request.returned(all.map(({ id }) => id));
    const heard = await listHandoverReceipts(
      db,
      all.map(({ id }) => id),
    );
    const people = [...all.map(({ authorId }) => authorId), ...heard.map(({ memberId }) => memberId)];
    const { names } = await readNames(request, people);
    const rights = { memberId: request.actor.memberId, makes: request.can('handover.make') };
    return reply.page('platform/page', handoversPage(all, heard, names, rights));
  });

  app.get('/safeguarding/handovers/:id', may('handover.read', HandoverPath), async (request, reply) => {
    const { id } = request.params;
    const db: Read = request.look('handover.shown', id, { fields: ['words', 'tasks'] });
    const handover = await getHandover(db, keys, id);
    const heard = await listHandoverReceipts(db, [id]);
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
    const shown = { handover, heard, tasks: dues, called, names, memberId: request.actor.memberId };
    return reply.page('platform/page', handoverPage(shown));
  });

  app.post(
    '/safeguarding/handovers/:id/acknowledge',
    may('handover.acknowledge', HandoverPath),
    async (request, reply) => {
      const handoverId = request.params.id;
      await getHandover(request.look('handover.shown', handoverId, { fields: ['authorId'] }), keys, handoverId);
      const memberId = request.actor.memberId as MemberId;
      const heard = { handoverId, memberId, readAt: floorToHour(request.now) };
      await request.change(
        'handover.acknowledged',
        handoverId,
        async (tx) => accept(await addHandoverReceipt(tx, heard)),
        {
          kind: 'collection',
          fields: ['memberId'],
        },
      );
      return reply.redirect(handoverPath(handoverId), 303);
    },
  );
}

async function newHandoverRoutes(app: App, keys: UnitKeys): Promise<void> {
  /** The open actions that this member has taken. */
  const own = async (request: Request) => {
    const db: Read = request.look('tasks.listed', null, { fields: taskFields });
    const tasks = (await listOpenTasks(db, keys)).filter(({ takenBy }) => takenBy === request.actor.memberId);
    request.returned(tasks.map(({ id }) => id));
    const dues = await toDueTasks(db, tasks, request.now);
    return { dues, called: await readPersonNames(request, keys, tasks) };
  };

  app.get('/safeguarding/handovers/new', may('handover.make'), async (request, reply) => {
    const { dues, called } = await own(request);
    return reply.page('platform/form', handoverFormPage(dues, called, newTimelessId()));
  });

  app.post('/safeguarding/handovers/new', may('handover.make'), async (request, reply) => {
    const { dues, called } = await own(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', handoverFormPage(dues, called, newTimelessId(), answersOf(request.body), errors));
    const form = readForm(HandoverForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, words, tasks } = form.values;
    const { agencyId, memberId } = request.actor;
    const handover = {
      id,
      words,
      agencyId: agencyId as AgencyId,
      authorId: memberId as MemberId,
      madeAt: floorToHour(request.now),
    };
    await request.change(
      'handover.made',
      id,
      async (tx) => {
        if (!(await addHandover(tx, keys, handover))) return accept(true);
        for (const taskId of tasks) {
          const task = await lockTask(tx, keys, taskId);
          // An action that somebody else took or ended since cannot be handed over by this member.
          const handed = task.takenBy === memberId ? handOverTask(task, id) : undefined;
          if (handed?.ok) await saveTask(tx, keys, handed.value);
        }
        return accept(true);
      },
      { kind: 'collection', fields: ['words', 'tasks'] },
    );
    return reply.redirect(handoverPath(id), 303);
  });
}

async function clockRoutes(app: App): Promise<void> {
  app.get('/safeguarding/deadlines', may('clock.read'), async (request, reply) => {
    const rules = await healthRules(request);
    const nurse = request.can('clock.compare') && (await isHealthAgency(request));
    return reply.page('platform/page', clocksPage(rules, nurse));
  });
  app.get('/safeguarding/deadlines/compare', may('clock.compare', undefined, CompareQuery), async (request, reply) => {
    const rules = await healthRules(request);
    const nurse = await isHealthAgency(request);
    const asked = { id: newTimelessId(), today: request.today, clock: request.query.clock, nurse };
    return reply.page('platform/form', comparePage(rules, asked));
  });
  app.post('/safeguarding/deadlines/compare', may('clock.compare'), async (request, reply) => {
    const rules = await healthRules(request);
    const nurse = await isHealthAgency(request);
    const again = (errors: FormErrors) => {
      const asked = { id: newTimelessId(), today: request.today, nurse };
      return reply.page('platform/form', comparePage(rules, asked, answersOf(request.body), errors));
    };
    if (!nurse) return again({ '': notHealth });
    const form = readForm(compareForm(rules.map(({ id }) => id)), request.body);
    if (!form.ok) return again(form.errors);
    const { agencyId, memberId } = request.actor;
    const reading = { ...form.values, agencyId, memberId, readOn: request.today };
    await request.change('clock.compared', null, async (tx) => accept(await addComparison(tx, reading)), {
      kind: 'collection',
      fields: ['clock', 'says', 'hours', 'source', 'validFrom'],
    });
    return reply.redirect('/staff/safeguarding/deadlines', 303);
  });
}

/** Part of the home page: a calm summary, shown only when something is open. */
export const taskHomeItems = ({ keys }: Pick<AreaParts, 'keys'>): HomeItems => ({
  action: 'task.read',
  title: 'To be done for people',
  more: { href: home, text: 'All that is to be done' },
  waiting: async (_db, request, look) => {
    const db: Read = look('tasks.waiting counted', null, { fields: ['by', 'earliest', 'latest'] });
    const dues = await toDueTasks(db, await listOpenTasks(db, keys), request.now);
    const of = (group: ReturnType<typeof groupOf>): number => dues.filter((due) => groupOf(due) === group).length;
    const [chances, late, soon] = [of('can still be done'), of('overdue'), of('due soon')];
    const { memberId } = request.actor;
    const handed = (await listHandovers(db, since(request.now))).filter(({ authorId }) => authorId !== memberId);
    const heard = await listHandoverReceipts(
      db,
      handed.map(({ id }) => id),
    );
    const unread = handed.filter(
      ({ id }) => !heard.some((one) => one.handoverId === id && one.memberId === memberId),
    ).length;
    return [
      {
        count: chances,
        text: `${capital(countWord(chances))} ${plural(chances, 'thing')} that health care can still do, and soon cannot`,
        href: home,
      },
      {
        count: late,
        text: `${capital(countWord(late))} ${plural(late, 'task')} past ${plural(late, 'its', 'their')} time`,
        href: home,
      },
      { count: soon, text: `${capital(countWord(soon))} ${plural(soon, 'task')} due soon`, href: home },
      {
        count: unread,
        text: `${capital(countWord(unread))} ${plural(unread, 'handover')} that you have not read`,
        href: handovers,
      },
    ].filter(({ count }) => count > 0);
  },
});
