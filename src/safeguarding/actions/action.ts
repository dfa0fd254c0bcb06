/** An action for a person, or a chance that passes, and how it can change. Pure: no clock, no database, no wording. */

import type { Nation } from '../../vocabulary/calendar/working-days.ts';
import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type TaskId = Id<'task'>;
export type HandoverId = Id<'handover'>;
export type MeetingId = Id<'case meeting'>;

/** Time spans that a member chooses. Other actions follow a clock of the catalogue. */
export const spans = [
  'within four hours',
  'today',
  'by the next working day',
  'within 48 hours',
  'within 72 hours',
  'within five working days',
] as const;
export type Span = (typeof spans)[number];

/** Questions to the person after help was offered. A question that was not asked is counted too. */
export const arrivalClocks = ['help-arrived-28', 'help-arrived-90'] as const;
export const asksArrival = (by: string): boolean => arrivalClocks.some((clock) => clock === by);

export const taskKinds = ['a thing to do', 'a chance that passes', 'a question whether help arrived'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** How each can end. A chance is optional: “the person does not want it” is an ending like the others. */
export const endings = {
  'a thing to do': ['done', 'not needed any more', 'could not be done'],
  'a chance that passes': [
    'begun, given or taken',
    'the person does not want it',
    'not needed, a clinician said so',
    'it had passed',
  ],
  'a question whether help arrived': [
    'the help arrived',
    'part of it arrived',
    'it did not arrive',
    'the person did not want it',
    'asking was not safe',
    'nobody could be reached',
  ],
} as const satisfies Record<TaskKind, readonly string[]>;
export type Ending = (typeof endings)[TaskKind][number];

/** Sealed under the person’s key, because the action and its start can reveal what happened to them. */
export type SealedTask = {
  readonly what: string;
  readonly way: TaskKind;
  /** A span, or the id of a clock of the catalogue. */
  readonly by: string;
  /** The nation whose bank holidays count: the place of work. */
  readonly nation: Nation;
  /** Equal to `latest`, unless the exact start is unknown. */
  readonly earliest: Date;
  readonly latest: Date;
  readonly ending: Ending | null;
  readonly endedWith: string | null;
};

export type Task = SealedTask & {
  readonly id: TaskId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** To the hour, like all times of this database. */
  readonly addedAt: Date;
  readonly takenBy: MemberId | null;
  readonly takenAt: Date | null;
  /** The handover that left it to the next shift. */
  readonly handoverId: HandoverId | null;
  /** The meeting at which it was agreed. Agencies that take part see it if they can read the person’s record. */
  readonly meetingId: MeetingId | null;
  readonly doneAt: Date | null;
  readonly doneBy: MemberId | null;
};

/** The content of a new action. */
export type NewTask = Omit<SealedTask, 'ending' | 'endedWith'>;

/** A new action: not taken and not ended. */
export const createTask = (
  added: NewTask &
    Pick<Task, 'id' | 'personId' | 'agencyId' | 'authorId' | 'addedAt'> &
    Partial<Pick<Task, 'meetingId'>>,
): Task => ({
  meetingId: null,
  ...added,
  takenBy: null,
  takenAt: null,
  handoverId: null,
  doneAt: null,
  doneBy: null,
  ending: null,
  endedWith: null,
});

export type StartRefusal = 'not yet' | 'ends before it begins';

/** Whether the start is valid: it cannot be in the future. */
export function checkStart(earliest: Date, latest: Date, now: Date): Result<true, StartRefusal> {
  if (latest < earliest) return refuse('ends before it begins');
  return latest > now ? refuse('not yet') : accept(true);
}

export type TaskRefusal = 'done already' | 'no ending of this';

/** Assigns the action to this member, even if another had it: a night shift must not wait for somebody who has gone home. */
export function assignTask(task: Task, by: MemberId, at: Date): Result<Task, TaskRefusal> {
  if (task.doneAt) return refuse('done already');
  return accept({ ...task, takenBy: by, takenAt: at });
}

/** Leaves it to the next shift, untaken until somebody there takes it. */
export function handOverTask(task: Task, handover: HandoverId): Result<Task, TaskRefusal> {
  if (task.doneAt) return refuse('done already');
  return accept({ ...task, takenBy: null, takenAt: null, handoverId: handover });
}

export function endTask(
  task: Task,
  { ending, endedWith }: Pick<SealedTask, 'endedWith'> & { readonly ending: Ending },
  by: MemberId,
  at: Date,
): Result<Task, TaskRefusal> {
  if (task.doneAt) return refuse('done already');
  if (!(endings[task.way] as readonly string[]).includes(ending)) return refuse('no ending of this');
  return accept({ ...task, ending, endedWith, doneAt: at, doneBy: by });
}

/** Ids for the rows of one form, derived from the form’s id, so that a repeated form adds none twice. */
export const derivedId = (id: string, nth: number): TaskId =>
  `${id.slice(0, -2)}${nth.toString(16).padStart(2, '0')}` as TaskId;

export type Arrivals = {
  /** How many were due. */
  readonly due: number;
  readonly asked: number;
  readonly arrived: number;
  readonly partly: number;
  readonly notArrived: number;
  readonly notWanted: number;
  /** Somebody tried, and it was not safe or nobody was there. */
  readonly notAnswered: number;
  /** Due, but not asked. */
  readonly notAsked: number;
};

/** Counts people who were not asked, so that the figure does not treat them as helped. */
export function countArrivals(
  tasks: readonly (Pick<Task, 'ending' | 'doneAt'> & { readonly dueAt: Date })[],
  now: Date,
): Arrivals {
  const of = (...ends: Ending[]) => tasks.filter(({ ending }) => ending !== null && ends.includes(ending)).length;
  const due = tasks.filter(({ dueAt, doneAt }) => doneAt !== null || dueAt <= now).length;
  const counted = {
    arrived: of('the help arrived'),
    partly: of('part of it arrived'),
    notArrived: of('it did not arrive'),
    notWanted: of('the person did not want it'),
  };
  const asked = counted.arrived + counted.partly + counted.notArrived + counted.notWanted;
  const notAnswered = of('asking was not safe', 'nobody could be reached');
  return { due, asked, ...counted, notAnswered, notAsked: due - asked - notAnswered };
}
