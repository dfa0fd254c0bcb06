-- Versions of letters and handovers that support agencies print. The words of a paper are not copied: they stand in
-- the records. The digests are under the key of the grant or the handover. They tell nothing once that key is destroyed.
create table safeguarding_papers (
  id           uuid primary key,
  grant_id     uuid references person_grants on delete cascade, -- what a letter shows to another agency
  handover_id  uuid references handovers on delete cascade, -- the handover that was printed
  agency_id    uuid not null, -- the author’s agency
  author_id    uuid not null, -- the member who made the version
  version      integer not null check (version > 0), -- number of the version, which the database gives
  parts        jsonb not null, -- a keyed digest of each section, by its title
  changes      text[] not null default '{}', -- titles of the sections that changed since the version before
  actions      uuid[] not null default '{}', -- the actions that a printed handover names
  made_at      timestamptz not null check (made_at = date_trunc('hour', made_at)),
  check (num_nonnulls(grant_id, handover_id) = 1),
  constraint safeguarding_papers_of_handover check (handover_id is not null or cardinality(actions) = 0),
  unique (grant_id, version),
  unique (handover_id, version)
);
create index safeguarding_papers_actions on safeguarding_papers using gin (actions);
