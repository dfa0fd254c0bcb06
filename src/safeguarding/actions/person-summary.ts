/** Actions at the top of a person's record: what cannot wait, what is overdue and what comes next. */

import { actionPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { clockStatusWords } from '../deadlines/words.ts';
import type { RecordLine, RecordSectionSource } from '../people/record-sections.ts';
import { type DueTask, type Group, groupOf, sortByDueDate } from './due.ts';
import { taskFields } from './new-actions.ts';
import { toDueTasks } from './routes.ts';
import { listTasksOf } from './store.ts';

const urgentGroups: readonly Group[] = ['can still be done', 'overdue', 'due soon'];
const comingMost = 3;

const lineOf = ({ task, rule, standing }: DueTask, now: Date): RecordLine => ({
  what: task.what,
  text: clockStatusWords(rule, standing, now),
  href: actionPaths.action(task.id),
});

/** A chance that has passed needs no action now, so only the full list shows it. */
export function currentTaskLines(dues: readonly DueTask[], now: Date): RecordLine[] {
  const of = (group: Group): DueTask[] => sortByDueDate(dues.filter((due) => groupOf(due) === group));
  return [...urgentGroups.flatMap(of), ...of('later').slice(0, comingMost)].map((due) => lineOf(due, now));
}

export const tasksSection: RecordSectionSource = {
  action: 'task.read',
  tell: (request, keys, id) =>
    request.under('task.read', async (_db, look) => {
      const db = look('tasks.listed', id, { fields: taskFields });
      const open = (await listTasksOf(db, keys, id)).filter(({ doneAt }) => !doneAt);
      request.returned(open.map((task) => task.id));
      return { now: currentTaskLines(await toDueTasks(db, open, request.now), request.now) };
    }),
};
