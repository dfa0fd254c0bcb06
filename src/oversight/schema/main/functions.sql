-- Requests for records, and their answers: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- No row policy covers sealed names here, so the function itself checks the role.
create or replace function ctx.names_beside() returns table (id uuid, sealed_name bytea, wrapped_key bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
  with asked as materialized (
    select unnest(ctx.asked_for()) as id where ctx.roles() && array['data-protection lead'])
  select n.id, n.sealed_name, n.wrapped_key
    from encounter_names n join encounters e on e.id = n.id
   where n.id not in (select a.id from asked a)
     and e.visit_id in (
       select o.visit_id from encounters o join asked a on a.id = o.id
       union all
       select r.visit_id from arrests r join asked a on a.id in (r.id, r.encounter_id))
$$;

reset role;
