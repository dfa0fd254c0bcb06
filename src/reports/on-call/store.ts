/** How turns on call and alerts lie in PostgreSQL. */

import { sql } from 'kysely';
import type { AnyTables, Db, Reader } from '../../platform/database/database.ts';
import { onCallStore } from '../../platform/on-call/store.ts';
import type { Alert, OnCallShift } from './on-call.ts';

export const { listShifts, addShift, endShift, listRinging, findAlert, takeOn } = onCallStore<OnCallShift, Alert>(
  'onCallShifts',
  'dangerUrgentPages',
  ['place'],
);

/** Counts another minute in which nobody took on an alert. For the leader, once a minute. */
export async function escalateAlerts(tx: Reader<AnyTables>): Promise<void> {
  await sql`select ctx.ring_on()`.execute(tx);
}

/** Whether anybody is on call for the line, so that the public site promises no more than there is. */
export async function isOnCallNow(db: Db | Reader<AnyTables>, now: Date): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select ctx.on_call_now(${now}) as there`.execute(db);
  return rows[0]?.there === true;
}
