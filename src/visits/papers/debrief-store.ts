/** Counts for the debrief of an operation, as far as row policies show the records. */
import { sql } from 'kysely';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import type { OperationId } from '../../vocabulary/ids.ts';

export type DebriefCounts = {
  readonly peopleMet: number;
  readonly spokenTo: number;
  readonly criminalArrests: number;
  readonly immigrationArrests: number;
  readonly seizures: number;
  readonly searches: number;
  readonly withForce: number;
  readonly withDamage: number;
};

/** One query: numbers alone leave the database. */
export async function countResults(db: AuditedReader<AnyTables>, operationId: OperationId): Promise<DebriefCounts> {
  const { rows } = await sql<DebriefCounts>`
    with own as (select id from visits where operation_id = ${operationId}::uuid)
    select
      (select count(*)::int from encounters where visit_id in (select id from own)) as "peopleMet",
      (select count(*)::int from encounters where visit_id in (select id from own) and spoken_to) as "spokenTo",
      (select count(*)::int from arrests where visit_id in (select id from own) and kind = 'criminal')
        as "criminalArrests",
      (select count(*)::int from arrests where visit_id in (select id from own) and kind <> 'criminal')
        as "immigrationArrests",
      (select count(*)::int from seizures where visit_id in (select id from own)) as "seizures",
      (select count(*)::int from searches where id in (select id from own) and searched) as "searches",
      (select count(*)::int from searches where id in (select id from own) and forced) as "withForce",
      (select count(*)::int from searches where id in (select id from own) and damaged) as "withDamage"`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('a query of counts gave no row');
  return counts;
}
