import { type Kysely, sql } from 'kysely';
import { erasing } from './0056-erasing.ts';

/** Papers and photos go with the person: their keys are destroyed with hers, and the certificate counts them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function ctx.erase_person(uuid, integer, timestamptz, text, text)`.execute(db);
  await erasing(db, [{ table: 'person_papers', of: 'person_id' }]);
}
