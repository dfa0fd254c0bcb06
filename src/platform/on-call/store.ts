/** How shifts on call and alerts lie in PostgreSQL. Each area has two tables of its own, with these columns; row policies say which rows. */
import { sql } from 'kysely';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { AnyTables, Reader, Writer } from '../database/database.ts';
import { notFound } from '../http/problem.ts';
import type { Ringing, Shift } from './on-call.ts';

/** The queries over an area's tables of shifts and of alerts. */
export const onCallStore = <OneShift extends Shift<string>, Alert extends Ringing<string>>(
  shifts: string,
  alerts: string,
  shiftOrder: readonly string[] = [],
) => ({
  /** Shifts that are not over, by when they begin. */
  listShifts: (reader: Reader<AnyTables>, now: Date): Promise<OneShift[]> => {
    let query = reader.selectFrom(shifts).selectAll().where('endsAt', '>', now).orderBy('startsAt');
    for (const column of shiftOrder) query = query.orderBy(column);
    return query.orderBy('id').limit(200).execute() as Promise<OneShift[]>;
  },

  addShift: async (tx: Writer<AnyTables>, shift: OneShift): Promise<void> =>
    void (await tx.insertInto(shifts).values(shift).execute()),

  /** One that has begun ends now, one to come never begins. */
  endShift: async (tx: Writer<AnyTables>, id: string, now: Date): Promise<void> => {
    const { numUpdatedRows } = await tx
      .updateTable(shifts)
      .set({ endsAt: sql`greatest(starts_at, least(ends_at, ${now}))` })
      .where('id', '=', id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw notFound('turn');
  },

  /** Those that nobody has taken on, the longest first. */
  listRinging: (reader: Reader<AnyTables>): Promise<Alert[]> =>
    reader
      .selectFrom(alerts)
      .selectAll()
      .where('acknowledgedBy', 'is', null)
      .orderBy('rounds', 'desc')
      .orderBy('id')
      .limit(50)
      .execute() as Promise<Alert[]>,

  findAlert: (reader: Reader<AnyTables>, id: string): Promise<Alert | undefined> =>
    reader.selectFrom(alerts).selectAll().where('id', '=', id).executeTakeFirst() as Promise<Alert | undefined>,

  /** False where somebody else was quicker. */
  takeOn: async (tx: Writer<AnyTables>, id: string, by: MemberId, hour: Date): Promise<boolean> => {
    const { numUpdatedRows } = await tx
      .updateTable(alerts)
      .set({ acknowledgedBy: by, acknowledgedAt: hour })
      .where('id', '=', id)
      .where('acknowledgedBy', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
});
