import { type Kysely, sql } from 'kysely';

/** Numbers that the safeguarding lead chose to share with the planners before the week. Nothing here reads the safeguarding database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table capacity_told (
      id            uuid primary key,
      operation_id  uuid not null references operations,
      agency_id     uuid not null references agencies,
      member_id     uuid not null references members,
      told_at       timestamptz not null,
      places        integer not null check (places between 0 and 9999),
      interpreters  integer not null check (interpreters between 0 and 9999),
      nurses        integer not null check (nurses between 0 and 9999),
      advisers      integer not null check (advisers between 0 and 9999),
      beds          integer not null check (beds between 0 and 9999)
    )`.execute(db);
  await sql`create index capacity_told_of on capacity_told (operation_id, told_at)`.execute(db);
}
