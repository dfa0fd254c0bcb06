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

-- Figures of people helped and of potential victims are multiples of 5 that are said as rounded, or as a minimum in returns
-- from before. Until edition 2026-11 officers’ referrals and concerns at a screening were exact: a return that was signed
-- then stays as it is.
create or replace function under_disclosure_control(figures jsonb) returns boolean
  language sql immutable parallel safe as $$
  select not exists (
    select from unnest(array['people.advised', 'people.declinedPolice', 'needs.recorded', 'referrals.made', 'referrals.accepted', 'referrals.declined', 'victims.byOfficers', 'victims.inNotes', 'nrm.sentBySupport', 'nrm.referredBySupport', 'nrm.notifiedBySupport']
             || case when figures ? 'victims.byOfficers' then array['arrests.concern', 'nrm.sent', 'nrm.referred', 'nrm.notified'] else '{}' end) as name,
           jsonb_path_query(figures -> name, '$.** ? (@.kind == "number")') as quantity
     where (quantity -> 'value')::int <> 0
       and ((quantity -> 'value')::int % 5 <> 0 or quantity ->> 'qualifier' not in ('about', 'at least')))
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

-- What a signature covers of a return, as one digest: it tells whether anything changed since.
create or replace function return_content(r returns) returns text
  language sql immutable parallel safe as $$
  select encode(sha256(convert_to((jsonb_build_array(r.version, r.definitions, r.facts, r.figures)
    || case when r.protection = '[]' then '[]'::jsonb else jsonb_build_array(r.protection) end)::text, 'UTF8')), 'hex')
$$;

-- A member cannot make a return final by one signature, nor take a final one back by a later version. The second
-- signature does, in the function below.
create or replace function refuse_final_by_one() returns trigger
  language plpgsql as $$
begin
  if new.countersigned_by is not null
     or exists (select from returns r where r.id = new.return_id and r.stage = 'final')
     or exists (select from returns r
                  join returns f on f.operation_id = r.operation_id and f.version < r.version and f.stage = 'final'
                  join return_signatures s on s.return_id = f.id
                 where r.id = new.return_id) then
    raise exception 'a final return needs a second signature' using errcode = 'check_violation';
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

-- An analyst discards a version that nobody signed, with its workings. A signed one is frozen, and so is one that was signed
-- first, whatever the second person decided. The number is used again by the next count.
create or replace function ctx.discard_return(discarded uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce('analyst' = any (ctx.roles()), false) then
    raise exception 'an analyst discards a count' using errcode = 'insufficient_privilege';
  end if;
  perform from returns r
    where r.id = discarded and r.operation_id = any (ctx.partner_operations()) for update;
  if not found
     or exists (select from return_signatures s where s.return_id = discarded)
     or exists (select from return_first_signatures f where f.return_id = discarded) then
    return false;
  end if;
  delete from return_records c where c.return_id = discarded;
  delete from return_workings w where w.return_id = discarded;
  delete from returns r where r.id = discarded;
  return true;
end
$$;

-- The database says what the analyst signed, by whom and when.
create or replace function ctx.keep_first_signatures() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one returns;
begin
  -- Asked first: who takes no part learns nothing of the return.
  if new.signed_by is distinct from ctx.member() or not coalesce(new.operation_id = any (ctx.partner_operations()), false) then
    raise exception 'a member of a partner signs for themselves' using errcode = 'insufficient_privilege';
  end if;
  select * into one from returns r where r.id = new.return_id for update;
  if exists (select from return_signatures s where s.return_id = new.return_id) then
    raise exception 'a signed return is frozen' using errcode = 'check_violation';
  end if;
  new.signed_at := ctx.now();
  new.content := return_content(one);
  return new;
end
$$;

-- A second person of the agency that leads decides, once, on the newest signature, and countersigns only what was signed.
create or replace function ctx.keep_second_signatures() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked return_first_signatures;
  one returns;
begin
  select * into asked from return_first_signatures f where f.id = new.id;
  select * into one from returns r where r.id = asked.return_id for update;
  if asked.signed_by = ctx.member() or new.decided_by is distinct from ctx.member()
     or not exists (select from operations o where o.id = new.operation_id and o.agency_id = ctx.agency()) then
    raise exception 'somebody else of the agency that leads signs second' using errcode = 'insufficient_privilege';
  end if;
  if new.operation_id is distinct from asked.operation_id then
    raise exception 'the signature is of another operation' using errcode = 'check_violation';
  end if;
  new.decided_at := ctx.now();
  if not new.approved then return new; end if;
  if asked.content <> return_content(one)
     or exists (select from return_first_signatures f
                 where f.return_id = one.id and (f.signed_at, f.id) > (asked.signed_at, asked.id)) then
    raise exception 'the return changed since it was signed' using errcode = 'check_violation';
  end if;
  update returns set stage = asked.stage where id = one.id;
  insert into return_signatures (return_id, operation_id, signed_by, signed_at, digest, countersigned_by, countersigned_at)
    values (one.id, one.operation_id, asked.signed_by, asked.signed_at, asked.digest, new.decided_by, new.decided_at);
  return new;
end
$$;

-- Every number of a signed return goes into the ledger. Cells that describe one person stay in the return alone.
create or replace function ctx.keep_signed_numbers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into published_numbers (operation_id, agency_id, code_name, source, source_id, version, indicator, part, quantity, at)
  select o.id, o.agency_id, o.code_name, 'return', r.id, r.version, f.key, 'total', f.value -> 'total', new.signed_at
    from returns r join operations o on o.id = r.operation_id, jsonb_each(r.figures) f where r.id = new.return_id
  union all
  select o.id, o.agency_id, o.code_name, 'return', r.id, r.version, f.key, b.key || ' ' || (c -> 'of')::text, c -> 'quantity', new.signed_at
    from returns r join operations o on o.id = r.operation_id, jsonb_each(r.figures) f, jsonb_each(f.value -> 'breakdowns') b, jsonb_array_elements(b.value) c
   where r.id = new.return_id and b.key <> 'bySexAgeResidence'
  on conflict do nothing;
  return null;
end
$$;

-- And every number of a published text, with each of its versions. What was withdrawn stays, and says when.
create or replace function ctx.keep_published_numbers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into published_numbers (operation_id, agency_id, code_name, source, source_id, version, indicator, part, quantity, at)
  select o.id, o.agency_id, o.code_name, 'release', new.id, new.version, f ->> 'key', coalesce(f ->> 'part', 'total'), f -> 'quantity',
         greatest(new.changed_at, new.embargo_until)
    from releases e join operations o on o.id = e.operation_id, jsonb_array_elements(new.figures) f
   where e.id = new.id
  on conflict do nothing;
  if new.withdrawn_at is not null then
    update published_numbers n set withdrawn_at = new.withdrawn_at
     where n.source_id = new.id and n.withdrawn_at is null;
  end if;
  return null;
end
$$;

-- The database says when a document came. A program without a session can fill no disk with documents of unknown keys.
create or replace function ctx.keep_exchange_documents() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.received_at := ctx.now();
  if new.received_by is not null then
    if new.received_by is distinct from ctx.member() then
      raise exception 'a coordinator uploads in their own name' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if not exists (select from exchange_keys k join exchange_weeks w on w.agency_id = k.agency_id
                  where w.id = new.week_id and k.public_key = new.public_key)
     and (select count(*) from exchange_documents d
           where d.week_id = new.week_id and d.received_by is null
             and not exists (select from exchange_keys k join exchange_weeks w on w.agency_id = k.agency_id
                              where w.id = d.week_id and k.public_key = d.public_key)) >= 200 then
    raise exception 'too many returns of unknown keys' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- The database says when a tasking came. A program has no session: it adds one only if the agency has compared the key that signed it.
create or replace function ctx.keep_received_taskings() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.received_at := ctx.now();
  if new.received_by is not null then
    if new.received_by is distinct from ctx.member() then
      raise exception 'a member imports a tasking in their own name' using errcode = 'insufficient_privilege';
    end if;
  elsif not exists (select from coordinator_keys k
                     where k.agency_id = new.agency_id and k.public_key = new.public_key and k.ended_at is null) then
    raise exception 'the key of the tasking is not known' using errcode = 'check_violation';
  end if;
  -- The week that a planner chose for an earlier tasking of the same week is kept.
  new.week_id := (select t.week_id from received_taskings t
                   where t.agency_id = new.agency_id and t.coordinator_week = new.coordinator_week and t.week_id is not null
                   order by t.issued_at desc limit 1);
  return new;
end
$$;

-- The process that counts says that it goes on, or that it ended without a return. The analyst may have signed out meanwhile. Of a count that has ended nothing is said.
create or replace function ctx.tell_of_count(request uuid, moment timestamptz, became text) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update count_requests c set alive_at = greatest(c.alive_at, moment), state = became
   where c.id = request and c.state = 'counting' and became <> 'counted'
$$;

reset role;
