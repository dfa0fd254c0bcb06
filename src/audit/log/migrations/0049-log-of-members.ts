import { type Kysely, sql } from 'kysely';

/** What nobody signed in did is asked for by no member. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index access_log_by_member`.execute(db);
  await sql`create index access_log_by_member on access_log (member_id, at) where member_id is not null`.execute(db);
}
