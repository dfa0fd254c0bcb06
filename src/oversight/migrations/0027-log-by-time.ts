import { type Kysely, sql } from 'kysely';

/** What stood out in the last weeks is sought among the rows of those weeks, and not in all that were ever written. The log is added to in the order of time, so that a line for each run of pages is enough; a new row costs nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index access_log_by_time on access_log using brin (at) with (pages_per_range = 32, autosummarize = on)`.execute(
    db,
  );
}
