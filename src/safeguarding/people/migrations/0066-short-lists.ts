import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Adds marks of two parts, each with a slip. Rows become narrow enough to stay in memory, because a search reads patterns and never marks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Older marks do not fit the new search, so the leader makes all of them again from the sealed rows.
  await sql`truncate person_marks`.execute(db);
  await sql`alter table person_marks alter marks set storage external, set (toast_tuple_target = 128)`.execute(db);
  await sql`drop function ctx.people_like(jsonb, bit, integer[], integer[])`.execute(db);
  await searchFunction(db);
}

/** One index scan, or two that must intersect. Avoids the sequential scan that the planner prefers and that takes seconds. A year of birth within the usual error counts too, other years do not. */
async function searchFunction(db: Kysely<unknown>): Promise<void> {
  const hits = `bit_count(m.likes & sought)::integer
    + case when m.born = any(exact) then 8 when m.born = any(near) then 6
           when m.born is null and exact <> '{}' then 3 else 0 end`;
  await createDefinerFunction(
    db,
    ['safeguarding'],
    'people_like(integer[], integer[], bit, integer[], integer[])',
    `create function ctx.people_like(one integer[], other integer[], sought bit, exact integer[], near integer[])
     returns table (id uuid, hits integer)
     language plpgsql stable security definer rows 500
     set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
     begin
       if not (ctx.side() = 'help' and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker']) is not false
         then return; end if;
       if ctx.marks_lost() then raise exception 'the marks are being made anew' using errcode = '57P03'; end if;
       if other = '{}' then
         return query select m.id, ${hits} from person_marks m where m.marks && one;
       else
         return query select m.id, ${hits} from person_marks m where m.marks && one and m.marks && other;
       end if;
     end $$`,
  );
}
