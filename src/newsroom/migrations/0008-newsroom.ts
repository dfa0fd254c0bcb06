import { type Kysely, sql } from 'kysely';
import { keepVersionsOf } from '../../platform/versions.ts';

/** Releases as they are written and judged, and publications: what the public may see, and all that it may see. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table releases (
      id              uuid primary key,
      agency_id       uuid not null references agencies,
      operation_id    uuid references operations,
      return_id       uuid references returns,
      cutting_id      uuid references cuttings,
      policy          text not null check (policy <> ''),
      title           text not null check (title <> ''),
      area            text not null check (area <> ''),
      description     text not null,
      key_points      text[] not null default '{}',
      body            text not null,
      quotes          jsonb not null default '[]',
      embargo_until   timestamptz,
      withheld        jsonb not null default '[]',
      justifications  jsonb not null default '[]',
      sources         jsonb not null default '[]',
      state           text not null check (state in ('draft', 'submitted', 'approved', 'published', 'withdrawn')),
      edited_by       uuid not null references members,
      edited_at       timestamptz not null,
      revision        integer not null default 1,
      check (num_nonnulls(return_id, cutting_id) = 1),
      check ((return_id is null) = (operation_id is null))
    )`.execute(db);
  await sql`create index releases_by_operation on releases (operation_id)`.execute(db);
  await sql`create index releases_by_agency on releases (agency_id, edited_at desc)`.execute(db);
  await keepVersionsOf(db, 'releases');
  await sql`
    create table release_acts (
      id          uuid primary key,
      release_id  uuid not null references releases,
      act         text not null check (act in ('drafted', 'edited', 'submitted', 'sent back', 'approved', 'published', 'corrected', 'withdrawn')),
      member_id   uuid not null references members,
      agency_id   uuid not null references agencies,
      at          timestamptz not null,
      revision    integer not null,
      note        text
    )`.execute(db);
  await sql`create index release_acts_by_release on release_acts (release_id, at)`.execute(db);
  await sql`
    create table publications (
      id             uuid primary key references releases,
      slug           text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{2,119}$'),
      area           text not null,
      title          text not null,
      description    text not null,
      key_points     text[] not null,
      body           text not null,
      quotes         jsonb not null,
      imported       boolean not null default false,
      cautions       text[] not null default '{}',
      published_at   timestamptz not null,
      embargo_until  timestamptz,
      corrected_at   timestamptz,
      corrections    jsonb not null default '[]',
      withdrawn_at   timestamptz,
      withdrawn_why  text,
      changed_at     timestamptz not null,
      words          tsvector generated always as
                       (to_tsvector('english', title || ' ' || description || ' ' || area || ' ' || body)) stored,
      check (withdrawn_at is null or withdrawn_why is not null)
    )`.execute(db);
  await sql`create index publications_by_time on publications (published_at desc)`.execute(db);
  await sql`create index publications_by_area on publications (area, published_at desc)`.execute(db);
  await sql`create index publications_words on publications using gin (words)`.execute(db);
  await keepVersionsOf(db, 'publications');
}
