import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import { maxFilesPerReport } from '../attachments/store.ts';
import { daysAfterClosing } from '../report.ts';
import { toTheHour } from './given.ts';

/** Files that a reporter adds later with the receipt. The hour and the message they came with are kept, so that a repeat is stored once. The same in both stores. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table report_files add column added_with uuid, add column added_at timestamptz ${toTheHour('added_at')},
    add check (num_nulls(added_with, added_at) in (0, 2)),
    drop constraint report_files_place_check, add constraint report_files_place_check check (place between 0 and ${sql.lit(maxFilesPerReport - 1)})`.execute(
    db,
  );
  await createDefinerFunction(
    db,
    ['public'],
    'add_files_later(bytea, uuid, uuid[], bytea[], bytea[], text[], boolean, timestamptz, uuid)',
    `create function ctx.add_files_later(asked bytea, part uuid, ids uuid[], abouts bytea[], keys bytea[], states text[], keeps boolean, hour timestamptz, request uuid)
     returns text language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       found_report reports;
       places integer;
     begin
       select * into found_report from reports r
        where r.look_up = asked and (r.state <> 'closed' or r.acted_at > hour - interval '${daysAfterClosing} days') for update;
       if not found then return null; end if;
       if exists (select 1 from report_files f where f.report_id = found_report.id and f.added_with = part) then return 'sent before'; end if;
       select 1 + coalesce(max(f.place), -1) into places from report_files f where f.report_id = found_report.id;
       if places + cardinality(ids) > ${maxFilesPerReport} then return 'no room'; end if;
       insert into report_files (id, report_id, place, about, sealed_key, keeps_original, state, added_with, added_at)
         select f.id, found_report.id, places + f.nth - 1, f.about, f.key, keeps, f.state, part, hour
           from unnest(ids, abouts, keys, states) with ordinality as f (id, about, key, state, nth);
       update reports r set state = 'open', unread = true, acted_at = greatest(r.acted_at, hour),
              due_at = case when r.unread then r.due_at else hour + make_interval(hours => coalesce(
                (select a.promised_hours from attendances a order by a.set_at desc, a.id desc limit 1), 24)) end
        where r.id = found_report.id;
       insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
         values (hour, 'collection', 'report.files added', 'anyone', 'information', found_report.id, found_report.agency_id, request);
       return 'added';
     end $$`,
  );
}
