/** What a partnership makes of taskings that it received: which one is in force, and where it differs from the own week. Pure: no clock, no database. */
import { dayRange, longDay } from '../../../vocabulary/calendar/days.ts';
import { dayOf } from '../../../vocabulary/calendar/wall-clock.ts';
import { type Exploitation, exploitations } from '../../../vocabulary/exploitation.ts';
import type { AgencyId, Id, WeekId } from '../../../vocabulary/ids.ts';
import { listOf } from '../../../vocabulary/languages/english.ts';
import { type Edition, findEdition, getEdition } from '../../counting/definitions.ts';
import type { TaskingDocument } from '../document/signed-return.ts';

export type CoordinatorKey = {
  readonly id: Id<'coordinator key'>;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly instanceId: string;
  readonly publicKey: string;
  readonly comparedBy: string;
  readonly comparedAt: Date;
  readonly endedAt: Date | null;
};

export type ReceivedTasking = {
  readonly id: Id<'received tasking'>;
  readonly agencyId: AgencyId;
  readonly receivedAt: Date;
  readonly receivedBy: string | null;
  readonly publicKey: string;
  readonly weekId: WeekId | null;
  readonly document: TaskingDocument;
};

export type TaskingState = 'in force' | 'replaced' | 'key not compared' | 'key ended';

type Trusted = Pick<ReceivedTasking, 'receivedAt' | 'publicKey'>;

/** A tasking counts if its key was compared, and was in force when it came. */
export function findKeyFault(
  { publicKey, receivedAt }: Trusted,
  keys: readonly CoordinatorKey[],
): 'key not compared' | 'key ended' | undefined {
  const own = keys.filter((key) => key.publicKey === publicKey);
  if (own.length === 0) return 'key not compared';
  return own.some(({ endedAt }) => endedAt === null || receivedAt < endedAt) ? undefined : 'key ended';
}

const weekOf = ({ document: { instance, week } }: ReceivedTasking): string => `${instance.id} ${week.id}`;

/** Of each week of a coordinator the tasking that was issued last is in force, whichever came last. */
export function judgeTaskings(
  taskings: readonly ReceivedTasking[],
  keys: readonly CoordinatorKey[],
): ReadonlyMap<string, TaskingState> {
  const trusted = taskings.filter((one) => !findKeyFault(one, keys));
  const newest = new Set(
    [...Map.groupBy(trusted, weekOf).values()].map(
      (group) => group.reduce((last, one) => (one.document.issuedAt > last.document.issuedAt ? one : last)).id,
    ),
  );
  return new Map(
    taskings.map((one) => [one.id, findKeyFault(one, keys) ?? (newest.has(one.id) ? 'in force' : 'replaced')]),
  );
}

export const listInForce = (
  taskings: readonly ReceivedTasking[],
  keys: readonly CoordinatorKey[],
): readonly ReceivedTasking[] => {
  const states = judgeTaskings(taskings, keys);
  return taskings.filter(({ id }) => states.get(id) === 'in force');
};

/** The key of this instance was another one when it was compared: somebody must ask why. */
export const findOtherKey = (
  { document: { instance, publicKey } }: Pick<ReceivedTasking, 'document'>,
  keys: readonly CoordinatorKey[],
): CoordinatorKey | undefined =>
  keys.find((key) => key.instanceId === instance.id && key.publicKey !== publicKey && key.endedAt === null);

/** Kinds of exploitation that this instance knows. */
export const readFocus = ({ focus = [] }: TaskingDocument): Exploitation[] =>
  exploitations.filter((one) => focus.includes(one));

export type OwnWeek = {
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly focus: readonly string[];
};
export type OwnOperation = {
  readonly codeName: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly area: string;
};

export const takenFields = ['name', 'dates', 'focus'] as const;
export type TakenField = (typeof takenFields)[number];
export type WeekDifference = { readonly field: TakenField; readonly own: string; readonly asked: string };

/** Where the own week says something else than the tasking. */
export function compareWeek(document: TaskingDocument, week: OwnWeek): WeekDifference[] {
  const { name, window } = document.week;
  const focus = readFocus(document);
  const found: (WeekDifference | false)[] = [
    week.name !== name && { field: 'name', own: week.name, asked: name },
    (week.startsOn !== window.from || week.endsOn !== window.until) && {
      field: 'dates',
      own: dayRange(week.startsOn, week.endsOn),
      asked: dayRange(window.from, window.until),
    },
    focus.length > 0 &&
      (focus.length !== week.focus.length || focus.some((one) => !week.focus.includes(one))) && {
        field: 'focus',
        own: listOf(week.focus),
        asked: listOf(focus),
      },
  ];
  return found.filter((one) => one !== false);
}

/** The edition that a return is counted by: today's where the tasking takes it, else the newest one that it takes. */
export function chooseEdition(today: string, asked: readonly string[]): Edition {
  const own = getEdition(today);
  if (asked.length === 0 || asked.includes(own.label)) return own;
  return asked.flatMap((label) => findEdition(label) ?? []).sort((a, b) => (a.since < b.since ? 1 : -1))[0] ?? own;
}

const fold = (text: string): string => text.trim().toLocaleLowerCase('en-GB');
const isApart = (one: string, other: string): boolean =>
  !fold(one).includes(fold(other)) && !fold(other).includes(fold(one));

/** What the own plan and the tasking disagree on, one sentence each: a person decides. */
export function findConflicts(
  { week: { window }, area, deadline, definitions }: TaskingDocument,
  {
    week,
    operations,
    today,
  }: {
    readonly week: OwnWeek;
    readonly operations: readonly OwnOperation[];
    readonly today: string;
  },
): string[] {
  const dates = dayRange(window.from, window.until);
  const due = dayOf(new Date(deadline));
  return [
    ...(week.startsOn === window.from && week.endsOn === window.until
      ? []
      : [`Your week has ${dayRange(week.startsOn, week.endsOn)}. The tasking has ${dates}.`]),
    ...operations.flatMap(({ codeName, startsOn, endsOn, area: own }) => [
      ...(startsOn > window.until || endsOn < window.from
        ? [
            `${codeName} is on ${dayRange(startsOn, endsOn)}, outside the dates of the tasking. Its return would not count.`,
          ]
        : []),
      ...(endsOn > due
        ? [`${codeName} ends after the deadline of ${longDay(due)}. Send a provisional return first.`]
        : []),
      ...(area && isApart(own, area) ? [`${codeName} works in ${own}. The tasking names ${area}.`] : []),
    ]),
    ...(definitions.includes(chooseEdition(today, definitions).label)
      ? []
      : [
          `The tasking takes ${listOf(definitions)}. This Safelight counts by edition ${getEdition(today).label}. Ask the coordinator which edition to use.`,
        ]),
  ];
}
