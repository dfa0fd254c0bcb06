-- Weeks of action, operations, plans, powers of entry, briefings and temporary access: the functions in the main
-- database.

create or replace function ctx.glass() returns uuid
  language sql stable as $$
  select nullif(current_setting('safelight.glass', true), '')::uuid
  where current_setting('transaction_read_only') = 'on'
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

create or replace function ctx.briefing_at(asked uuid) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(
    (select b.opens_at from briefing_times b where b.team_id = t.id order by b.set_at desc, b.id desc limit 1),
    (select b.opens_at from briefing_times b where b.operation_id = o.id and b.team_id is null
      order by b.set_at desc, b.id desc limit 1),
    ((o.starts_on - 1) + time '16:00') at time zone 'Europe/London')
  from teams t join operations o on o.id = t.operation_id where t.id = asked
$$;

-- Whether a commander decided that an operation goes ahead: the latest decision without its reason, for a member who
-- takes part by name. Teams may not read the policy log, but must not go in without a decision. Dates moved after
-- a decision to go ahead end it.
create or replace function ctx.decision_to_proceed(asked uuid) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select nullif(kind, 'dates moved') from policy_log
   where operation_id = asked and kind in ('go', 'no-go', 'dates moved') and asked = any (ctx.operations())
   order by recorded_at desc, id desc limit 1
$$;

-- Whether a planned visit was added after the latest decision to go ahead or not.
create or replace function ctx.added_since_decision(asked uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from policy_log a
    where a.about = asked and a.kind = 'visit added' and a.operation_id = any (ctx.operations())
      and not exists (select from policy_log d where d.operation_id = a.operation_id and d.kind in ('go', 'no-go')
        and (d.recorded_at, d.id) > (a.recorded_at, a.id)))
$$;

create or replace function ctx.team_days() returns table (team_id uuid, day date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct v.team_id, v.day from planned_visits v join team_members m on m.team_id = v.team_id
   where m.member_id = ctx.member() and v.state = 'planned'
$$;

create or replace function ctx.align_team(asked uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  at timestamptz := ctx.now();
  operation uuid; opens timestamptz; closes timestamptz; giver uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('team/' || asked, 0));
  select o.id, ctx.briefing_at(t.id), (o.ends_on + 15)::timestamp at time zone 'Europe/London',
         coalesce(ctx.member(), o.planned_by)
    into operation, opens, closes, giver
    from teams t join operations o on o.id = t.operation_id where t.id = asked;
  update grants g set until = greatest(g.since, at)
   where g.relation = 'team' and g.subject = asked and g.until > g.since and (at is null or g.until > at)
     and not coalesce(g.until = closes and (g.since = opens or (opens <= at and g.since <= at))
                      and exists (select 1 from team_members m where m.team_id = asked and m.member_id = g.member_id), false);
  insert into grants (id, relation, subject, operation_id, member_id, since, until, given_by)
  select gen_random_uuid(), 'team', asked, operation, m.member_id, greatest(opens, at), closes, giver
    from team_members m
   where m.team_id = asked and greatest(opens, at) < closes
     and not exists (select 1 from grants g where g.relation = 'team' and g.subject = asked
                       and g.member_id = m.member_id and g.until = closes and g.until > g.since
                       and (g.since = opens or (opens <= at and g.since <= at)));
end
$$;

-- Which of these files still belong to a plan: the others are destroyed.
create or replace function ctx.plan_files_among(ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as
  $$ select f.file_id from plan_files f where f.file_id = any (ids) $$;

create or replace function ctx.follow_plan() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'team_members' then
    perform ctx.align_team(coalesce(new.team_id, old.team_id));
  elsif tg_table_name = 'operations' then
    perform ctx.align_team(t.id) from teams t where t.operation_id = new.id;
  else
    perform ctx.align_team(t.id) from teams t
      where t.operation_id = new.operation_id and (new.team_id is null or t.id = new.team_id);
  end if;
  return null;
end
$$;

create or replace function ctx.glass_to_review(asked uuid) returns bigint
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from break_glass b where b.operation_id = asked
     and not exists (select 1 from break_glass_reviews r where r.id = b.id)
$$;

create or replace function ctx.shift_pass_holder(hash bytea, at timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.member_id from temporary_access p join members m on m.id = p.member_id
   where p.code_hash = hash and not m.gone and p.ended_at is null
     and at >= p.starts_at - interval '30 minutes' and at < p.ends_at
$$;

create or replace function ctx.use_shift_pass(hash bytea, at timestamptz) returns uuid
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  holder uuid;
begin
  update temporary_access p set used_at = at where p.member_id = ctx.shift_pass_holder(hash, at)
   returning p.member_id into holder;
  -- One pass, one screen: whoever signs in with it again has left the screen before.
  perform ctx.end_sessions(holder);
  return holder;
end
$$;

create or replace function ctx.keep_passes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.agency_id, new.operation_id, new.member_id, new.code_hash, new.starts_at, new.ends_at, new.made_by)
       is distinct from (old.id, old.agency_id, old.operation_id, old.member_id, old.code_hash, old.starts_at, old.ends_at, old.made_by)
     or not exists (select from members m where m.id = new.member_id and m.agency_id = new.agency_id and m.shift_only) then
    raise exception 'a pass is for a volunteer of one shift, and stays as it was made' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

reset role;
