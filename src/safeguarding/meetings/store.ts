/** Stores meetings about cases in the safeguarding database: a meeting under its own key, a case on its list under the person's key. Every read is logged. */
import { padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import { hasReference, mayBeReference, readSought } from '../../platform/search/search-store.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { TaskTables } from '../actions/store.ts';
import { keyOfPerson, type PersonTables } from '../people/store.ts';
import type {
  Meeting,
  MeetingCase,
  MeetingCaseContent,
  MeetingCaseId,
  MeetingContent,
  MeetingEntry,
  MeetingId,
} from './meeting.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type MeetingRow = Mutable<Omit<Meeting, keyof MeetingContent>> & { sealedContent: Buffer; wrappedKey: Buffer };
type CaseRow = Mutable<Omit<MeetingCase, keyof MeetingCaseContent>> & { sealedContent: Buffer };
export type MeetingTables = Omit<TaskTables, 'persons'> &
  PersonTables & { caseMeetings: MeetingRow; meetingCases: CaseRow };
type Db = Reader<MeetingTables>;
type Audited = AuditedReader<MeetingTables>;
type Tx = Writer<MeetingTables>;

/** Bound to the revision, so that no older text can be put back. */
const meetingContext = ({ id, revision }: Pick<Meeting, 'id' | 'revision'>): string =>
  `case_meetings/sealed_content/${id}/${revision}`;
const caseContext = ({ id, revision }: Pick<MeetingCase, 'id' | 'revision'>): string =>
  `meeting_cases/sealed_content/${id}/${revision}`;

const step = 512;
const sealJson = (key: Buffer, context: string, content: object): Buffer =>
  seal(key, context, padText(JSON.stringify(content), step));

const withDates = <Entry extends MeetingEntry>(entries: readonly Entry[]): Entry[] =>
  entries.map((entry) => ({ ...entry, at: new Date(entry.at) }));

function sealMeeting(key: Buffer, meeting: Meeting): Buffer {
  const { time, place, agenciesPresent, present, apologies, nextDay, corrections } = meeting;
  const content: MeetingContent = { time, place, agenciesPresent, present, apologies, nextDay, corrections };
  return sealJson(key, meetingContext(meeting), content);
}

function toMeeting(keys: UnitKeys, { sealedContent, wrappedKey, ...row }: MeetingRow): Meeting {
  const opened = unseal(keys.unwrap(wrappedKey, row.id), meetingContext(row), sealedContent).toString();
  const content = JSON.parse(opened) as MeetingContent;
  return { ...row, ...content, corrections: withDates(content.corrections) };
}

/** Adds a meeting once, even if the form is sent twice. */
export function addMeeting(tx: Tx, keys: UnitKeys, meeting: Meeting): Promise<boolean> {
  const { id, agencyId, authorId, chairId, operationId, day, invited, calledAt, previousId } = meeting;
  const { closedAt, closedBy, revision } = meeting;
  const { key, wrapped } = keys.newRecordKey(id);
  const row = { id, agencyId, authorId, chairId, operationId, day, invited, calledAt, previousId, closedAt, closedBy };
  const sealed = { revision, sealedContent: sealMeeting(key, meeting), wrappedKey: wrapped };
  return addOnce(tx, ['caseMeetings', 'meeting'], { ...row, ...sealed }, ['authorId']);
}

/** Not found if it is unknown, or the member's agency takes no part. */
export const getMeeting = async (db: Audited, keys: UnitKeys, id: MeetingId): Promise<Meeting> =>
  toMeeting(
    keys,
    found(await db.selectFrom('caseMeetings').selectAll().where('id', '=', id).executeTakeFirst(), 'meeting'),
  );

export const lockMeeting = async (tx: Tx, keys: UnitKeys, id: MeetingId): Promise<Meeting> =>
  toMeeting(
    keys,
    found(
      await tx.selectFrom('caseMeetings').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
      'meeting',
    ),
  );

export async function saveMeeting(tx: Tx, keys: UnitKeys, meeting: Meeting): Promise<void> {
  const { id, chairId, operationId, day, invited, closedAt, closedBy } = meeting;
  const { wrappedKey } = await tx
    .selectFrom('caseMeetings')
    .select('wrappedKey')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const next = { ...meeting, revision: meeting.revision + 1 };
  const sealedContent = sealMeeting(keys.unwrap(wrappedKey, id), next);
  await tx
    .updateTable('caseMeetings')
    .set({ chairId, operationId, day, invited, closedAt, closedBy, sealedContent, revision: next.revision })
    .where('id', '=', id)
    .execute();
}

/** Whether the minutes are closed now, inside a change. */
export async function isClosed(tx: Tx, id: MeetingId): Promise<boolean> {
  const row = await tx.selectFrom('caseMeetings').select('closedAt').where('id', '=', id).executeTakeFirst();
  return found(row, 'meeting').closedAt !== null;
}

/** Without the sealed content: a list opens no seal. */
export type ListedMeeting = Omit<Meeting, keyof MeetingContent | 'revision'>;
const listed = [
  ...(['id', 'agencyId', 'authorId', 'chairId', 'operationId', 'day'] as const),
  ...(['invited', 'calledAt', 'previousId', 'closedAt', 'closedBy'] as const),
] as const;
const mostListed = 100;

/** The latest first. */
export const listMeetings = (db: Audited): Promise<ListedMeeting[]> =>
  db.selectFrom('caseMeetings').select(listed).orderBy('day', 'desc').orderBy('id').limit(mostListed).execute();

/** Open meetings on one of these days, for Home. */
export const listMeetingsOn = (db: Audited, days: readonly string[]): Promise<ListedMeeting[]> =>
  db
    .selectFrom('caseMeetings')
    .select(listed)
    .where('day', 'in', days)
    .where('closedAt', 'is', null)
    .orderBy('day')
    .orderBy('id')
    .limit(mostListed)
    .execute();

function sealCase(key: Buffer, one: MeetingCase): Buffer {
  const { knows, reason, decisions } = one;
  const content: MeetingCaseContent = { knows, reason, decisions };
  return sealJson(key, caseContext(one), content);
}

type KeyedCase = CaseRow & { wrappedKey: Buffer };
function toCase(keys: UnitKeys, { sealedContent, wrappedKey, ...row }: KeyedCase): MeetingCase {
  const opened = unseal(keys.unwrap(wrappedKey, row.personId), caseContext(row), sealedContent).toString();
  const content = JSON.parse(opened) as MeetingCaseContent;
  return { ...row, ...content, decisions: withDates(content.decisions) };
}
const openCases = (keys: UnitKeys, rows: readonly KeyedCase[]): MeetingCase[] =>
  rows.flatMap((row) => unlessDestroyed(() => toCase(keys, row)) ?? []);

const withKeys = (db: Db) =>
  db
    .selectFrom('meetingCases as c')
    .innerJoin('persons as p', 'p.id', 'c.personId')
    .selectAll('c')
    .select('p.wrappedKey');

/** Puts a case on the list. False where it is there already. */
export async function addMeetingCase(tx: Tx, keys: UnitKeys, one: MeetingCase): Promise<boolean> {
  const { id, meetingId, personId, agencyId, authorId, addedAt, revision } = one;
  const sealedContent = sealCase(await keyOfPerson(tx, keys, personId), one);
  const added = await tx
    .insertInto('meetingCases')
    .values({ id, meetingId, personId, agencyId, authorId, addedAt, revision, sealedContent })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** The cases of the list whose records the member may read. */
export async function listMeetingCases(db: Audited, keys: UnitKeys, id: MeetingId): Promise<MeetingCase[]> {
  const rows = await withKeys(db).where('c.meetingId', '=', id).orderBy('c.addedAt').orderBy('c.id').execute();
  return openCases(keys, rows);
}

/** Not found if the member may not read the record, or not see the meeting. */
export const getMeetingCase = async (db: Audited, keys: UnitKeys, id: MeetingCaseId): Promise<MeetingCase> =>
  found(openCases(keys, await withKeys(db).where('c.id', '=', id).execute())[0], 'case on a meeting');

export const lockMeetingCase = async (tx: Tx, keys: UnitKeys, id: MeetingCaseId): Promise<MeetingCase> =>
  found(openCases(keys, await withKeys(tx).where('c.id', '=', id).forUpdate('c').execute())[0], 'case on a meeting');

export async function saveMeetingCase(tx: Tx, keys: UnitKeys, one: MeetingCase): Promise<void> {
  const next = { ...one, revision: one.revision + 1 };
  const sealedContent = sealCase(await keyOfPerson(tx, keys, one.personId), next);
  await tx
    .updateTable('meetingCases')
    .set({ sealedContent, revision: next.revision })
    .where('id', '=', one.id)
    .execute();
}

/** False where something was recorded of it, or another agency put it on the list. */
export async function removeMeetingCase(tx: Tx, id: MeetingCaseId): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('meetingCases').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function listMeetingCasesOf(db: Audited, keys: UnitKeys, personId: PersonId): Promise<MeetingCase[]> {
  const rows = await withKeys(db).where('c.personId', '=', personId).orderBy('c.addedAt').orderBy('c.id').execute();
  return openCases(keys, rows);
}

/** People on the list of a meeting who have open actions, as far as the member sees both, and who are not on the other list. */
export async function listPeopleToCarryOver(db: Audited, from: MeetingId, to: MeetingId | null): Promise<PersonId[]> {
  const open = db.selectFrom('meetingCases as c').innerJoin('personActions as t', 't.personId', 'c.personId');
  const there = db.selectFrom('meetingCases').select('personId').where('meetingId', '=', to);
  let query = open.select('c.personId').distinct().where('c.meetingId', '=', from).where('t.doneAt', 'is', null);
  if (to) query = query.where('c.personId', 'not in', there);
  return (await query.orderBy('c.personId').execute()).map(({ personId }) => personId);
}

const mostOffered = 50;

/** The newest records that the member may read, to choose from. */
export async function listNewestPeople(db: Audited): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .orderBy('openedAt', 'desc')
    .orderBy('id')
    .limit(mostOffered)
    .execute();
  return rows.map(({ id }) => id);
}

/** The records that this reference may mean, of those that the member may read. */
export async function listPeopleByReference(db: Db, reference: string): Promise<PersonId[]> {
  const sought = readSought(reference);
  if (!mayBeReference('case', sought)) return [];
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .where(hasReference('id', 'case', sought))
    .limit(2)
    .execute();
  return rows.map(({ id }) => id);
}
