import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../platform/access-policy/definer-functions.ts';
import { cleaningFailures } from '../../platform/files/index.ts';
import { fileStates } from '../attachments/store.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Files of reports: their descriptions are sealed, their keys are wrapped for the line's staff, and the public site can add files and read none. The same in both stores. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_files (
      id              uuid primary key,
      report_id       uuid not null references reports,
      place           integer not null check (place between 0 and 9),
      about           bytea not null,
      sealed_key      bytea,
      keeps_original  boolean not null,
      state           text not null check (state in (${oneOf(fileStates)})),
      copy_id         uuid unique,
      copy_key        bytea,
      parts           integer check (parts > 0),
      why             text check (why in (${oneOf(cleaningFailures)})),
      unique (report_id, place),
      check ((state = 'ready') = (copy_id is not null)),
      check (num_nulls(copy_id, copy_key, parts) in (0, 3)),
      check ((state = 'not cleaned') = (why is not null)),
      check (sealed_key is not null or (not keeps_original and state in ('ready', 'not cleaned')))
    )`.execute(db);
  await sql`create policy relations on report_files to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select, insert, update, delete on report_files to safelight_relations`.execute(db);
  await createDefinerFunction(
    db,
    ['public'],
    'add_report_files(uuid, uuid[], bytea[], bytea[], text[], boolean, timestamptz, uuid)',
    `create function ctx.add_report_files(report uuid, ids uuid[], abouts bytea[], keys bytea[], states text[], keeps boolean, hour timestamptz, request uuid)
     returns void language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       owner uuid;
     begin
       select agency_id into owner from reports where id = report and state = 'open';
       if owner is null then
         raise exception 'no such report' using errcode = 'insufficient_privilege';
       end if;
       insert into report_files (id, report_id, place, about, sealed_key, keeps_original, state)
         select f.id, report, f.place - 1, f.about, f.key, keeps, f.state
           from unnest(ids, abouts, keys, states) with ordinality as f (id, about, key, state, place)
         on conflict do nothing;
       if not found then return; end if;
       insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
         values (hour, 'collection', 'report.files added', 'anyone', 'information', report, owner, request);
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'report_files_among(uuid[])',
    `create function ctx.report_files_among(ids uuid[]) returns setof uuid
     language sql stable security definer set search_path = public, pg_temp as $$
       select f.id from report_files f where f.id = any (ids)
       union all select f.copy_id from report_files f where f.copy_id = any (ids) $$`,
  );
}
