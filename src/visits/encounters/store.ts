/** What keeps the record of a person met for longer than 28 days, read from officers' records. */
import { sql } from 'kysely';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import type { Encounter } from '../visit.ts';

export type KeepingRecords = { readonly arrest: boolean; readonly control: boolean };

/** By the same rule as the erasure: nobody may have said whose arrest or indicator it was. */
export async function findKeepingRecords(
  db: AuditedReader<AnyTables>,
  { id, visitId }: Pick<Encounter, 'id' | 'visitId'>,
): Promise<KeepingRecords> {
  const { rows } = await sql<KeepingRecords>`select
    exists (select from arrests a where a.visit_id = ${visitId}
      and (a.encounter_id is null or a.encounter_id = ${id})) as arrest,
    exists (select from observations o where o.visit_id = ${visitId} and o.of_control
      and (o.encounter_id is null or o.encounter_id = ${id})) as control`.execute(db);
  return rows[0] ?? { arrest: false, control: false };
}
