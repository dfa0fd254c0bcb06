import { type Kysely, sql } from 'kysely';

/** Marks now have 32 bits instead of 24. Older marks do not match, so the leader makes all of them again from the sealed rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`truncate person_marks`.execute(db);
}
