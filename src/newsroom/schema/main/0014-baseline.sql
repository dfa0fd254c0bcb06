-- Releases and publications: the tables in the main database.

-- Releases that others published, as they came: byte for byte, private to the agency that read them in.
create table imported_releases (
  id             uuid primary key,
  agency_id      uuid not null references agencies, -- the agency that imported it
  file_name      text not null check (file_name <> ''), -- name of the file
  source         bytea not null, -- the file, byte for byte
  digest         text not null check (digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of the file, in hexadecimal
  title          text not null check (title <> ''), -- title, or the file name if it has none
  area           text, -- area that it is about
  published_on   date, -- day of publication
  url            text, -- address where it was published
  claims         jsonb not null, -- figures and facts that it states, each with its sentence
  discrepancies  jsonb not null, -- notes and contradictions that the reader found
  words         tsvector not null, -- index of the text for the search
  imported_by    uuid not null references members,
  imported_at    timestamptz not null,
  unique (agency_id, digest)
);
create index imported_releases_by_agency on imported_releases (agency_id, published_on desc, id desc);

-- Releases as they are written and judged, and publications: what the public may see, and all that it may see.
create table releases (
  id                  uuid primary key,
  agency_id           uuid not null references agencies, -- the agency in whose name it is written
  operation_id        uuid references operations, -- the operation that it is about; empty for an imported release
  return_id           uuid references returns, -- the certified return that its figures come from
  return_digest       text check (return_digest ~ '^[0-9a-f]{64}$'), -- SHA-256 digest of that return, in hexadecimal
  imported_release_id          uuid references imported_releases, -- the imported release that it publishes again
  imported_from       jsonb, -- address and day of the original publication
  policy              text not null check (policy <> ''), -- edition of the publication policy that applies
  approval            text not null check (approval in ('another agency', 'another person')), -- who must approve it
  decisions           jsonb not null default '[]', -- decisions that the policy leaves open, with name, day and reason
  title               text not null check (title <> ''), -- title, with placeholders for figures
  shown_title         text not null check (shown_title <> ''), -- title as readers see it
  area                text not null check (area <> ''), -- area that it is about
  description         text not null, -- summary
  key_points          text[] not null default '{}', -- key points, in order
  body                text not null, -- text as Markdown, with placeholders for figures
  quotes              jsonb not null default '[]', -- quotations, each with the name of the speaker
  justifications      jsonb not null default '[]', -- why findings of the release check may stay, by sentence
  cautions            text[] not null default '{}', -- what today’s policy would refuse in an imported release
  embargo_until       timestamptz, -- when it may be published
  state               text not null -- state of the release
                      check (state in ('draft', 'submitted', 'approved', 'published', 'withdrawn')),
  revision            integer not null default 1 check (revision > 0), -- number of the text, one more at each change
  published_revision  integer, -- revision that is on the public site
  correction          text check (correction <> ''), -- what a correction changes, in words for readers
  edited_by           uuid not null references members,
  edited_at           timestamptz not null,
  check (published_revision <= revision),
  constraint releases_check1 check (num_nonnulls(return_id, imported_release_id) = 1),
  constraint releases_check2 check (num_nulls(return_id, operation_id, return_digest) in (0, 3)),
  constraint releases_check3 check (num_nulls(imported_release_id, imported_from) in (0, 2)),
  constraint releases_check4 check (state <> 'published' or published_revision = revision),
  constraint releases_check5 check (correction is null or published_revision is not null)
);
create index releases_by_operation on releases (operation_id);
create index releases_by_agency on releases (agency_id, edited_at desc);
create unique index releases_of_cutting on releases (imported_release_id) where state <> 'withdrawn';

create table releases_versions (
  id           uuid references releases,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

create table release_events (
  id          uuid primary key,
  release_id  uuid not null references releases,
  act         text not null check (act in ('drafted', 'edited', 'submitted', 'sent back', 'approved', 'published',
                'correction begun', 'correction given up', 'corrected', 'withdrawn')), -- what was done
  member_id   uuid not null references members, -- the member who did it
  agency_id   uuid not null references agencies, -- the member’s agency
  at          timestamptz not null, -- when it was done
  revision    integer not null, -- revision that it was done with
  note        text -- what the member wrote about it
);
create index release_events_by_release on release_events (release_id, at);

create table publications (
  id             uuid primary key references releases,
  slug           text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{2,119}$'), -- last part of its web address
  version        integer not null default 1, -- number of the published text, from 1
  area           text not null, -- area that it is about
  title          text not null, -- title
  description    text not null, -- summary
  key_points     text[] not null, -- key points, in order
  body           text not null, -- text as Markdown, with figures filled in
  quotes         jsonb not null, -- quotations, each with the name of the speaker
  sources        jsonb not null default '[]', -- sources named in the text: title, address and day
  issued_by      text, -- agency that publishes it; empty for an imported release
  share_text     text not null check (char_length(share_text) <= 280), -- text to share, of at most 280 characters
  imported_from  jsonb, -- address and day of the original publication
  cautions       text[] not null default '{}', -- what today’s policy would refuse in an imported release
  dated          timestamptz not null, -- moment by which it is sorted among the news
  published_at   timestamptz not null,
  embargo_until  timestamptz, -- when the public may read it
  corrections    jsonb not null default '[]', -- corrections, each with its time and what changed
  withdrawn_at   timestamptz,
  changed_at     timestamptz not null,
  check (num_nonnulls(issued_by, imported_from) = 1)
);

create table publications_versions (
  id           uuid references publications,
  version      integer,
  record       jsonb not null,
  replaced_by  uuid,
  replaced_at  timestamptz not null,
  reason       text,
  primary key (id, version)
);

-- Apart from the text: the public learns that something was withdrawn, and nothing of what it said.
create table release_withdrawals (
  id               uuid primary key references releases,
  slug             text, -- address that the release had
  at               timestamptz not null, -- when it was withdrawn
  had_been_public  boolean not null, -- whether the public could have read it
  by               uuid not null references members, -- the member who withdrew it
  why              text not null check (why <> ''), -- why it was withdrawn
  check (slug is not null or not had_been_public)
);

-- Each comparison of a release with the names of its case: who asked, and the places found in the text as they
-- typed it.
create table name_checks (
  id          uuid primary key,
  release_id  uuid not null references releases,
  revision    integer not null check (revision > 0), -- revision that was checked
  member_id   uuid not null references members, -- the member who checked it
  agency_id   uuid not null references agencies, -- the member’s agency
  at          timestamptz not null, -- when it was checked
  places      jsonb not null default '[]', -- places found in the text, as the writer typed them
  found       integer not null check (found >= 0) -- number of places found
);
create index name_checks_by_release on name_checks (release_id, at);
create index name_checks_by_member on name_checks (member_id, at) where found > 0;
