/** SQL of tests and measurements: text that runs on one database or in one transaction. */
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';

type On = Pick<Db, 'getExecutor'>;
type Text = Parameters<typeof sql>;

/** Runs the text that follows, and returns its rows. */
export const query =
  <Row = unknown>(on: On) =>
  async (...text: Text): Promise<Row[]> =>
    (await sql<Row>(...text).execute(on)).rows;

/** Runs the text that follows, and returns the first column of its first row. */
export const valueOf =
  <Value>(on: On) =>
  async (...text: Text): Promise<Value | undefined> =>
    Object.values((await query<Record<string, Value>>(on)(...text))[0] ?? {})[0];

/** Works in a transaction without triggers and foreign keys, for rows that no request could have made. */
export const withoutTriggers = <Value>(db: Db, work: (tx: Db) => Promise<Value>): Promise<Value> =>
  db.transaction().execute(async (tx) => {
    await query(tx)`set local session_replication_role = replica`;
    return work(tx);
  });
