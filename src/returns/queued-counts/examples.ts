/** Long counts for tests. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database/database.ts';

/** Keeps every count waiting where it protects its figures, until `letGo` is called. */
export async function holdCounts(safeguardingDb: Db): Promise<{ readonly letGo: () => Promise<void> }> {
  const held = await safeguardingDb.startTransaction().execute();
  await sql`lock table protected_counts in access exclusive mode`.execute(held);
  return { letGo: () => held.rollback().execute() };
}
