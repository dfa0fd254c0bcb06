-- Requests for records, and their answers: the functions in both databases.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- What a request opens while it is open: records of the lead's own agency, or records without an agency in this
-- database.
create or replace function ctx.asked_for() returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return array(
    select distinct one.id from subject_access_requests r cross join unnest(r.about) one (id)
    where r.agency_id = ctx.agency() and r.state = 'open'
      and coalesce(ctx.owner_of(one.id), ctx.agency()) = ctx.agency());
end
$$;

reset role;
