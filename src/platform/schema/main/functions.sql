-- Notifications and messages about them: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Only for the leader process: the members who now hold one of these roles, at one agency or at all agencies that
-- take part in an operation.
create or replace function ctx.notice_recipients(agency uuid, operation uuid, wanted text[], moment timestamptz)
    returns table (member_id uuid, agency_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.agency_id from members m
   where (m.agency_id = agency
          or m.agency_id in (select p.agency_id from partners p where p.operation_id = operation))
     and m.roles && wanted and not m.gone and (m.ended_at is null or m.ended_at > moment)
$$;

-- Only for the leader process: the agency of a member who is still here.
create or replace function ctx.agency_of_member(member uuid, moment timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.agency_id from members m where m.id = member and not m.gone and (m.ended_at is null or m.ended_at > moment)
$$;

reset role;
