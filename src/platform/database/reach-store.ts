/** Whether the main database answers, and can save. Asked on a connection apart, so that a busy pool is no sign of a lost database. */
import { sql } from 'kysely';
import type { Databases } from './database.ts';

/** By the login of the site that this process serves. Throws where the database does not answer in time. A replica answers, and cannot save. */
export async function canSave(databases: Databases, timeoutMs: number): Promise<boolean> {
  const role = databases.has('main', 'staff') ? 'staff' : 'public';
  const db = databases.for('main', role, { maxConnections: 1, timeoutMs });
  const { rows } = await sql<{ saves: boolean }>`
    select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as saves`.execute(db);
  return rows[0]?.saves === true;
}
