import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';

/** A session gains a public name, how it was opened, how long it may lie unused, and an end that is kept for a day: so that one used after its end is known for what it was. */
export async function sessions(db: Kysely<unknown>): Promise<void> {
  // Nobody's session outlives this change: what was opened before has no limits of its own.
  await sql`alter table sessions no force row level security`.execute(db);
  await sql`delete from sessions`.execute(db);
  await sql`
    alter table sessions
      add column id                  uuid not null unique default gen_random_uuid(),
      add column agency_id           uuid not null references agencies,
      add column method              text not null check (method <> ''),
      add column shared_workstation  boolean not null,
      add column unfinished          boolean not null,
      add column idle_limit          interval not null check (idle_limit > interval '0'),
      add column ended_at            timestamptz,
      add column ended_by            uuid references members,
      add column used_after_end_at   timestamptz,
      add check (ended_by is null or ended_at is not null)`.execute(db);
  await sql`alter table sessions force row level security`.execute(db);
  await sql`create index sessions_by_member on sessions (member_id) where ended_at is null`.execute(db);
  await sql`
    create function ctx.ended_stays_ended() returns trigger language plpgsql as $$
    begin
      if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
        raise exception 'a session that has ended stays ended' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger ended_stays_ended before update on sessions for each row execute function ctx.ended_stays_ended()`.execute(
    db,
  );
  await sql`create function ctx.unfinished() returns uuid language sql stable parallel safe as
    $$ select nullif(current_setting('safelight.unfinished', true), '')::uuid $$`.execute(db);

  for (const old of [
    'enter(bytea, timestamptz)',
    'open_session(bytea, uuid, timestamptz, timestamptz)',
    'close_session(bytea)',
    'end_old_sessions(timestamptz)',
  ])
    await sql.raw(`drop function ctx.${old}`).execute(db);

  await createDefinerFunction(
    db,
    [],
    'live_session(bytea, timestamptz)',
    `create function ctx.live_session(token bytea, at timestamptz) returns setof sessions
     language sql stable security definer set search_path = public, pg_temp as $$
       select * from sessions s
        where s.token_hash = token and s.ended_at is null and s.ends_at > at and s.seen_at + s.idle_limit > at $$`,
  );
  await createDefinerFunction(
    db,
    ['staff', 'statistics', 'publisher', 'auditor'],
    'enter(bytea, timestamptz)',
    `create function ctx.enter(token bytea, at timestamptz)
     returns table (member_id uuid, member_name text, agency_id uuid, agency_name text, side text, roles text[],
                    operations uuid[], partner_operations uuid[], teams uuid[],
                    session_id uuid, started_at timestamptz, shared_workstation boolean, unfinished boolean)
     language plpgsql security definer set search_path = public, pg_temp as $$
     begin
       perform set_config('safelight.now', at::text, true);
       select m.id, m.name, a.id, a.name, a.side, m.roles, s.id, s.started_at, s.shared_workstation, s.unfinished
         into member_id, member_name, agency_id, agency_name, side, roles, session_id, started_at, shared_workstation, unfinished
         from ctx.live_session(token, at) s join members m on m.id = s.member_id join agencies a on a.id = m.agency_id
        where m.ended_at is null or m.ended_at > at;
       if not found then return; end if;
       if unfinished then
         -- A name to greet, and the one thing she may do: no member, no agency, no role.
         roles := '{}'; operations := '{}'; partner_operations := '{}'; teams := '{}';
         perform set_config('safelight.unfinished', member_id::text, true);
         return next;
         return;
       end if;
       select coalesce(array_agg(distinct g.subject) filter (where g.relation = 'member'), '{}'),
              coalesce(array_agg(distinct g.subject) filter (where g.relation = 'partner'), '{}'),
              coalesce(array_agg(distinct g.subject) filter (where g.relation = 'team'), '{}')
         into operations, partner_operations, teams
         from grants g
        where (g.member_id = enter.member_id or g.agency_id = enter.agency_id)
          and g.since <= at and (g.until is null or g.until > at);
       perform set_config('safelight.member', member_id::text, true),
               set_config('safelight.agency', agency_id::text, true),
               set_config('safelight.side', side, true),
               set_config('safelight.roles', array_to_string(roles, ','), true),
               set_config('safelight.operations', operations::text, true),
               set_config('safelight.partner_operations', partner_operations::text, true),
               set_config('safelight.teams', teams::text, true);
       return next;
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'open_session(bytea, uuid, timestamptz, text, boolean, boolean, jsonb)',
    `create function ctx.open_session(token bytea, member uuid, at timestamptz, how text, shared boolean,
                                      half boolean, limits jsonb) returns void
     language sql security definer set search_path = public, pg_temp as $$
       insert into sessions (token_hash, member_id, agency_id, started_at, seen_at, ends_at, method,
                             shared_workstation, unfinished, idle_limit)
       select token, m.id, m.agency_id, at, at, at + make_interval(mins => l.whole), how, shared, half,
              make_interval(mins => l.idle)
         from members m cross join lateral (
           select min((value->>'idle')::int) as idle, min((value->>'whole')::int) as whole from jsonb_each(limits)
            where key = 'everybody' or key = any (m.roles) or (shared and key = 'shared workstation')
               or (half and key = 'unfinished')) l
        where m.id = member and (m.ended_at is null or m.ended_at > at) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'close_session(bytea)',
    `create function ctx.close_session(token bytea) returns void
     language sql security definer set search_path = public, pg_temp as $$
       update sessions set ended_at = coalesce(ctx.now(), now()), ended_by = member_id
        where token_hash = token and ended_at is null $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'end_old_sessions(timestamptz)',
    `create function ctx.end_old_sessions(at timestamptz) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from sessions where ends_at <= at - interval '1 day' $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'used_after_end(bytea, timestamptz)',
    `create function ctx.used_after_end(token bytea, at timestamptz) returns uuid
     language sql security definer set search_path = public, pg_temp as $$
       update sessions set used_after_end_at = at
        where token_hash = token and ended_at is not null and used_after_end_at is null returning member_id $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'sessions_seen(jsonb)',
    `create function ctx.sessions_seen(seen jsonb) returns void
     language sql security definer set search_path = public, pg_temp as $$
       update sessions s set seen_at = n.at from jsonb_to_recordset(seen) as n(id uuid, at timestamptz)
        where s.id = n.id and s.seen_at < n.at and s.ended_at is null $$`,
  );
}
