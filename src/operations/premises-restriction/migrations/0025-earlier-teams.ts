import { type Kysely, sql } from 'kysely';

/** Teams from before briefing times now get access by their briefing. Longer grants end; their history stays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await sql`select set_config('safelight.now', now()::text, true)`.execute(db);
  await sql`select ctx.align_team(id) from teams`.execute(db);
  await sql`select set_config('safelight.now', '', true)`.execute(db);
  await sql`reset role`.execute(db);
}
