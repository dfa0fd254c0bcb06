-- Intelligence: what functions may read and change, and who may call them, in the main database.

-- Tables that functions of safelight_relations read or change for their callers: all rows.
grant select, update, delete on intelligence_items to safelight_relations;
grant select, delete on intelligence_item_terms, intelligence_items_versions, intelligence_sources, intelligence_entity_terms,
  intelligence_possible_links, intelligence_link_decisions, intelligence_proposals to safelight_relations;
grant select, update, delete on intelligence_entities to safelight_relations;
grant select, update on intelligence_shares to safelight_relations;
grant select, delete on deconfliction_subjects, deconfliction_matches to safelight_relations;
grant select on deconfliction_contacts, deconfliction_hidden, deconfliction_partners, deconfliction_tags
  to safelight_relations;
grant select, insert, update on deconfliction_questions to safelight_relations;

-- Who may call which function. Whom no line names may call none.
set local role safelight_relations;
grant execute on function ctx.dispose_intelligence_item(uuid), ctx.remove_intelligence_entity(uuid) to safelight_staff;
grant execute on function ctx.answer_deconfliction(text, uuid, uuid, date, integer, integer, timestamptz)
to safelight_staff;
grant execute on function
  ctx.count_deconfliction(uuid, uuid, text, date, integer, integer, timestamptz),
  ctx.note_deconfliction(uuid, uuid, text, date, integer, boolean, timestamptz),
  ctx.participants_to_tell(uuid),
  ctx.parties_to_compare(),
  ctx.plans_to_compare(date, date)
to safelight_leader;
reset role;
