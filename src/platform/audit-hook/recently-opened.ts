/** What a member opened lately, by their own rows of the access log of one database. */
import { sql } from 'kysely';
import type { AnyTables, Reader } from '../database/database.ts';

export type Opened = { readonly event: string; readonly subject: string; readonly at: Date };

/** The latest first, each record once. Whether the member may still see it is for the caller to check. */
export async function listRecentlyOpened(
  db: Reader<AnyTables>,
  events: readonly string[],
  most: number,
): Promise<Opened[]> {
  const { rows } = await sql<Opened>`select * from ctx.recently_opened(${sql.val([...events])}, ${most})`.execute(db);
  return rows;
}

/** Those of the ids whose row in the table the member may read. */
export async function filterReadable(
  db: Reader<AnyTables>,
  table: 'persons' | 'referrals' | 'reports',
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where id = any (${sql.val([...ids])}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
