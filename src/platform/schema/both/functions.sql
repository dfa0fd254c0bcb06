-- The access log, events that wait to be delivered, forms already sent and notifications: the functions in both
-- databases.

create or replace function ctx.member() returns uuid
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.member', true), '')::uuid $$;

create or replace function ctx.agency() returns uuid
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.agency', true), '')::uuid $$;

create or replace function ctx.side() returns text
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.side', true), '')::text $$;

create or replace function ctx.now() returns timestamptz
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.now', true), '')::timestamptz $$;

create or replace function ctx.reason() returns text
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.reason', true), '')::text $$;

create or replace function ctx.operations() returns uuid[]
  language sql stable parallel safe as
  $$ select nullif(current_setting('safelight.operations', true), '')::uuid[] $$;

create or replace function ctx.partner_operations() returns uuid[]
  language sql stable parallel safe as
  $$ select nullif(current_setting('safelight.partner_operations', true), '')::uuid[] $$;

create or replace function ctx.teams() returns uuid[]
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.teams', true), '')::uuid[] $$;

create or replace function ctx.roles() returns text[]
  language sql stable parallel safe as
  $$ select string_to_array(nullif(current_setting('safelight.roles', true), ''), ',') $$;

-- Keeps the earlier version of a row in `<table>_versions`, with who replaced it, when and why.
create or replace function ctx.keep_earlier_version() returns trigger
  language plpgsql as $$
begin
  if to_jsonb(old) is distinct from to_jsonb(new) then
    execute format('insert into %I (id, record, version, replaced_by, replaced_at, reason)
                    select $1, $2, 1 + coalesce((select max(version) from %I where id = $1), 0), $3, $4, $5',
                   tg_table_name || '_versions', tg_table_name || '_versions')
    using old.id, to_jsonb(old), ctx.member(), ctx.now(), ctx.reason();
  end if;
  return new;
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Waits while another transaction claims the same key, and continues once that one has ended.
create or replace function ctx.claim_key(claimed bytea, hash bytea, until timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into idempotency_keys (key, request_hash, expires_at) values (claimed, hash, until) on conflict do nothing;
  return found;
end
$$;

create or replace function ctx.claimed_key(asked bytea) returns table (request_hash bytea, answer bytea)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select k.request_hash, k.answer from idempotency_keys k where k.key = asked $$;

-- What the member opened lately, by their own rows of the log: the record alone, the latest first. Of their last 500 looks of two weeks.
create or replace function ctx.recently_opened(events text[], most integer) returns table (event text, subject uuid, at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select l.event, l.subject, max(l.at)
    from (select a.event, a.subject, a.at from access_log a
           where a.member_id = ctx.member() and a.at > ctx.now() - interval '14 days' and a.kind = 'consultation'
           order by a.at desc, a.id desc limit 500) l
   where l.event = any (events) and l.subject is not null
   group by l.event, l.subject order by max(l.at) desc, l.subject limit most
$$;

-- The change is safe already: an answer lost in a crash costs a page, so nobody waits for the disk.
create or replace function ctx.answer_key(claimed bytea, given bytea) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  update idempotency_keys k set answer = given where k.key = claimed and k.answer is null;
end
$$;

create or replace function ctx.release_key(claimed bytea) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ delete from idempotency_keys where key = claimed $$;

create or replace function ctx.forget_keys(moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ delete from idempotency_keys where expires_at <= moment $$;

reset role;
