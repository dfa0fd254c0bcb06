import { type Kysely, sql } from 'kysely';
import { createVersionsTable } from '../../../platform/database/earlier-versions.ts';

/** Releases as they are written and judged, and publications: what the public may see, and all that it may see. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table releases (
      id                  uuid primary key,
      agency_id           uuid not null references agencies,
      operation_id        uuid references operations,
      return_id           uuid references returns,
      return_digest       text check (return_digest ~ '^[0-9a-f]{64}$'),
      cutting_id          uuid references cuttings,
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
      published_revision  integer check (published_revision <= revision),
      correction          text check (correction <> ''),
      edited_by           uuid not null references members,
      edited_at           timestamptz not null,
      check (num_nonnulls(return_id, cutting_id) = 1),
      check (num_nulls(return_id, operation_id, return_digest) in (0, 3)),
      check (num_nulls(cutting_id, imported_from) in (0, 2)),
      check (state <> 'published' or published_revision = revision),
      check (correction is null or published_revision is not null)
    )`.execute(db);
  await sql`create index releases_by_operation on releases (operation_id)`.execute(db);
  await sql`create index releases_by_agency on releases (agency_id, edited_at desc)`.execute(db);
  await sql`create unique index releases_of_cutting on releases (cutting_id) where state <> 'withdrawn'`.execute(db);
  await createVersionsTable(db, 'releases');
  await sql`
    create table release_acts (
      id          uuid primary key,
      release_id  uuid not null references releases,
      act         text not null check (act in ('drafted', 'edited', 'submitted', 'sent back', 'approved', 'published',
                    'correction begun', 'correction given up', 'corrected', 'withdrawn')),
      member_id   uuid not null references members,
      agency_id   uuid not null references agencies,
      at          timestamptz not null,
      revision    integer not null,
      note        text
    )`.execute(db);
  await sql`create index release_acts_by_release on release_acts (release_id, at)`.execute(db);
  // PostgreSQL's own way to join a list is not marked as immutable, since for other types than text it is not.
  await sql`create function joined(parts text[]) returns text language sql immutable parallel safe as
    $$ select coalesce(string_agg(part, ' ' order by number), '') from unnest(parts) with ordinality as p (part, number) $$`.execute(
    db,
  );
  // Columns that a text is made of carry no placeholder any more: the public's own role reads them as they are.
  await sql`
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
      words          tsvector generated always as
                       (to_tsvector('english', title || ' ' || description || ' ' || area || ' ' || joined(key_points) || ' ' || body)) stored,
      check (num_nonnulls(issued_by, imported_from) = 1)
    )`.execute(db);
  await createVersionsTable(db, 'publications');
  // Apart from the text, so that the public learns that something is gone and nothing of what it was.
  await sql`
    create table withdrawals (
      id               uuid primary key references releases,
      slug             text,
      at               timestamptz not null,
      had_been_public  boolean not null,
      by               uuid not null references members,
      why              text not null check (why <> ''),
      check (slug is not null or not had_been_public)
    )`.execute(db);
}
