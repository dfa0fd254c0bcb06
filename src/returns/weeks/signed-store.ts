/** The latest signed return of each operation, for a comparison. Row policies leave out operations in which the reader takes no part. */
import { sql } from 'kysely';
import type { Reader } from '../../platform/database/database.ts';
import type { ReturnTables } from '../store.ts';
import type { OwnWeek } from './compared.ts';

const selectLatestSigned = (db: Reader<ReturnTables>) =>
  db
    .selectFrom('returns as r')
    .innerJoin('returnSignatures as s', 's.returnId', 'r.id')
    .distinctOn('r.operationId')
    .select(['r.id', 'r.operationId', 'r.version', 'r.stage', 'r.definitions', 'r.facts', 'r.figures', 's.signedAt'])
    .orderBy('r.operationId')
    .orderBy('r.version', 'desc');

/** Latest local dates first. */
export async function listSignedWeeks(
  db: Reader<ReturnTables>,
  { most, only }: { readonly most: number; readonly only?: readonly string[] | undefined },
): Promise<readonly OwnWeek[]> {
  const latest = only
    ? selectLatestSigned(db).where(sql<boolean>`r.operation_id = any (${sql.val([...only])}::uuid[])`)
    : selectLatestSigned(db);
  const rows = await db
    .selectFrom(latest.as('latest'))
    .selectAll()
    .orderBy(sql`facts #>> '{localDates,0}' desc`)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, kind: 'own' as const }));
}
