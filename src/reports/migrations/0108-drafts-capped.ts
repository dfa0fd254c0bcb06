import { type Kysely, sql } from 'kysely';
import { doorFunction } from '../../platform/door-function.ts';

/** Half-told reports are in no dump of the write-ahead log, and take so much room at most: beyond it the oldest go. Half of the room is for those that were only begun, so that a flood of them ends none that was answered, and none that was answered keeps new ones out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Says which is older, and not when it was made.
  await sql`alter table report_drafts add column number bigint generated always as identity`.execute(db);
  await sql`alter table report_drafts set unlogged`.execute(db);
  await doorFunction(
    db,
    ['public'],
    'cap_drafts(bigint, bigint)',
    `create function ctx.cap_drafts(most_rows bigint, most_bytes bigint) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from report_drafts d
        using (select hash, row_number() over newest as place, sum(octet_length(sealed) + 200) over newest as bytes
                 from report_drafts
               window newest as (partition by before is null order by number desc rows unbounded preceding)) counted
        where d.hash = counted.hash and (counted.place > most_rows / 2 or counted.bytes > most_bytes / 2) $$`,
  );
}
