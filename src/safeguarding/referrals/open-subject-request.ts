/** Whether the person of a record has an open request with the member’s agency, with their identity confirmed. */
import { sql } from 'kysely';
import type { AnyTables, Reader } from '../../platform/database/database.ts';

export async function hasOpenSubjectRequest(
  tx: Reader<AnyTables>,
  id: string,
  what: 'that something is corrected' | 'that it goes',
): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`select ctx.asked_by_person(${id}, ${what}) as asked`.execute(tx);
  return rows[0]?.asked === true;
}
