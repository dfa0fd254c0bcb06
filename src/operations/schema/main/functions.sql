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

-- Whether a planned visit was added after the latest decision to go ahead or not, or that decision left it out.
create or replace function ctx.added_since_decision(asked uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from policy_log a
    where a.about = asked and a.kind in ('visit added', 'visit left out') and a.operation_id = any (ctx.operations())
      and not exists (select from policy_log d where d.operation_id = a.operation_id and d.kind in ('go', 'no-go')
        and (d.recorded_at, d.id) > (a.recorded_at, a.id)))
$$;

create or replace function ctx.team_days() returns table (team_id uuid, day date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct v.team_id, v.day from planned_visits v join team_members m on m.team_id = v.team_id
   where m.member_id = (select ctx.member()) and v.state = 'planned'
$$;

-- Whether people of an agency wait in an operation: it accepted no invitation to any of its parts. An agency without an
-- invitation does not wait.
create or replace function ctx.agency_waits(operation uuid, agency uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(bool_and(i.id is not null and i.answer is distinct from 'accepted'), false)
      from partners p left join partner_invitations i on i.id = p.id
     where p.operation_id = operation and p.agency_id = agency);
end
$$;

-- The operations that the member's agency is invited to, whatever it answered: who answers must know to what.
create or replace function ctx.invited_operations() returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(i.operation_id), '{}') from partner_invitations i where i.agency_id = ctx.agency());
end
$$;

-- Whether two agencies have an agreement that counts on this day: the same as findAgreement in
-- src/identity/agreements/agreement.ts.
create or replace function ctx.agreement_counts(one uuid, other uuid, day date) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from agreements a where a.agencies @> array[one, other] and not a.withdrawn && array[one, other]
    and a.confirmed @> (a.agencies || a.also_asks)
    and a.signed_on <= day and a.review_on >= day and a.dpia_on <= day
    and not exists (select from agreements s where s.replaces = a.id and s.confirmed @> (s.agencies || s.also_asks)))
$$;

-- An invitation is answered in the member's own name, once: a declined one can still be accepted, never the reverse. An
-- answer by telephone is recorded by a planner of the agency that leads, with who said it and when.
create or replace function ctx.keep_invitations() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.answer is not null or new.said_by is not null or new.invited_at is distinct from ctx.now() or new.invited_by is distinct from ctx.member()
       or not exists (select from partners p where p.id = new.id and p.operation_id = new.operation_id
                        and p.agency_id = new.agency_id and not p.own_unit) then
      raise exception 'a partner is invited now, and answers itself' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (to_jsonb(old) - '{answer,reason,answered_by,answered_at,said_by,said_at}'::text[])
       is distinct from (to_jsonb(new) - '{answer,reason,answered_by,answered_at,said_by,said_at}'::text[])
     or new.answer is null or old.answer = 'accepted' or old.answer = new.answer
     or new.answered_by is distinct from ctx.member() or new.answered_at is distinct from ctx.now()
     or (new.said_by is null and new.agency_id is distinct from ctx.agency())
     or (new.said_by is not null and (new.said_at > ctx.now()
          or not exists (select from operations o where o.id = new.operation_id and o.agency_id = ctx.agency()))) then
    raise exception 'an invitation is answered once, in the own name' using errcode = 'check_violation';
  end if;
  if new.answer = 'accepted' and new.needs_agreement and not exists (select from operations o where o.id = new.operation_id
       and ctx.agreement_counts(o.agency_id, new.agency_id, (ctx.now() at time zone 'Europe/London')::date)) then
    raise exception 'no partner joins without an agreement' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- Nobody of an agency that waits is given anything in the operation.
create or replace function ctx.keep_waiting_out() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx.agency_waits(new.operation_id, coalesce(new.agency_id, (select m.agency_id from members m where m.id = new.member_id))) then
    raise exception 'this agency has not accepted its invitation' using errcode = 'check_violation';
  end if;
  return new;
end
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
                      and exists (select 1 from team_members m join members who on who.id = m.member_id
                                   where m.team_id = asked and m.member_id = g.member_id
                                     and not ctx.agency_waits(operation, who.agency_id)), false);
  insert into grants (id, relation, subject, operation_id, member_id, since, until, given_by)
  select gen_random_uuid(), 'team', asked, operation, m.member_id, greatest(opens, at), closes, giver
    from team_members m join members who on who.id = m.member_id
   where m.team_id = asked and greatest(opens, at) < closes and not ctx.agency_waits(operation, who.agency_id)
     and not exists (select 1 from grants g where g.relation = 'team' and g.subject = asked
                       and g.member_id = m.member_id and g.until = closes and g.until > g.since
                       and (g.since = opens or (opens <= at and g.since <= at)));
end
$$;

-- Access follows the invitation: it begins with the answer that opens the operation, and ends with a refusal.
create or replace function ctx.follow_invitation() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  at timestamptz := coalesce(ctx.now(), now());
  one partner_invitations := coalesce(new, old);
begin
  if ctx.agency_waits(one.operation_id, one.agency_id) then
    update grants g set until = greatest(g.since, at)
     where g.operation_id = one.operation_id and g.relation in ('member', 'partner') and (g.until is null or g.until > at)
       and (g.agency_id = one.agency_id or g.member_id in (select m.id from members m where m.agency_id = one.agency_id));
  elsif tg_op <> 'DELETE' then
    insert into grants (id, relation, subject, operation_id, member_id, agency_id, since, given_by)
    select gen_random_uuid(), wanted.relation, one.operation_id, one.operation_id, wanted.member_id, wanted.agency_id, at,
           coalesce(ctx.member(), one.invited_by)
      from (select 'partner' as relation, null::uuid as member_id, one.agency_id as agency_id
            union all
            select 'member', m.id, null from operation_members o join members m on m.id = o.member_id
             where o.operation_id = one.operation_id and m.agency_id = one.agency_id and m.ended_at is null) wanted
     where not exists (select from grants g where g.operation_id = one.operation_id and g.relation = wanted.relation
       and (g.member_id = wanted.member_id or g.agency_id = wanted.agency_id) and (g.until is null or g.until > at));
  end if;
  perform ctx.align_team(t.id) from teams t
    where t.operation_id = one.operation_id and exists (select from team_members m join members who on who.id = m.member_id
      where m.team_id = t.id and who.agency_id = one.agency_id);
  return null;
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
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) from break_glass b where b.operation_id = asked
       and not exists (select 1 from break_glass_reviews r where r.id = b.id));
end
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

-- Planned visits whose ids end as a reference may mean, those too that the caller may not see: row policies decide on the
-- ids, and would not let an index find them. The order leads to it before there are statistics of it.
create or replace function ctx.planned_visits_ending(endings text[]) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(one.id), '{}')
    from (select id from planned_visits where right(id::text, 8) = any (endings)
           order by right(id::text, 8) limit 100) one
$$;

reset role;
