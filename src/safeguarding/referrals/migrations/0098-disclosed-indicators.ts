import { type Kysely, sql } from 'kysely';

/** Catalogue ids of the indicators that a person disclosed: kept with the note, never with the visit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notes add column disclosed text[] not null default '{}'
    check (array_position(disclosed, null) is null and not ('' = any (disclosed)))`.execute(db);
}
