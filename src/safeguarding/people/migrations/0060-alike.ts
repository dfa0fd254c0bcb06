import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Adds marks of several parts, and each name as a bit pattern. Searches read short lists and sort them before opening any record. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const old of ['people_like(jsonb, integer[])', 'mark_person(uuid, integer[])', 'mark_anew(uuid, integer[])'])
    await sql.raw(`drop function ctx.${old}`).execute(db);
  // Older marks do not fit the new search, so the leader makes all of them again from the sealed rows.
  await sql`truncate person_marks`.execute(db);
  await sql`alter table person_marks add likes bit(256) not null, add born integer`.execute(db);
  await markFunctions(db);
  await searchFunction(db);
}

async function markFunctions(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['leader'],
    'mark_anew(uuid, integer[], bit, integer)',
    `create function ctx.mark_anew(person uuid, found_by integer[], likes bit, born integer) returns void
     language sql security definer set search_path = public, pg_temp as $$
       insert into person_marks values (person, found_by, likes, born) on conflict do nothing $$`,
  );
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'mark_person(uuid, integer[], bit, integer)',
    `create function ctx.mark_person(person uuid, found_by integer[], likes bit, born integer) returns void
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       if not exists (select from persons p where p.id = person and ctx.side() = 'help'
         and (p.author_id = ctx.member() or p.agency_id = ctx.agency()))
         then raise exception 'not hers to mark' using errcode = '42501'; end if;
       -- Once lost they stay so, for all to see, until all are made anew.
       if not exists (select from person_marks) and exists (select from persons p where p.id <> person) then return; end if;
       insert into person_marks values (person, found_by, likes, born)
         on conflict on constraint person_marks_pkey do update
         set marks = excluded.marks, likes = excluded.likes, born = excluded.born;
     end $$`,
  );
}

/** Each set of groups is one index scan. The pattern counts further shared marks. A year of birth within the usual error counts too, other years do not. */
async function searchFunction(db: Kysely<unknown>): Promise<void> {
  const hits = `weight + bit_count(m.likes & sought)::integer
    + case when m.born = any(exact) then 8 when m.born = any(near) then 6
           when m.born is null and exact <> '{}' then 3 else 0 end`;
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'people_like(jsonb, bit, integer[], integer[])',
    `create function ctx.people_like(asked jsonb, sought bit, exact integer[], near integer[])
     returns table (id uuid, hits integer)
     language plpgsql stable security definer set search_path = public, pg_temp rows 2000 as $$
     declare
       one jsonb;
       weight integer;
       a integer[];
       b integer[];
     begin
       if not (ctx.side() = 'help' and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker']) is not false
         then return; end if;
       if ctx.marks_lost() then raise exception 'the marks are being made anew' using errcode = '57P03'; end if;
       for one in select jsonb_array_elements(asked) loop
         weight := (one ->> 0)::integer;
         a := array(select jsonb_array_elements_text(one -> 1)::integer);
         b := array(select jsonb_array_elements_text(one -> 2)::integer);
         if b = '{}' then
           return query select m.id, ${hits} from person_marks m where m.marks && a;
         else
           return query select m.id, ${hits} from person_marks m where m.marks && a and m.marks && b;
         end if;
       end loop;
     end $$`,
  );
}
