import { type Kysely, sql } from 'kysely';

/** Which indicators a person disclosed, by their ids in the catalogue: kept with the note, and with no visit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notes add column disclosed text[] not null default '{}'
    check (array_position(disclosed, null) is null and not ('' = any (disclosed)))`.execute(db);
}
