/** Actions at the top of a person's record: what cannot wait, what is overdue and what comes next. */

import { actionPaths, handoverPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import type { CaseEvent } from '../case/timeline.ts';
import { clockStatusWords } from '../deadlines/words.ts';
import { type ListedHandover, listHandoversById } from '../handovers/store.ts';
import type { RecordLine, RecordSectionSource } from '../people/record-sections.ts';
import type { Task } from './action.ts';
import { type DueTask, type Group, groupOf, sortByDueDate } from './due.ts';
import { taskFields } from './new-actions.ts';
import { toDueTasks } from './routes.ts';
import { listOwnTasksOf } from './store.ts';

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
      const tasks = await listOwnTasksOf(db, keys, id);
      request.returned(tasks.map((task) => task.id));
      const open = tasks.filter(({ doneAt }) => !doneAt);
      const now = currentTaskLines(await toDueTasks(db, open, request.now), request.now);
      const handed = [...new Set(tasks.flatMap(({ handoverId }) => handoverId ?? []))];
      const handovers = request.can('handover.read') ? await listHandoversById(db, handed) : [];
      return { now, events: [...tasks.flatMap(eventsOf), ...handovers.map(handoverEvent)] };
    }),
};

const eventsOf = (task: Task): CaseEvent[] => {
  const href = actionPaths.action(task.id);
  return [
    { at: task.addedAt, title: 'Action added', by: task.authorId, href },
    ...(task.takenAt ? [{ at: task.takenAt, title: 'Action taken on', by: task.takenBy, href }] : []),
    ...(task.doneAt
      ? [{ at: task.doneAt, title: `Action ended: ${task.ending ?? 'done'}`, by: task.doneBy, href }]
      : []),
  ];
};

const handoverEvent = ({ id, authorId, madeAt }: ListedHandover): CaseEvent => ({
  at: madeAt,
  title: 'Handed over to the next shift',
  by: authorId,
  href: handoverPaths.handover(id),
});
