import { type Kysely, sql } from 'kysely';

/** Releases that others published, as they came: byte for byte, private to the agency that read them in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cuttings (
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
    )`.execute(db);
  await sql`create index cuttings_by_agency on cuttings (agency_id, published_on desc, id desc)`.execute(db);
}
