/** How turns on call and alerts lie in PostgreSQL. */
import { sql } from 'kysely';
import type { AnyTables, Db, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';
import type { Alert, OnCallShift } from './on-call.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
export type OnCallTables = { onCallTurns: Mutable<OnCallShift>; dangerAlerts: Mutable<Alert> };

/** Those that are not over, by when they begin. */
export const listShifts = (db: Reader<OnCallTables>, now: Date): Promise<OnCallShift[]> =>
  db
    .selectFrom('onCallTurns')
    .selectAll()
    .where('endsAt', '>', now)
    .orderBy('startsAt')
    .orderBy('place')
    .orderBy('id')
    .limit(200)
    .execute();

export const addShift = async (tx: Writer<OnCallTables>, turn: OnCallShift): Promise<void> =>
  void (await tx.insertInto('onCallTurns').values(turn).execute());

/** One that has begun ends now, one to come never begins. */
export async function endShift(tx: Writer<OnCallTables>, id: string, now: Date): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('onCallTurns')
    .set({ endsAt: sql`greatest(starts_at, least(ends_at, ${now}))` })
    .where('id', '=', id as OnCallShift['id'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('turn');
}

/** Those that nobody has taken on, the longest first. */
export const listOpenAlerts = (db: Reader<OnCallTables>): Promise<Alert[]> =>
  db
    .selectFrom('dangerAlerts')
    .selectAll()
    .where('acknowledgedBy', 'is', null)
    .orderBy('rounds', 'desc')
    .orderBy('id')
    .limit(50)
    .execute();

export const findAlert = (db: Reader<OnCallTables>, id: ReportId): Promise<Alert | undefined> =>
  db.selectFrom('dangerAlerts').selectAll().where('id', '=', id).executeTakeFirst();

/** False where somebody else was quicker. */
export async function acknowledgeAlert(
  tx: Writer<OnCallTables>,
  id: ReportId,
  by: MemberId,
  hour: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('dangerAlerts')
    .set({ acknowledgedBy: by, acknowledgedAt: hour })
    .where('id', '=', id)
    .where('acknowledgedBy', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Counts another minute in which nobody took on an alert. For the leader, once a minute. */
export async function escalateAlerts(tx: Reader<AnyTables>): Promise<void> {
  await sql`select ctx.ring_on()`.execute(tx);
}

/** Whether anybody is on call for the line, so that the public site promises no more than there is. */
export async function isOnCallNow(db: Db | Reader<AnyTables>, now: Date): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select ctx.on_call_now(${now}) as there`.execute(db);
  return rows[0]?.there === true;
}
