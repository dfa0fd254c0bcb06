/** How received taskings and the keys of coordinators lie in PostgreSQL. */
import type { Mutable, Reader, Writer } from '../../../platform/database/database.ts';
import { notFound } from '../../../platform/http/problem.ts';
import type { AgencyId, Id, WeekId } from '../../../vocabulary/ids.ts';
import type { TaskingDocument } from '../document/signed-return.ts';
import { type CoordinatorKey, listInForce, type ReceivedTasking } from './received.ts';

type TaskingRow = {
  id: Id<'received tasking'>;
  agencyId: AgencyId;
  receivedAt: Date;
  receivedBy: string | null;
  publicKey: string;
  coordinatorWeek: string;
  issuedAt: Date;
  deadline: Date;
  digest: string;
  content: string;
  weekId: WeekId | null;
};
export type TaskingTables = { receivedTaskings: TaskingRow; coordinatorKeys: Mutable<CoordinatorKey> };

type Db = Reader<TaskingTables>;
type Tx = Writer<TaskingTables>;

/** A coordinator issues a few for each week. */
const most = 200;

const columns = ['id', 'agencyId', 'receivedAt', 'receivedBy', 'publicKey', 'weekId', 'content'] as const;

/** Content was read when it came: it is parsed again, and not checked again. */
const toTasking = ({ content, ...row }: Pick<TaskingRow, (typeof columns)[number]>): ReceivedTasking => ({
  ...row,
  document: JSON.parse(content) as TaskingDocument,
});

/** The latest deadline first. */
export async function listTaskings(db: Db): Promise<ReceivedTasking[]> {
  const rows = await db
    .selectFrom('receivedTaskings')
    .select([...columns])
    .orderBy('deadline', 'desc')
    .orderBy('issuedAt', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(toTasking);
}

export const listCoordinatorKeys = (db: Db): Promise<CoordinatorKey[]> =>
  db.selectFrom('coordinatorKeys').selectAll().orderBy('comparedAt', 'desc').orderBy('id').execute();

export async function getTasking(db: Db, id: string): Promise<ReceivedTasking> {
  const row = await db
    .selectFrom('receivedTaskings')
    .select([...columns])
    .where('id', '=', id as TaskingRow['id'])
    .executeTakeFirstOrThrow(() => notFound('tasking'));
  return toTasking(row);
}

/** The taskings of one week of this instance that are in force, the earliest deadline first. */
export async function listTaskingsOfWeek(db: Db, weekId: string): Promise<ReceivedTasking[]> {
  const rows = await db
    .selectFrom('receivedTaskings')
    .select([...columns])
    .where('weekId', '=', weekId as WeekId)
    .orderBy('deadline')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.length === 0 ? [] : [...listInForce(rows.map(toTasking), await listCoordinatorKeys(db))];
}

export type NewTasking = Pick<ReceivedTasking, 'id' | 'agencyId' | 'receivedBy' | 'receivedAt' | 'document'> & {
  readonly digest: string;
  readonly content: string;
};

const toRow = ({ document, ...tasking }: NewTasking): TaskingRow => ({
  ...tasking,
  publicKey: document.publicKey,
  coordinatorWeek: document.week.id,
  issuedAt: new Date(document.issuedAt),
  deadline: new Date(document.deadline),
  weekId: null,
});

/** By a program, which may read nothing: the database refuses a tasking that it has. */
export async function addTasking(tx: Tx, tasking: NewTasking): Promise<void> {
  await tx.insertInto('receivedTaskings').values(toRow(tasking)).execute();
}

/** The one that is kept: a file that came before is kept once. */
export async function addTaskingOnce(tx: Tx, tasking: NewTasking): Promise<ReceivedTasking['id']> {
  await tx
    .insertInto('receivedTaskings')
    .values(toRow(tasking))
    .onConflict((conflict) => conflict.columns(['agencyId', 'digest']).doNothing())
    .execute();
  const { id } = await tx
    .selectFrom('receivedTaskings')
    .select('id')
    .where('agencyId', '=', tasking.agencyId)
    .where('digest', '=', tasking.digest)
    .executeTakeFirstOrThrow(() => notFound('tasking'));
  return id;
}

/** Every tasking of the coordinator’s week is for this week of ours. */
export async function chooseWeek(tx: Tx, coordinatorWeek: string, weekId: WeekId): Promise<void> {
  await tx.updateTable('receivedTaskings').set({ weekId }).where('coordinatorWeek', '=', coordinatorWeek).execute();
}

/** False where it was compared before. */
export async function addCoordinatorKey(tx: Tx, key: CoordinatorKey): Promise<boolean> {
  const before = await tx
    .selectFrom('coordinatorKeys')
    .select('id')
    .where('publicKey', '=', key.publicKey)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (before) return false;
  await tx.insertInto('coordinatorKeys').values(key).execute();
  return true;
}

export const getCoordinatorKey = (db: Db, id: string): Promise<CoordinatorKey> =>
  db
    .selectFrom('coordinatorKeys')
    .selectAll()
    .where('id', '=', id as CoordinatorKey['id'])
    .executeTakeFirstOrThrow(() => notFound('key'));

export async function endCoordinatorKey(tx: Tx, id: CoordinatorKey['id'], endedAt: Date): Promise<boolean> {
  const [ended] = await tx
    .updateTable('coordinatorKeys')
    .set({ endedAt })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute();
  return ended !== undefined;
}
