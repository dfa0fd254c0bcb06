import { type Kysely, sql } from 'kysely';

/** The log records whose record it was, whether emergency access was used, and what was refused. Both stores have it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table access_log add column owner_id uuid, add column break_glass_id uuid`.execute(db);
  await sql`alter table access_log drop constraint access_log_kind_check`.execute(db);
  await sql`
    alter table access_log add constraint access_log_kind_check check (kind in
      ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'refusal'))`.execute(db);
  await sql`create index access_log_by_owner on access_log (owner_id, at) where owner_id is not null`.execute(db);
}
