/** Stores files on plans in PostgreSQL; the clean copies are in the folder of files. */
import { sql } from 'kysely';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { OperationId, PremisesId } from '../../vocabulary/ids.ts';
import type { PlanFile, PlanFileId } from './plan-file.ts';

export type PlanFileTables = { planFiles: Mutable<PlanFile> };

/** Where a file belongs. */
export type FilePlace = Pick<PlanFile, 'operationId' | 'premisesId'>;

/** By kind and title: of one of the premises, or of the operation as a whole. Row policies leave out what the reader may not see. */
export const listPlanFiles = (
  db: AuditedReader<PlanFileTables>,
  { operationId, premisesId }: { readonly operationId: string; readonly premisesId: string | null },
): Promise<PlanFile[]> =>
  db
    .selectFrom('planFiles')
    .selectAll()
    .where('operationId', '=', operationId as OperationId)
    .where('premisesId', premisesId === null ? 'is' : '=', premisesId as PremisesId)
    .orderBy('kind')
    .orderBy('title')
    .orderBy('id')
    .execute();

/** Titles of the risk assessments of an operation and of its premises, in the order of their titles. */
export const listRiskAssessments = (
  db: Reader<PlanFileTables>,
  operationId: OperationId,
): Promise<Pick<PlanFile, 'premisesId' | 'title'>[]> =>
  db
    .selectFrom('planFiles')
    .select(['premisesId', 'title'])
    .where('operationId', '=', operationId)
    .where('kind', '=', 'risk assessment')
    .orderBy('title')
    .orderBy('id')
    .execute();

export const getPlanFile = async (db: AuditedReader<PlanFileTables>, id: string): Promise<PlanFile> =>
  found(
    await db
      .selectFrom('planFiles')
      .selectAll()
      .where('id', '=', id as PlanFileId)
      .executeTakeFirst(),
    'file',
  );

/** False if the form is sent twice. */
export const addPlanFile = (tx: Writer<AnyTables>, file: PlanFile): Promise<boolean> =>
  addOnce(tx, ['planFiles', 'file'], file, ['operationId', 'premisesId']);

/** The row that was removed. Not found where there is none. */
export const removePlanFile = async (tx: Writer<PlanFileTables>, id: string): Promise<PlanFile> =>
  found(
    await tx
      .deleteFrom('planFiles')
      .where('id', '=', id as PlanFileId)
      .returningAll()
      .executeTakeFirst(),
    'file',
  );

/** Which of these files still belong to a plan. For the leader process. */
export async function filterKeptFiles(tx: Reader<AnyTables>, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from ctx.plan_files_among(${[...ids]}) as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
