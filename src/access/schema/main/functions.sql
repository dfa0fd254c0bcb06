-- Emergency access, and versions of the access rules: the functions in the main database.

create or replace function ctx.keep_policy_versions() returns trigger
  language plpgsql as $$
begin
  raise exception 'what a version said is not changed';
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

create or replace function ctx.keep_glass() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('glass/' || new.member_id, 0));
    if new.member_id is distinct from ctx.member() or new.agency_id is distinct from ctx.agency()
       or not ctx.roles() && array['planner', 'commander', 'field', 'enforcement', 'safeguarding lead']
       or new.owner_id is distinct from (select o.agency_id from operations o where o.id = new.operation_id)
       or not exists (select 1 from partners p where p.operation_id = new.operation_id and p.agency_id = new.agency_id)
       or ctx.agency_waits(new.operation_id, new.agency_id) then
      raise exception 'this glass is not hers to break' using errcode = 'insufficient_privilege';
    end if;
    if new.opened_at is distinct from ctx.now() or new.ended_at is not null then
      raise exception 'glass is broken now, for three hours' using errcode = 'check_violation';
    end if;
    if exists (select 1 from break_glass b where b.member_id = new.member_id and b.ended_at is null and b.until > ctx.now()) then
      raise exception 'one glass at a time' using errcode = 'unique_violation';
    end if;
  elsif tg_op = 'DELETE' or (to_jsonb(old) - 'ended_at') is distinct from (to_jsonb(new) - 'ended_at')
     or old.ended_at is not null or new.ended_at is distinct from ctx.now() or old.until <= ctx.now() then
    raise exception 'broken glass can be ended, and otherwise stays as it was' using errcode = 'check_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;

create or replace function ctx.tell_of_glass() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    update grants set until = new.ended_at where id = new.id;
    return null;
  end if;
  insert into grants (id, relation, subject, operation_id, member_id, since, until, given_by)
  values (new.id, 'glass', new.operation_id, new.operation_id, new.member_id, new.opened_at, new.until, new.member_id);
  insert into notices (id, kind, subject, owner_id, to_agency, to_roles, made_at)
  select gen_random_uuid(), 'glass broken', new.id, new.owner_id, agency, roles, new.opened_at
    from (values (new.owner_id, array['planner', 'commander', 'data-protection lead']),
                 (new.agency_id, array['commander', 'data-protection lead'])) notified (agency, roles)
   where roles @> array['planner'] or agency <> new.owner_id;
  return null;
end
$$;

create or replace function ctx.keep_reviews() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'a review stays as it was written' using errcode = 'check_violation';
  end if;
  if new.reviewed_at is distinct from ctx.now() or new.reviewed_by is distinct from ctx.member()
     or not ctx.roles() && array['commander', 'data-protection lead']
     or not exists (select 1 from break_glass b where b.id = new.id and b.owner_id = ctx.agency()
                      and b.member_id <> ctx.member() and coalesce(b.ended_at, b.until) <= ctx.now()) then
    raise exception 'somebody else of the owner reviews broken glass, once it has ended' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

reset role;
