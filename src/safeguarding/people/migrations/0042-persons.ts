import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { createVersionsTable } from '../../../platform/database/earlier-versions.ts';
import { origins } from '../person.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Records of people who may need help, in the safeguarding database. Only the origin is readable; everything else is one sealed value under the person’s own key. The marks of names are keyed digests, in a table that no dump, backup or replica contains. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table persons (
      id            uuid primary key,
      agency_id     uuid not null,
      author_id     uuid not null,
      operation_id  uuid,
      origin        text not null check (origin in (${oneOf(origins)})),
      origin_id     uuid,
      sealed_known  bytea not null,
      wrapped_key   bytea not null,
      opened_at     timestamptz not null check (opened_at = date_trunc('hour', opened_at)),
      check ((origin in ('met at a visit', 'told in a report')) = (origin_id is not null)),
      check ((origin = 'met at a visit') = (operation_id is not null))
    )`.execute(db);
  await sql`create index persons_by_agency on persons (agency_id)`.execute(db);
  await sql`create index persons_by_operation on persons (operation_id) where operation_id is not null`.execute(db);
  await sql`create index persons_by_author on persons (author_id)`.execute(db);
  await sql`create index persons_by_origin on persons (origin_id) where origin_id is not null`.execute(db);
  await createVersionsTable(db, 'persons');
  await sql`alter table persons_versions add check (replaced_at = date_trunc('hour', replaced_at))`.execute(db);
  await markTables(db);
  await lostMarks(db);
  await markFunctions(db);
}

async function markTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table person_marks (
      id     uuid primary key references persons on delete cascade,
      marks  integer[] not null
    ) with (fillfactor = 90)`.execute(db);
  // Without a pending list, new records are found at once, and no search pays for the merge.
  await sql`create index person_marks_by_mark on person_marks using gin (marks) with (fastupdate = off)`.execute(db);
  await sql`create policy relations on person_marks to safelight_relations using (true) with check (true)`.execute(db);
  await sql`grant select, insert, update, delete on person_marks to safelight_relations`.execute(db);
}

/** A server crash empties the table of marks. Until the leader has made them again from the sealed rows, searches fail instead of finding nobody. */
async function lostMarks(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    [],
    'marks_lost()',
    `create function ctx.marks_lost() returns boolean
     language sql stable security definer set search_path = public, pg_temp as $$
       select not exists (select from person_marks) and exists (select from persons) $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'unmarked_persons(uuid, integer)',
    `create function ctx.unmarked_persons(beyond uuid, most integer)
     returns table (id uuid, sealed_known bytea, wrapped_key bytea)
     language sql stable security definer set search_path = public, pg_temp as $$
       select p.id, p.sealed_known, p.wrapped_key from persons p
       where p.id > beyond and not exists (select from person_marks m where m.id = p.id) order by p.id limit most $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'mark_anew(uuid, integer[])',
    `create function ctx.mark_anew(person uuid, found_by integer[]) returns void
     language sql security definer set search_path = public, pg_temp as $$
       insert into person_marks values (person, found_by) on conflict do nothing $$`,
  );
}

/** No application role reads marks. A search returns ids, and the row policies of `persons` decide which of those are visible. */
async function markFunctions(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'people_like(jsonb, integer[])',
    `create function ctx.people_like(asked jsonb, years integer[]) returns table (id uuid, hits integer)
     language plpgsql stable security definer set search_path = public, pg_temp as $$
     declare
       one jsonb;
       weight integer;
       a integer[];
       b integer[];
       c integer[];
     begin
       if not (ctx.side() = 'help' and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker']) is not false
         then return; end if;
       if ctx.marks_lost() then raise exception 'the marks are being made anew' using errcode = '57P03'; end if;
       for one in select jsonb_array_elements(asked) loop
         weight := (one ->> 0)::integer;
         a := array(select jsonb_array_elements_text(one -> 1)::integer);
         b := array(select jsonb_array_elements_text(one -> 2)::integer);
         c := array(select jsonb_array_elements_text(one -> 3)::integer);
         if b = '{}' then
           return query select m.id, weight + 2 * (m.marks && years)::integer from person_marks m where m.marks && a;
         elsif c = '{}' then
           return query select m.id, weight + 2 * (m.marks && years)::integer
             from person_marks m where m.marks && a and m.marks && b;
         else
           return query select m.id, weight + 2 * (m.marks && years)::integer
             from person_marks m where m.marks && a and m.marks && b and m.marks && c;
         end if;
       end loop;
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'mark_person(uuid, integer[])',
    `create function ctx.mark_person(person uuid, found_by integer[]) returns void
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       if not exists (select from persons p where p.id = person and ctx.side() = 'help'
         and (p.author_id = ctx.member() or p.agency_id = ctx.agency()))
         then raise exception 'not hers to mark' using errcode = '42501'; end if;
       -- Once lost they stay so, for all to see, until all are made anew.
       if not exists (select from person_marks) and exists (select from persons p where p.id <> person) then return; end if;
       insert into person_marks values (person, found_by)
         on conflict on constraint person_marks_pkey do update set marks = excluded.marks;
     end $$`,
  );
}
