-- Triage of reports to police: internal logs of officers, keyed terms by which reports about the same matter are
-- found, what members decided about them, and which reports became intelligence. Of the police line alone.
alter table report_intakes drop constraint report_intakes_way_check;
alter table report_intakes add constraint report_intakes_way_check
  check (way in ('by phone', 'partner', 'internal log')) not valid;

-- How far the text of a report is compared: its terms are made again when its reporter writes more.
create table report_term_sets (
  report_id  uuid primary key references reports on delete cascade,
  agency_id  uuid not null references agencies,
  parts      integer not null check (parts >= 1) -- number of messages of the reporter that the terms were made from
);

create table report_terms (
  report_id  uuid references report_term_sets on delete cascade,
  term       integer, -- four bytes of a keyed digest
  agency_id  uuid not null references agencies,
  primary key (report_id, term)
);
create index report_terms_by_term on report_terms (agency_id, term, report_id);

create table report_matter_decisions (
  id          uuid primary key,
  position    bigint generated always as identity, -- a later decision about the same pair replaces the earlier one
  agency_id   uuid not null references agencies,
  one         uuid not null references reports on delete cascade, -- the lesser id of the two
  other       uuid not null references reports on delete cascade, -- the greater id of the two
  verdict     text not null check (verdict in ('same', 'apart')), -- whether they are about the same matter
  decided_by  uuid not null references members,
  decided_at  timestamptz not null,
  undone_by   uuid references members,
  undone_at   timestamptz,
  constraint report_matter_decisions_order check (one < other),
  constraint report_matter_decisions_undone check (num_nonnulls(undone_by, undone_at) in (0, 2))
);
create index report_matter_decisions_by_pair on report_matter_decisions (one, other, position desc);
create index report_matter_decisions_by_other on report_matter_decisions (other);

create table report_acceptances (
  id           uuid primary key references reports on delete cascade, -- identifier, the same as of the report
  agency_id    uuid not null references agencies,
  accepted_by  uuid not null references members, -- who recorded the first intelligence from it
  accepted_at  timestamptz not null
);
