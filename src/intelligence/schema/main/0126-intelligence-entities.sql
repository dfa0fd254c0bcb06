-- What items name (people, premises, vehicles, telephones, accounts, organisations), the keyed terms by which possible
-- links between them are found, and what members decided about them.
create table intelligence_entities (
  id              uuid primary key,
  item_id         uuid not null references intelligence_items,
  agency_id       uuid not null references agencies,
  kind            text not null check (kind in ('person', 'premises', 'vehicle', 'phone', 'account', 'organisation')), -- what it is
  sealed_content  bytea not null, -- name, number or address as the item says it, encrypted
  wrapped_key     bytea not null,
  cluster_id      uuid not null, -- the least id of those that members decided are the same
  added_by        uuid not null references members,
  added_at        timestamptz not null
);
create index intelligence_entities_by_item on intelligence_entities (item_id);
create index intelligence_entities_by_cluster on intelligence_entities (agency_id, cluster_id);

create table intelligence_entity_terms (
  entity_id   uuid references intelligence_entities,
  term        integer, -- four bytes of a keyed digest
  agency_id   uuid not null references agencies,
  for_search  boolean not null, -- finds the entry in a search, and links nothing
  primary key (entity_id, term)
);
create index intelligence_entity_terms_by_term on intelligence_entity_terms (agency_id, term, entity_id);

-- Pairs that a member is asked about: found on arrival, never decided by a rule.
create table intelligence_possible_links (
  one        uuid references intelligence_entities, -- the lesser id of the two
  other      uuid references intelligence_entities, -- the greater id of the two
  agency_id  uuid not null references agencies,
  weight     integer not null, -- sum of the evidence for and against, in tenths of a bit
  primary key (one, other),
  constraint intelligence_possible_links_order check (one < other)
);
create index intelligence_possible_links_by_weight on intelligence_possible_links (agency_id, weight desc, one, other);
create index intelligence_possible_links_by_other on intelligence_possible_links (other);

create table intelligence_link_decisions (
  id          uuid primary key,
  position    bigint generated always as identity, -- a later decision about the same pair replaces the earlier one
  agency_id   uuid not null references agencies,
  one         uuid not null references intelligence_entities, -- the lesser id of the two
  other       uuid not null references intelligence_entities, -- the greater id of the two
  verdict     text not null check (verdict in ('same', 'apart', 'open')), -- the same, not the same, or not to be said yet
  reason      text check (reason <> ''), -- for colleagues
  decided_by  uuid not null references members,
  decided_at  timestamptz not null,
  undone_by   uuid references members,
  undone_at   timestamptz,
  constraint intelligence_link_decisions_order check (one < other),
  constraint intelligence_link_decisions_undone check (num_nonnulls(undone_by, undone_at) in (0, 2))
);
create index intelligence_link_decisions_by_pair on intelligence_link_decisions (one, other, position desc);
create index intelligence_link_decisions_by_other on intelligence_link_decisions (other);
