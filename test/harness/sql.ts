/** SQL of tests and measurements: text that runs on one database or in one transaction. */
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';

type Text = Parameters<typeof sql>;

/** Runs the text that follows, and returns its rows. */
export const query =
  <Row = unknown>(on: Pick<Db, 'getExecutor'>) =>
  async (...text: Text): Promise<Row[]> =>
    (await sql<Row>(...text).execute(on)).rows;

type Run = ReturnType<typeof query>;

/** Works in a transaction without triggers and foreign keys, for rows that no request could have made. */
export const withoutTriggers = <Value>(db: Db, work: (run: Run, tx: Db) => Promise<Value>): Promise<Value> =>
  db.transaction().execute(async (tx) => {
    const run = query(tx);
    await run`set local session_replication_role = replica`;
    return work(run, tx);
  });

/** The first row of a table whose columns hold this. */
export const rowOf = (db: Db, table: string, where: Readonly<Record<string, unknown>> = {}) =>
  Object.entries(where)
    .reduce((rows, [column, value]) => rows.where(column, '=', value), db.selectFrom(table).selectAll())
    .executeTakeFirstOrThrow();
