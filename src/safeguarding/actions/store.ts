/** Stores actions in the safeguarding database, each sealed under its person's key. Every read is logged. */

import { sql } from 'kysely';
import { padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import type { HandoverId, SealedTask, Task, TaskId } from './action.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type TaskRow = Mutable<Omit<Task, keyof SealedTask>> & { sealedAction: Buffer };
export type TaskTables = { personActions: TaskRow; persons: { id: Task['personId']; wrappedKey: Buffer } };
type Db = Reader<TaskTables>;
type Audited = AuditedReader<TaskTables>;
type Tx = Writer<TaskTables>;

const contextOf = (id: TaskId): string => `person_actions/sealed_action/${id}`;

const step = 512;

function sealTask(key: Buffer, task: Task): Buffer {
  const { id, what, way, by, nation, earliest, latest, ending, endedWith } = task;
  return seal(
    key,
    contextOf(id),
    padText(JSON.stringify({ what, way, by, nation, earliest, latest, ending, endedWith }), step),
  );
}

function toTask(keys: UnitKeys, { sealedAction, wrappedKey, ...row }: TaskRow & { wrappedKey: Buffer }): Task {
  const opened = unseal(keys.unwrap(wrappedKey, row.personId), contextOf(row.id), sealedAction).toString();
  const said = JSON.parse(opened) as SealedTask;
  return { ...row, ...said, earliest: new Date(said.earliest), latest: new Date(said.latest) };
}

const unsealTasks = (keys: UnitKeys, rows: readonly (TaskRow & { wrappedKey: Buffer })[]): Task[] =>
  rows.flatMap((row) => unlessDestroyed(() => toTask(keys, row)) ?? []);

/** Of the member’s own agency. Actions that other agencies agreed at a meeting can be read, and stand on its page. */
const ofOwnAgency = sql<boolean>`t.agency_id = ctx.agency()`;

const withKeys = (db: Db) =>
  db
    .selectFrom('personActions as t')
    .innerJoin('persons as p', 'p.id', 't.personId')
    .selectAll('t')
    .select('p.wrappedKey');

async function keyOf(db: Db, keys: UnitKeys, personId: Task['personId']): Promise<Buffer> {
  const row = await db.selectFrom('persons').select('wrappedKey').where('id', '=', personId).executeTakeFirst();
  if (!row) throw notFound('person');
  return keys.unwrap(row.wrappedKey, personId);
}

/** Adds an action once, even if the form is sent twice. Not found if the id is taken, or the member may not see the person. */
export async function addTask(tx: Tx, keys: UnitKeys, task: Task): Promise<void> {
  const { id, personId, agencyId, authorId, addedAt, takenBy, takenAt, handoverId, meetingId, doneAt, doneBy } = task;
  const row = { id, personId, agencyId, authorId, addedAt, takenBy, takenAt, handoverId, meetingId, doneAt, doneBy };
  const sealedAction = sealTask(await keyOf(tx, keys, personId), task);
  await addOnce(tx, ['personActions', 'task'], { ...row, sealedAction }, ['personId', 'authorId']);
}

/** Not found if it is unknown or belongs to another agency. */
export const getTask = async (db: Audited, keys: UnitKeys, id: TaskId): Promise<Task> =>
  found(unsealTasks(keys, await withKeys(db).where('t.id', '=', id).execute())[0], 'task');

export const lockTask = async (tx: Tx, keys: UnitKeys, id: TaskId): Promise<Task> =>
  found(unsealTasks(keys, await withKeys(tx).where('t.id', '=', id).forUpdate('t').execute())[0], 'task');

export async function saveTask(tx: Tx, keys: UnitKeys, task: Task): Promise<void> {
  const { takenBy, takenAt, handoverId, doneAt, doneBy } = task;
  const sealedAction = sealTask(await keyOf(tx, keys, task.personId), task);
  await tx
    .updateTable('personActions')
    .set({ takenBy, takenAt, handoverId, doneAt, doneBy, sealedAction })
    .where('id', '=', task.id)
    .execute();
}

const mostEver = 2_000;

/** The agency's open actions, for people whose records the member may see. */
export async function listOpenTasks(db: Audited, keys: UnitKeys): Promise<Task[]> {
  const rows = await withKeys(db)
    .where('t.doneAt', 'is', null)
    .where(ofOwnAgency)
    .orderBy('t.addedAt', 'desc')
    .orderBy('t.id')
    .limit(mostEver)
    .execute();
  return unsealTasks(keys, rows);
}

/** Of the member’s agency, for this person. */
export async function listOwnTasksOf(db: Audited, keys: UnitKeys, personId: Task['personId']): Promise<Task[]> {
  const rows = await withKeys(db)
    .where('t.personId', '=', personId)
    .where(ofOwnAgency)
    .orderBy('t.addedAt')
    .orderBy('t.id')
    .execute();
  return unsealTasks(keys, rows);
}

/** Of every agency, as far as the reader may see them. */
export async function listTasksOf(db: Audited, keys: UnitKeys, personId: Task['personId']): Promise<Task[]> {
  const rows = await withKeys(db).where('t.personId', '=', personId).orderBy('t.addedAt').orderBy('t.id').execute();
  return unsealTasks(keys, rows);
}

/** For these people: open actions, and those that ended since. */
export async function listTasksOfPeople(
  db: Audited,
  keys: UnitKeys,
  personIds: readonly Task['personId'][],
  endedSince: Date,
): Promise<Task[]> {
  if (personIds.length === 0) return [];
  const rows = await withKeys(db)
    .where('t.personId', 'in', personIds)
    .where((where) => where.or([where('t.doneAt', 'is', null), where('t.doneAt', '>=', endedSince)]))
    .orderBy('t.addedAt')
    .orderBy('t.id')
    .limit(mostEver)
    .execute();
  return unsealTasks(keys, rows);
}

export async function listTasksOfHandover(db: Audited, keys: UnitKeys, id: HandoverId): Promise<Task[]> {
  const rows = await withKeys(db).where('t.handoverId', '=', id).orderBy('t.addedAt').orderBy('t.id').execute();
  return unsealTasks(keys, rows);
}

/** Open and ended, the latest first: for the count of help that arrived. */
export async function listAllTasks(db: Audited, keys: UnitKeys): Promise<Task[]> {
  const rows = await withKeys(db)
    .where(ofOwnAgency)
    .orderBy('t.addedAt', 'desc')
    .orderBy('t.id')
    .limit(mostEver)
    .execute();
  return unsealTasks(keys, rows);
}
