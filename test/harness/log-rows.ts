/** Rows of the access log, for tests that ask what was written down. */
import type { Db } from '../../src/platform/database/database.ts';

/** Rows of these events in the order in which they were written, or of all events where none is named. */
export async function logRows(db: Db, events: readonly string[], columns: readonly string[]) {
  const rows = db
    .selectFrom('accessLog')
    .select([...columns])
    .orderBy('id');
  return events.length > 0 ? rows.where('event', 'in', [...events]).execute() : rows.execute();
}
