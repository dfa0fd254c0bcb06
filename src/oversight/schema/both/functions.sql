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

-- Rows of the access log about one record, or that returned it. The reader's row policies still decide which of
-- them are shown: they let no index find a record in a list, and without one the whole log is read.
create or replace function ctx.log_rows_about(record uuid) returns table (xid xid8, id bigint)
  language sql stable security definer set search_path = public, pg_temp rows 100 as $$
  select a.xid, a.id from access_log a where a.subject = record
  union
  select a.xid, a.id from access_log a where cardinality(a.returned) > 0 and a.returned @> array[record]
$$;

reset role;
