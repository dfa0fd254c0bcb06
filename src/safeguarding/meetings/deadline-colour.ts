/** Red, amber or green, by the deadline of an action alone: never by its person, a risk or a place. Pure. */
import type { DueTask } from '../actions/due.ts';

/** From so many days before its deadline an action is amber. */
export const amberDays = 3;

export type DeadlineColour = 'red' | 'amber' | 'green';

const dayMs = 86_400_000;

/** Red past the deadline, amber in the days before it, green earlier and once the action has ended. */
export function deadlineColour(
  { dueAt, endedAt }: { readonly dueAt: Date; readonly endedAt: Date | null },
  now: Date,
): DeadlineColour {
  if (endedAt) return 'green';
  const left = dueAt.getTime() - now.getTime();
  if (left <= 0) return 'red';
  return left <= amberDays * dayMs ? 'amber' : 'green';
}

export const colourOf = ({ task, standing }: DueTask, now: Date): DeadlineColour =>
  deadlineColour({ dueAt: standing.dueAt, endedAt: task.doneAt }, now);

/** Open actions by deadline, and the ended ones last. */
export const sortForMeeting = (dues: readonly DueTask[]): DueTask[] =>
  dues.toSorted(
    (one, other) =>
      Number(one.task.doneAt !== null) - Number(other.task.doneAt !== null) ||
      one.standing.dueAt.getTime() - other.standing.dueAt.getTime() ||
      (one.task.id < other.task.id ? -1 : 1),
  );
