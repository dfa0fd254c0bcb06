import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';

/** Unfinished reports are in no dump of the write-ahead log, and are limited in total size: beyond it the oldest are deleted. Half of the limit is for drafts with no answer yet, so that a flood of those deletes no answered draft, and answered drafts never keep new ones out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Says which is older, and not when it was made.
  await sql`alter table report_drafts add column number bigint generated always as identity`.execute(db);
  await sql`alter table report_drafts set unlogged`.execute(db);
  await createDefinerFunction(
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
