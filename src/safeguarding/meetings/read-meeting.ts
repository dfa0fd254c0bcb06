/** Reads a meeting with the cases of its list that the reader may read, and their actions. Each look is logged. */
import { listOperations } from '../../operations/weeks/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import type { Request } from '../../platform/http/server.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { type DueTask, sortByDueDate } from '../actions/due.ts';
import { taskFields } from '../actions/new-actions.ts';
import { toDueTasks } from '../actions/routes.ts';
import { listTasksOfPeople } from '../actions/store.ts';
import { readNames } from '../case/read-names.ts';
import type { Agencies } from '../notes/pages.ts';
import { listPeople } from '../people/store.ts';
import { sortForMeeting } from './deadline-colour.ts';
import type { Meeting, MeetingCase, MeetingId } from './meeting.ts';
import * as store from './store.ts';

/** What a look at a meeting shows, for the log. */
export const meetingFields = [
  ...['day', 'time', 'place', 'chairId', 'operationId', 'invited', 'agenciesPresent', 'present', 'apologies'],
  ...['nextDay', 'corrections'],
];
export const caseFields = ['knows', 'reason', 'decisions'];

/** A case of the list as its reader sees it. */
export type CaseOnList = {
  readonly one: MeetingCase;
  readonly called: string;
  /** Open actions by deadline, and those that ended since the meeting was called. */
  readonly dues: readonly DueTask[];
};

export type MeetingFile = {
  readonly meeting: Meeting;
  /** By the nearest deadline; cases without an open action last. */
  readonly cases: readonly CaseOnList[];
  /** Undefined where the meeting follows none, or the reader is not in it. */
  readonly operation: string | undefined;
  /** Cases with open actions on the list of the meeting before, and not on this one. */
  readonly carries: number;
  readonly agencies: Agencies;
  readonly names: MemberNames;
};

const byNearestDeadline = (cases: readonly CaseOnList[]): CaseOnList[] => {
  const nearest = ({ dues }: CaseOnList): number => {
    const [first] = sortByDueDate(dues.filter(({ task }) => !task.doneAt));
    return first ? first.standing.dueAt.getTime() : Number.POSITIVE_INFINITY;
  };
  return cases.toSorted((one, other) => {
    const [here, there] = [nearest(one), nearest(other)];
    return here === there ? 0 : here - there;
  });
};

async function readCases(request: Request, keys: UnitKeys, meeting: Meeting): Promise<CaseOnList[]> {
  const list = request.look('meeting cases.listed', meeting.id, { fields: caseFields });
  const cases = await store.listMeetingCases(list, keys, meeting.id);
  request.returned(cases.map(({ personId }) => personId));
  if (cases.length === 0) return [];
  const ids = cases.map(({ personId }) => personId);
  const people = await listPeople(request.look('people.named', null, { fields: ['called'] }), keys, ids);
  request.returned([...people.keys()]);
  const db = request.look('tasks.listed', meeting.id, { fields: taskFields });
  const tasks = await listTasksOfPeople(db, keys, ids, meeting.calledAt);
  request.returned(tasks.map(({ id }) => id));
  const dues = await toDueTasks(db, tasks, request.now);
  return cases.map((one) => ({
    one,
    called: people.get(one.personId)?.called ?? '',
    dues: sortForMeeting(dues.filter(({ task }) => task.personId === one.personId)),
  }));
}

/** The name of the operation, for readers who are in it. */
export async function readOperationName(request: Request, { operationId }: Meeting): Promise<string | undefined> {
  if (!operationId || !request.can('operation.read')) return undefined;
  const all = await request.under('operation.read', (db) => listOperations(db));
  return all.find(({ id }) => id === operationId)?.codeName;
}

const membersOf = ({ meeting, cases }: Pick<MeetingFile, 'meeting' | 'cases'>): (string | null)[] => [
  ...[meeting.chairId, meeting.authorId, meeting.closedBy],
  ...meeting.corrections.map(({ by }) => by),
  ...cases.flatMap(({ one, dues }) => [
    ...one.decisions.map(({ by }) => by),
    ...dues.flatMap(({ task }) => [task.takenBy, task.doneBy]),
  ]),
];

const countToCarryOver = async (db: AuditedReader<store.MeetingTables>, meeting: Meeting): Promise<number> =>
  meeting.previousId && !meeting.closedAt
    ? (await store.listPeopleToCarryOver(db, meeting.previousId, meeting.id)).length
    : 0;

export async function readMeeting(request: Request, keys: UnitKeys, id: MeetingId): Promise<MeetingFile> {
  const db = request.look('case meeting.shown', id, { fields: meetingFields });
  const meeting = await store.getMeeting(db, keys, id);
  const carries = await countToCarryOver(db, meeting);
  const cases = byNearestDeadline(await readCases(request, keys, meeting));
  const { agencies, names } = await readNames(request, membersOf({ meeting, cases }));
  return { meeting, cases, carries, agencies, names, operation: await readOperationName(request, meeting) };
}

/** Names and references of these people, to choose one. */
export async function readChoices(request: Request, keys: UnitKeys, ids: readonly PersonId[]) {
  if (ids.length === 0) return [];
  const people = await listPeople(request.look('people.named', null, { fields: ['called'] }), keys, ids);
  request.returned([...people.keys()]);
  return ids.flatMap((id) => people.get(id) ?? []);
}
