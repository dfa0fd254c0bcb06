-- Intelligence: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Removes what an item of the caller's agency names, with its terms, possible links, decisions and proposals. False where there is none.
create or replace function ctx.remove_intelligence_entity(asked uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(ctx.roles() && array['triage'] and ctx.side() = 'enforcement', false) then
    raise exception 'what intelligence names is removed by triage of the agency' using errcode = 'insufficient_privilege';
  end if;
  perform from intelligence_entities e where e.id = asked and e.agency_id = ctx.agency() for update;
  if not found then return false; end if;
  delete from intelligence_proposals p where p.entity_id = asked;
  delete from intelligence_link_decisions d where asked in (d.one, d.other);
  delete from intelligence_possible_links l where asked in (l.one, l.other);
  delete from intelligence_entity_terms t where t.entity_id = asked;
  delete from intelligence_entities e where e.id = asked;
  return true;
end
$$;

-- Removes an item of the caller's agency with its earlier versions, its source and what it names. False where there is none.
create or replace function ctx.dispose_intelligence_item(asked uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(ctx.roles() && array['triage'] and ctx.side() = 'enforcement', false) then
    raise exception 'intelligence is disposed of by triage of the agency' using errcode = 'insufficient_privilege';
  end if;
  perform from intelligence_items i where i.id = asked and i.agency_id = ctx.agency() for update;
  if not found then return false; end if;
  perform ctx.remove_intelligence_entity(e.id) from intelligence_entities e where e.item_id = asked;
  delete from intelligence_sources s where s.id = asked;
  delete from intelligence_items_versions v where v.id = asked;
  delete from intelligence_items i where i.id = asked;
  return true;
end
$$;

reset role;
