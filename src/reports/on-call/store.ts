/** How turns on call and alerts lie in PostgreSQL. */

import { sql } from 'kysely';
import type { AnyTables, Db, Reader, Writer } from '../../platform/database/database.ts';
import { markNotificationsRead } from '../../platform/notifications/index.ts';
import { onCallStore } from '../../platform/on-call/store.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { Alert, OnCallShift } from './on-call.ts';

export const { listShifts, addShift, endShift, listRinging, findAlert, takeOn } = onCallStore<OnCallShift, Alert>(
  'onCallShifts',
  'dangerUrgentPages',
  ['place'],
);

/** For the police line: the member's notifications of urgent reports count as opened when no alert is left, so that leads are not alerted. The other line lies in another database than its notifications, which do not say what is new. */
export async function takeOnAndOpen(tx: Writer<AnyTables>, id: string, by: MemberId, hour: Date): Promise<boolean> {
  if (!(await takeOn(tx, id, by, hour))) return false;
  if ((await listRinging(tx)).length === 0) await markNotificationsRead(tx, by, hour, 'urgent report');
  return true;
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
