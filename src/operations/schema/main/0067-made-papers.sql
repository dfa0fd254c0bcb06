-- Versions of papers that were made from records. The words of a paper are not copied: they stand in the records.
create table made_papers (
  id            uuid primary key,
  kind          text not null check (kind in ('search record', 'notice of powers', 'consent to search',
                  'warrant return', 'warrant application', 'debrief')), -- which paper
  operation_id  uuid not null references operations,
  visit_id      uuid references planned_visits, -- the visit that it is about; empty where it is about more than one
  subject_id    uuid not null, -- the record that it is about: a visit, a power or the operation
  version       integer not null check (version > 0), -- number of the version
  parts         jsonb not null, -- a keyed digest of each section, by its title
  changes       text[] not null default '{}', -- titles of the sections that changed since the version before
  made_by       uuid not null references members,
  made_at       timestamptz not null,
  unique (kind, subject_id, version)
);
create index made_papers_by_visit on made_papers (visit_id);
create index made_papers_by_operation on made_papers (operation_id);
