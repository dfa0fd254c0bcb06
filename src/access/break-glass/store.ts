/** Stores emergency accesses and their reviews in PostgreSQL. The database itself enforces the three hours, says who reviews, and refuses a second access at once. */

import { sql } from 'kysely';
import type { PartnershipTables } from '../../identity/agencies/index.ts';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId, OperationId } from '../../vocabulary/ids.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { BreakGlass, BreakGlassId, Review } from './break-glass.ts';

export type BreakGlassTables = { breakGlass: Mutable<BreakGlass>; breakGlassReviews: Mutable<Review> };
/** With what is shown around them. */
type NamedTables = BreakGlassTables &
  Pick<PartnershipTables, 'members' | 'agencies'> & {
    operations: { id: OperationId; codeName: string; agencyId: AgencyId; startsOn: string; endsOn: string };
  };

/** With the names to show and the findings of the review. */
export type BreakGlassDetails = BreakGlass & {
  readonly codeName: string;
  readonly memberName: string;
  readonly agencyName: string;
  readonly ownerName: string;
  readonly review: Review | undefined;
};

const selectBreakGlass = (db: Reader<NamedTables>) =>
  db
    .selectFrom('breakGlass as b')
    .leftJoin('operations as o', 'o.id', 'b.operationId')
    .innerJoin('members as m', 'm.id', 'b.memberId')
    .innerJoin('agencies as a', 'a.id', 'b.agencyId')
    .innerJoin('agencies as w', 'w.id', 'b.ownerId')
    .leftJoin('breakGlassReviews as r', 'r.id', 'b.id')
    .selectAll('b')
    .select([
      sql<string>`coalesce(o.code_name, 'an operation')`.as('codeName'),
      'm.name as memberName',
      'a.name as agencyName',
      'w.name as ownerName',
    ])
    .select(['r.reviewedBy', 'r.finding', 'r.reasons', 'r.reviewedAt'])
    .orderBy('b.openedAt', 'desc')
    .orderBy('b.id');

/** The columns of the review are null until there is one. */
type BreakGlassRow = Omit<BreakGlassDetails, 'review'> & {
  readonly [Column in keyof Omit<Review, 'id'>]: Review[Column] | null;
};

function toBreakGlassDetails({ reviewedBy, finding, reasons, reviewedAt, ...glass }: BreakGlassRow): BreakGlassDetails {
  const review =
    reviewedBy && finding && reasons !== null && reviewedAt
      ? { id: glass.id, reviewedBy, finding, reasons, reviewedAt }
      : undefined;
  return { ...glass, review };
}

/** All that who asks may know of, the latest first; at most two hundred. */
export async function listBreakGlass(
  db: Reader<NamedTables>,
  { operationId, unreviewed = false }: { readonly operationId?: OperationId; readonly unreviewed?: boolean } = {},
): Promise<BreakGlassDetails[]> {
  let query = selectBreakGlass(db).limit(200);
  if (operationId) query = query.where('b.operationId', '=', operationId);
  if (unreviewed) query = query.where('r.id', 'is', null);
  return (await query.execute()).map(toBreakGlassDetails);
}

export const getBreakGlass = async (db: Reader<NamedTables>, id: string): Promise<BreakGlassDetails> =>
  toBreakGlassDetails(
    await selectBreakGlass(db)
      .where('b.id', '=', id as BreakGlassId)
      .executeTakeFirstOrThrow(() => notFound('emergency access')),
  );

/** Refused where the member has an operation open in this way already. */
export const addBreakGlass = (
  tx: Writer<BreakGlassTables>,
  glass: BreakGlass,
): Promise<Result<unknown, 'open already'>> =>
  refuseOn({ [uniqueViolation]: 'open already' } as const, () => tx.insertInto('breakGlass').values(glass).execute());

/** False where it is over already, or another's. */
export async function endBreakGlass(tx: Writer<BreakGlassTables>, id: BreakGlassId, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('breakGlass')
    .set({ endedAt: at })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('until', '>', at)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function addReview(tx: Writer<BreakGlassTables>, review: Review): Promise<void> {
  await tx.insertInto('breakGlassReviews').values(review).execute();
}

/** How many emergency accesses to this operation have no review. A database function counts them, because readers may not see all of them. */
export async function countBreakGlassToReview(db: Reader<AnyTables>, operationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select ctx.glass_to_review(${operationId}) as count`.execute(db);
  return rows[0]?.count ?? 0;
}

export type BreakGlassOperation = {
  readonly id: OperationId;
  readonly codeName: string;
  /** The agency that leads it. */
  readonly agencyId: AgencyId;
  readonly startsOn: string;
  readonly endsOn: string;
};

/** Operations in which the member's agency takes part but the member does not: the latest first. */
export async function listBreakGlassOperations(
  db: Reader<NamedTables>,
  {
    operations,
    partnerOperations,
  }: { readonly operations: readonly string[]; readonly partnerOperations: readonly string[] },
): Promise<BreakGlassOperation[]> {
  const outside = partnerOperations.filter((id) => !operations.includes(id));
  return db
    .selectFrom('operations')
    .select(['id', 'codeName', 'agencyId', 'startsOn', 'endsOn'])
    .where('id', '=', sql<OperationId>`any (${sql.val(outside)}::uuid[])`)
    .orderBy('startsOn', 'desc')
    .orderBy('id')
    .execute();
}

/** The agency that leads one of these operations. */
export function ownerOf(operations: readonly BreakGlassOperation[], id: OperationId): AgencyId {
  const operation = operations.find((one) => one.id === id);
  if (!operation) throw notFound('operation');
  return operation.agencyId;
}
