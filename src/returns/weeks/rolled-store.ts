/** A coordinator's weeks for the comparison. Row policies leave them out for everybody but coordinators of the agency. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { readWeek } from '../exchange/inbox/reading-week.ts';
import { type ExchangeWeekId, listWeeks } from '../exchange/store.ts';
import { type NamedRolledWeek, nameRolledWeek, type RolledWeek, toRolledWeek } from './rolled-week.ts';

/** Each is added from all its documents. */
export const mostRolled = 4;

/** Latest first. */
export async function listRolledWeeks(db: Reader<AnyTables>, most: number): Promise<readonly NamedRolledWeek[]> {
  return (await listWeeks(db)).slice(0, most).map(nameRolledWeek);
}

/** Those of these ids that the reader may see, the latest first. One after the other, so that memory holds the documents of one. */
export async function readRolledWeeks(
  db: Reader<AnyTables>,
  ids: readonly string[],
  now: Date,
): Promise<{ readonly weeks: readonly RolledWeek[]; readonly left: number }> {
  if (ids.length === 0) return { weeks: [], left: 0 };
  const found = await db
    .selectFrom('exchangeWeeks')
    .select('id')
    .where('id', 'in', ids as readonly ExchangeWeekId[])
    .orderBy('startsOn', 'desc')
    .orderBy('id')
    .execute();
  const weeks: RolledWeek[] = [];
  for (const { id } of found.slice(0, mostRolled)) weeks.push(toRolledWeek(await readWeek(db, id, now)));
  return { weeks, left: Math.max(0, found.length - mostRolled) };
}
