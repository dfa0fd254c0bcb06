-- Releases and publications: the tables in the main database.

-- Releases that others published, as they came: byte for byte, private to the agency that read them in.
create table imported_releases (
  id            uuid primary key,
  agency_id     uuid not null references agencies,
  file_name     text not null check (file_name <> ''),
  source        bytea not null,
  digest        text not null check (digest ~ '^[0-9a-f]{64}$'),
  title         text not null check (title <> ''),
  area          text,
  published_on  date,
  url           text,
  claims        jsonb not null,
  oddities      jsonb not null,
  words         tsvector not null,
  imported_by   uuid not null references members,
  imported_at   timestamptz not null,
  unique (agency_id, digest)
);
create index imported_releases_by_agency on imported_releases (agency_id, published_on desc, id desc);

-- Releases as they are written and judged, and publications: what the public may see, and all that it may see.
create table releases (
  id                  uuid primary key,
  agency_id           uuid not null references agencies,
  operation_id        uuid references operations,
  return_id           uuid references returns,
  return_digest       text check (return_digest ~ '^[0-9a-f]{64}$'),
  imported_release_id          uuid references imported_releases,
  imported_from       jsonb,
  policy              text not null check (policy <> ''),
  approval            text not null check (approval in ('another agency', 'another person')),
  decisions           jsonb not null default '[]',
  title               text not null check (title <> ''),
  shown_title         text not null check (shown_title <> ''),
  area                text not null check (area <> ''),
  description         text not null,
  key_points          text[] not null default '{}',
  body                text not null,
  quotes              jsonb not null default '[]',
  justifications      jsonb not null default '[]',
  cautions            text[] not null default '{}',
  embargo_until       timestamptz,
  state               text not null check (state in ('draft', 'submitted', 'approved', 'published', 'withdrawn')),
  revision            integer not null default 1 check (revision > 0),
  published_revision  integer,
  correction          text check (correction <> ''),
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
                'correction begun', 'correction given up', 'corrected', 'withdrawn')),
  member_id   uuid not null references members,
  agency_id   uuid not null references agencies,
  at          timestamptz not null,
  revision    integer not null,
  note        text
);
create index release_events_by_release on release_events (release_id, at);

create table publications (
  id             uuid primary key references releases,
  slug           text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{2,119}$'),
  version        integer not null default 1,
  area           text not null,
  title          text not null,
  description    text not null,
  key_points     text[] not null,
  body           text not null,
  quotes         jsonb not null,
  sources        jsonb not null default '[]',
  issued_by      text,
  share_text     text not null check (char_length(share_text) <= 280),
  imported_from  jsonb,
  cautions       text[] not null default '{}',
  dated          timestamptz not null,
  published_at   timestamptz not null,
  embargo_until  timestamptz,
  corrections    jsonb not null default '[]',
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
  slug             text,
  at               timestamptz not null,
  had_been_public  boolean not null,
  by               uuid not null references members,
  why              text not null check (why <> ''),
  check (slug is not null or not had_been_public)
);

-- Each comparison of a release with the names of its case: who asked, and the places found in the text as they
-- typed it.
create table name_checks (
  id          uuid primary key,
  release_id  uuid not null references releases,
  revision    integer not null check (revision > 0),
  member_id   uuid not null references members,
  agency_id   uuid not null references agencies,
  at          timestamptz not null,
  places      jsonb not null default '[]',
  found       integer not null check (found >= 0)
);
create index name_checks_by_release on name_checks (release_id, at);
create index name_checks_by_member on name_checks (member_id, at) where found > 0;
