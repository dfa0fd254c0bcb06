import { type Kysely, sql } from 'kysely';

/** Teams that were made before briefing times were kept are let in by their briefing from now on: what was granted to them for longer before is ended, and its past stays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`set local role safelight_relations`.execute(db);
  await sql`select set_config('safelight.now', now()::text, true)`.execute(db);
  await sql`select ctx.align_team(id) from teams`.execute(db);
  await sql`select set_config('safelight.now', '', true)`.execute(db);
  await sql`reset role`.execute(db);
}
