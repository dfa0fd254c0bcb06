import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** Finds the member and their emergency access by one query with one plan: each request begins so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const old of [
    'enter(bytea, timestamptz)',
    'live_session(bytea, timestamptz)',
    'broken_glass(uuid, timestamptz)',
  ])
    await sql.raw(`drop function ctx.${old}`).execute(db);
  await createDefinerFunction(
    db,
    ['staff', 'statistics', 'publisher', 'auditor'],
    'enter(bytea, timestamptz)',
    `create function ctx.enter(token bytea, at timestamptz)
     returns table (member_id uuid, member_name text, agency_id uuid, agency_name text, side text, roles text[],
                    operations uuid[], partner_operations uuid[], teams uuid[],
                    session_id uuid, started_at timestamptz, shared_workstation boolean, unfinished boolean,
                    break_glass uuid, glass_operation uuid)
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       select m.id, m.name, a.id, a.name, a.side, m.roles, s.id, s.started_at, s.shared_workstation, s.unfinished,
              g.operations, g.partner_operations, g.teams, b.id, b.operation_id
         into member_id, member_name, agency_id, agency_name, side, roles, session_id, started_at, shared_workstation,
              unfinished, operations, partner_operations, teams, break_glass, glass_operation
         from sessions s join members m on m.id = s.member_id join agencies a on a.id = m.agency_id
        cross join lateral (
              select coalesce(array_agg(distinct g.subject) filter (where g.relation = 'member'), '{}') as operations,
                     coalesce(array_agg(distinct g.subject) filter (where g.relation = 'partner'), '{}') as partner_operations,
                     coalesce(array_agg(distinct g.subject) filter (where g.relation = 'team'), '{}') as teams
                from grants g
               where (g.member_id = m.id or g.agency_id = a.id) and g.since <= at and (g.until is null or g.until > at)) g
         left join lateral (
              select b.id, b.operation_id from break_glass b
               where b.member_id = m.id and b.agency_id = a.id
                 and b.opened_at <= at and coalesce(b.ended_at, b.until) > at
                 and exists (select 1 from partners p where p.operation_id = b.operation_id and p.agency_id = b.agency_id)
               limit 1) b on true
        where s.token_hash = token and s.ended_at is null and s.ends_at > at and s.seen_at + s.idle_limit > at
          and (m.ended_at is null or m.ended_at > at);
       if not found then
         perform set_config('safelight.now', at::text, true);
         return;
       end if;
       if unfinished then
         -- A name to greet, and the one thing she may do: no member, no agency, no role.
         roles := '{}'; operations := '{}'; partner_operations := '{}'; teams := '{}';
         break_glass := null; glass_operation := null;
         perform set_config('safelight.now', at::text, true),
                 set_config('safelight.unfinished', member_id::text, true);
         return next;
         return;
       end if;
       perform set_config('safelight.now', at::text, true),
               set_config('safelight.member', member_id::text, true),
               set_config('safelight.agency', agency_id::text, true),
               set_config('safelight.side', side, true),
               set_config('safelight.roles', array_to_string(roles, ','), true),
               set_config('safelight.operations', operations::text, true),
               set_config('safelight.partner_operations', partner_operations::text, true),
               set_config('safelight.teams', teams::text, true),
               set_config('safelight.glass', coalesce(glass_operation::text, ''), true);
       return next;
     end $$`,
  );
}
