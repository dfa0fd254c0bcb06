-- Results of weeks of action that others published, as one agency imported them: a week beside its predecessors.
create table published_weeks ( -- One week as one source published it, private to the agency that imported it
  id           uuid primary key,
  agency_id    uuid not null references agencies, -- the agency that imported it
  week_id      text not null check (week_id <> ''), -- name of the week in the file; two sources may report one week
  name         text not null check (name <> ''), -- what the week was called
  starts_on    date, -- first day; empty where the source gives none
  ends_on      date, -- last day; empty where the source gives none
  source_url   text not null check (source_url <> ''), -- address where it was published
  figures      jsonb not null check (jsonb_typeof(figures) = 'object'), -- figures that the source states, each with its qualifier
  details      jsonb not null check (jsonb_typeof(details) = 'object'), -- texts of the source, such as the scope, and the note
  digest       text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of all of this, in hexadecimal
  imported_by  uuid not null references members,
  imported_at  timestamptz not null,
  unique (agency_id, digest),
  check (ends_on >= starts_on)
);
create index published_weeks_by_agency on published_weeks (agency_id, starts_on desc, id desc);
