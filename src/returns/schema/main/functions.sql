-- Returns: the functions in the main database.

-- Freezes a signed return for every role. A write waits for a signature in progress, and is then refused.
create or replace function refuse_signed() returns trigger
  language plpgsql as $$
declare
  held jsonb := to_jsonb(case when tg_op = 'INSERT' then new else old end);
  signed uuid := coalesce(held ->> 'return_id', held ->> 'id')::uuid;
begin
  perform 1 from returns r where r.id = signed for share;
  if exists (select 1 from return_signatures s where s.return_id = signed) then
    raise exception 'a signed return is frozen' using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;

-- Safeguarding figures must be zero, or a minimum that is a multiple of 5.
create or replace function under_disclosure_control(figures jsonb) returns boolean
  language sql immutable parallel safe as $$
  select not exists (
    select from unnest(array['people.advised', 'people.declinedPolice', 'needs.recorded', 'referrals.made', 'referrals.accepted', 'referrals.declined']) as name,
           jsonb_path_query(figures -> name, '$.** ? (@.kind == "number")') as quantity
     where (quantity -> 'value')::int <> 0
       and ((quantity -> 'value')::int % 5 <> 0 or quantity ->> 'qualifier' <> 'at least'))
$$;

-- A return becomes final after the last day of its operation, in London time.
create or replace function final_after_the_last_day() returns trigger
  language plpgsql as $$
begin
  if exists (select from returns r where r.id = new.return_id and r.stage = 'final'
               and (new.signed_at at time zone 'Europe/London')::date <= (r.facts #>> '{localDates,1}')::date) then
    raise exception 'a return is final after the last day of its operation' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

create or replace function ctx.refuse_final() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from returns r where r.id = new.return_id and r.stage = 'final')
     and ctx.glass_to_review(new.operation_id) > 0 then
    raise exception 'glass was broken on this operation and is not reviewed' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

reset role;
