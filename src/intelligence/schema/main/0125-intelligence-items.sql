-- Intelligence of an agency: graded and sanitised text, sealed. Its source is in a table of its own, so that readers of
-- the text need not learn of it.
create table intelligence_items (
  id                 uuid primary key,
  agency_id          uuid not null references agencies,
  source_evaluation  text not null check (source_evaluation in ('1', '2', '3')), -- reliable, untested, not reliable
  assessment         text not null check (assessment in ('A', 'B', 'C', 'D', 'E')), -- how the source knows it
  handling           text not null check (handling in ('P', 'C')), -- lawful sharing permitted, or with conditions
  happened_from      date not null, -- first day that the information is about
  happened_to        date not null, -- last day that the information is about
  sealed_content     bytea not null, -- sanitised text and handling conditions, encrypted
  wrapped_key        bytea not null,
  system_reference   text check (system_reference <> ''), -- its reference in the agency's own intelligence system
  review_on          date not null, -- the day by which the agency decides whether to keep it
  recorded_by        uuid not null references members,
  recorded_at        timestamptz not null,
  constraint intelligence_items_days check (happened_from <= happened_to)
);
create index intelligence_items_by_agency on intelligence_items (agency_id, recorded_at desc, id desc);
create index intelligence_items_to_review on intelligence_items (agency_id, review_on);

create table intelligence_items_versions (
  id           uuid references intelligence_items,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table intelligence_sources (
  id                  uuid primary key references intelligence_items, -- identifier, the same as of the item
  report_id           uuid, -- the report that it was made from, which may be destroyed since
  original_reference  text check (original_reference <> ''), -- reference of the record that it was made from, where that is no report
  constraint intelligence_sources_one check (num_nonnulls(report_id, original_reference) = 1)
);
create index intelligence_sources_by_report on intelligence_sources (report_id);
