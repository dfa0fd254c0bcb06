/** Entries of other teams under a power, told by a function of the database: a team does not see the visits of another. */
import { sql } from 'kysely';
import type { AnyTables, Reader } from '../platform/database/database.ts';

/** An entry of another team under a power. */
export type EntryByOthers = {
  /** When; enforcement alone is told. */
  readonly usedAt: Date | null;
  /** The team came today and has not said that it left. */
  readonly inside: boolean;
  /** The plan has both visits at the same time: they enter once. */
  readonly together: boolean;
};

/** Entries of other teams under a power, also at visits that the member may not see. */
export async function listEntriesByOthers(
  db: Reader<AnyTables>,
  powerId: string,
  visitId: string,
): Promise<EntryByOthers[]> {
  const { rows } = await sql<EntryByOthers>`
    select used_at as "usedAt", inside, together
    from ctx.entries_by_others(${powerId}::uuid, ${visitId}::uuid)`.execute(db);
  return rows;
}
