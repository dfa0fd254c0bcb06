/** Actions at the top of a person's record: what cannot wait, what is overdue and what comes next. */

import type { AuditedReader } from '../../platform/database/database.ts';
import { standingWords } from '../deadlines/words.ts';
import type { HandoverTables } from '../handovers/store.ts';
import type { Beside, Line } from '../people/record-sections.ts';
import { type Due, type Group, groupOf, inOrder } from './due.ts';
import { taskFields } from './new-actions.ts';
import { home } from './pages.ts';
import { duesOf } from './routes.ts';
import { listTasksOf, type TaskTables } from './store.ts';

const pressing: readonly Group[] = ['can still be done', 'overdue', 'due soon'];
const comingMost = 3;

const lineOf = ({ task, rule, standing }: Due, now: Date): Line => ({
  what: task.what,
  text: standingWords(rule, standing, now),
  href: `${home}/${task.id}`,
});

/** A chance that has passed needs no action now, so only the full list shows it. */
export function nowLines(dues: readonly Due[], now: Date): Line[] {
  const of = (group: Group): Due[] => inOrder(dues.filter((due) => groupOf(due) === group));
  return [...pressing.flatMap(of), ...of('later').slice(0, comingMost)].map((due) => lineOf(due, now));
}

export const tasksBeside: Beside = {
  action: 'task.read',
  tell: (request, keys, id) =>
    request.under('task.read', async (_db, look) => {
      const db = look('tasks.listed', id, { fields: taskFields }) as unknown as AuditedReader<
        TaskTables & HandoverTables
      >;
      const open = (await listTasksOf(db, keys, id)).filter(({ doneAt }) => !doneAt);
      request.returned(open.map((task) => task.id));
      return { now: nowLines(await duesOf(db, open, request.now), request.now) };
    }),
};
