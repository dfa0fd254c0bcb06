/** Counts the rows that a query finds. */
import type { SelectQueryBuilder } from 'kysely';
import type { AnyTables } from './database.ts';

export async function countRows(query: SelectQueryBuilder<AnyTables, AnyTables, object>): Promise<number> {
  const { count } = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}
