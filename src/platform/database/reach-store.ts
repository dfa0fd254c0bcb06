/** Whether the main database answers, and can save. Asked on a connection apart, so that a busy pool is no sign of a lost database. */
import { sql } from 'kysely';
import { safelightVersion } from '../version.ts';
import type { Databases } from './database.ts';
import { canWorkWith, parseStamp } from './schema-stamp.ts';

/** By the login of the site that this process serves. Throws where the database does not answer in time. A replica answers, and cannot save; nor can this version, where a later one took away what it needs. */
export async function canSave(databases: Databases, timeoutMs: number): Promise<boolean> {
  const role = databases.has('main', 'staff') ? 'staff' : 'public';
  const db = databases.for('main', role, { maxConnections: 1, timeoutMs });
  const { rows } = await sql<{ saves: boolean; seal: string | null }>`
    select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as saves,
           obj_description(to_regnamespace('ctx'), 'pg_namespace') as seal`.execute(db);
  const stamp = parseStamp(rows[0]?.seal);
  return rows[0]?.saves === true && (!stamp || canWorkWith(stamp, safelightVersion));
}
