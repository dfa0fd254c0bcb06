/** Reads addresses to compare a file of premises with, and stores its good lines. */
import { sql } from 'kysely';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import { listPremises } from '../plan/store.ts';
import type { PremisesElsewhere } from './import-check.ts';
import type { Address } from './same-address.ts';

/** Premises of every other operation that the reader may see: row policies leave out the rest. */
export const listPremisesElsewhere = (
  db: AuditedReader<AnyTables>,
  operationId: string,
): Promise<PremisesElsewhere[]> =>
  db
    .selectFrom('premises as p')
    .innerJoin('operations as o', 'o.id', 'p.operationId')
    .select(['p.id', 'p.name', 'p.address', 'p.town', 'p.postcode', 'p.operationId', 'o.codeName'])
    .where('p.operationId', '<>', operationId as OperationId)
    .orderBy('p.id')
    .execute() as Promise<PremisesElsewhere[]>;

/** The addresses of the operation now. Another import into it waits until this transaction ends. */
export async function lockAddresses(tx: Writer<AnyTables>, operationId: string): Promise<readonly Address[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`premises import/${operationId}`}, 0))`.execute(tx);
  return listPremises(tx as Reader<AnyTables>, [operationId]);
}
