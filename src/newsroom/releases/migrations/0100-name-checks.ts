import { type Kysely, sql } from 'kysely';

/** Each comparison of a release with the names of its case: who asked, and the places found in the text as they typed it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table name_checks (
      id          uuid primary key,
      release_id  uuid not null references releases,
      revision    integer not null check (revision > 0),
      member_id   uuid not null references members,
      agency_id   uuid not null references agencies,
      at          timestamptz not null,
      places      jsonb not null default '[]',
      found       integer not null check (found >= 0)
    )`.execute(db);
  await sql`create index name_checks_by_release on name_checks (release_id, at)`.execute(db);
  await sql`create index name_checks_by_member on name_checks (member_id, at) where found > 0`.execute(db);
}
