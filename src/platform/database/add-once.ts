/** A form that arrives twice adds one row: whose an id is, is asked only where it is there already. */

import { sql } from 'kysely';
import { notFound } from '../http/problem.ts';
import type { AnyTables, Db, Writer } from './database.ts';

/** Adds a row to a table under the id that its form was given: true where it was added now, false where the same form had added it. Not found, as what it is called, where the id bears a row that differs in one of the columns named. */
export async function addOnce<Row extends { readonly id: string }>(
  tx: Writer<AnyTables>,
  [table, what]: readonly [table: string, what: string],
  row: Row,
  same: readonly (keyof Row & string)[],
): Promise<boolean> {
  const db = tx as Db;
  const added = await db
    .insertInto(table)
    .values(row)
    .onConflict((on) => on.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) return true;
  let there = db.selectFrom(table).select('id').where('id', '=', row.id);
  for (const column of same) there = there.where(sql<boolean>`${sql.ref(column)} is not distinct from ${row[column]}`);
  if (!(await there.executeTakeFirst())) throw notFound(what);
  return false;
}
