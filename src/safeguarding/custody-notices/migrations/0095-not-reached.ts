import { type Kysely, sql } from 'kysely';
import { interpretingsOfChild, notReached } from '../notice.ts';

/** That the words could not be read to a child is said of a child alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const all = sql.raw(interpretingsOfChild.map((one) => `'${one}'`).join(', '));
  await sql`alter table protective_notices drop constraint protective_notices_interpreted_check,
    add constraint protective_notices_interpreted_check check (interpreted in (${all})
      and (interpreted <> '${sql.raw(notReached)}' or ground = 'best interests of a child'))`.execute(db);
}
