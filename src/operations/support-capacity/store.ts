/** The numbers that were shared, in the main database. */

import { addOnce } from '../../platform/database/add-once.ts';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { AgencyId, MemberId, OperationId } from '../../vocabulary/ids.ts';
import type { Capacity } from './capacity.ts';

export type SharedCapacity = Capacity & {
  readonly id: string;
  readonly operationId: OperationId;
  readonly agencyId: AgencyId;
  readonly memberId: MemberId;
  readonly reportedAt: Date;
};
export type CapacityTables = { capacityReports: Mutable<SharedCapacity> };

/** Adds it once; false where the same id was added before. */
export const addCapacity = (tx: Writer<CapacityTables>, shared: SharedCapacity): Promise<boolean> =>
  addOnce(tx, ['capacityReports', 'reception'], shared, ['operationId']);

/** The latest numbers of each operation, as far as the reader may see them. */
export async function listCapacity(
  db: Reader<CapacityTables>,
  operations: readonly string[],
): Promise<SharedCapacity[]> {
  if (operations.length === 0) return [];
  return db
    .selectFrom('capacityReports')
    .selectAll()
    .distinctOn('operationId')
    .where('operationId', 'in', operations as readonly OperationId[])
    .orderBy('operationId')
    .orderBy('reportedAt', 'desc')
    .orderBy('id')
    .execute();
}
