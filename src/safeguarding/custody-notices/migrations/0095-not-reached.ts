import { type Kysely, sql } from 'kysely';
import { childInterpretations, notReached } from '../notice.ts';

/** Only a notice about a child may say that the wording could not be read out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const all = sql.raw(childInterpretations.map((one) => `'${one}'`).join(', '));
  await sql`alter table protective_notices drop constraint protective_notices_interpreted_check,
    add constraint protective_notices_interpreted_check check (interpreted in (${all})
      and (interpreted <> '${sql.raw(notReached)}' or ground = 'best interests of a child'))`.execute(db);
}
