/** Whether the person of a record has asked for something, and it was proved that it is the person: a request that is open with the agency of who works. */
import { sql } from 'kysely';
import type { AnyTables, Db, Reader } from '../../platform/database.ts';

export async function isAsked(
  tx: Reader<AnyTables>,
  id: string,
  what: 'that something is corrected' | 'that it goes',
): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`select ctx.asked_by_person(${id}, ${what}) as asked`.execute(tx as Db);
  return rows[0]?.asked === true;
}
