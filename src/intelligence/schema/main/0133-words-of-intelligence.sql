-- Words in the texts of intelligence, by which the search of the header finds them.
create table intelligence_item_terms (
  item_id    uuid references intelligence_items,
  term       integer, -- four bytes of a keyed digest
  agency_id  uuid not null references agencies,
  primary key (item_id, term)
);
create index intelligence_item_terms_by_term on intelligence_item_terms (agency_id, term, item_id);
