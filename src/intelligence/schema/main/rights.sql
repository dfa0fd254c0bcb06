-- Intelligence: what functions may read and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, update, delete on intelligence_items to safelight_relations;
grant select, delete on intelligence_items_versions, intelligence_sources, intelligence_entity_terms,
  intelligence_possible_links, intelligence_link_decisions, intelligence_proposals to safelight_relations;
grant select, update, delete on intelligence_entities to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.dispose_intelligence_item(uuid), ctx.remove_intelligence_entity(uuid) to safelight_staff;
reset role;
