/** Where a text lies in a database, for tests that it leaves no trace there. */
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';

/** The tables of which a row holds one of these texts. */
export async function tablesThatHold(db: Db, ...texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(db);
  const held: string[] = [];
  for (const { name } of rows)
    for (const text of texts)
      if ((await sql`select 1 from ${sql.id(name)} t where t::text like ${`%${text}%`}`.execute(db)).rows.length > 0)
        held.push(name);
  return held;
}
