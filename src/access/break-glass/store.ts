/** Stores emergency accesses and their reviews in PostgreSQL. The database itself enforces the three hours, says who reviews, and refuses a second access at once. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { BreakGlass, BreakGlassId, Review } from './break-glass.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
export type BreakGlassTables = { breakGlass: Mutable<BreakGlass>; glassReviews: Mutable<Review> };

/** With the names to show and the findings of the review. */
export type BreakGlassDetails = BreakGlass & {
  readonly codeName: string;
  readonly memberName: string;
  readonly agencyName: string;
  readonly ownerName: string;
  readonly review: Review | undefined;
};

const selectBreakGlass = (db: Reader<AnyTables>) =>
  db
    .selectFrom('breakGlass as b')
    .leftJoin('operations as o', 'o.id', 'b.operationId')
    .innerJoin('members as m', 'm.id', 'b.memberId')
    .innerJoin('agencies as a', 'a.id', 'b.agencyId')
    .innerJoin('agencies as w', 'w.id', 'b.ownerId')
    .leftJoin('glassReviews as r', 'r.id', 'b.id')
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

function toBreakGlassDetails({
  reviewedBy,
  finding,
  reasons,
  reviewedAt,
  ...glass
}: Record<string, unknown>): BreakGlassDetails {
  const review = reviewedBy ? { id: glass.id, reviewedBy, finding, reasons, reviewedAt } : undefined;
  return { ...glass, review } as unknown as BreakGlassDetails;
}

/** All that who asks may know of, the latest first; at most two hundred. */
export async function listBreakGlass(
  db: Reader<AnyTables>,
  { operationId, unreviewed = false }: { readonly operationId?: string; readonly unreviewed?: boolean } = {},
): Promise<BreakGlassDetails[]> {
  let query = selectBreakGlass(db).limit(200);
  if (operationId) query = query.where('b.operationId', '=', operationId);
  if (unreviewed) query = query.where('r.id', 'is', null);
  return (await query.execute()).map(toBreakGlassDetails);
}

export async function getBreakGlass(db: Reader<AnyTables>, id: string): Promise<BreakGlassDetails> {
  const row = await selectBreakGlass(db).where('b.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('broken glass');
  return toBreakGlassDetails(row);
}

/** The agency that leads the operation. */
export async function getOwner(db: Reader<AnyTables>, operationId: string): Promise<string> {
  const row = await db.selectFrom('operations').select('agencyId').where('id', '=', operationId).executeTakeFirst();
  if (!row) throw notFound('operation');
  return row.agencyId;
}

export async function addBreakGlass(tx: Writer<BreakGlassTables>, glass: BreakGlass): Promise<void> {
  await tx.insertInto('breakGlass').values(glass).execute();
}

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
  await tx.insertInto('glassReviews').values(review).execute();
}

/** How many emergency accesses to this operation have no review. A database function counts them, because readers may not see all of them. */
export async function countBreakGlassToReview(db: Reader<AnyTables>, operationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select ctx.glass_to_review(${operationId}) as count`.execute(db);
  return rows[0]?.count ?? 0;
}

export type BreakGlassOperation = {
  readonly id: string;
  readonly codeName: string;
  readonly startsOn: string;
  readonly endsOn: string;
};

/** Operations in which the member's agency takes part but the member does not: the latest first. */
export async function listBreakGlassOperations(
  db: Reader<AnyTables>,
  {
    operations,
    partnerOperations,
  }: { readonly operations: readonly string[]; readonly partnerOperations: readonly string[] },
): Promise<BreakGlassOperation[]> {
  const outside = partnerOperations.filter((id) => !operations.includes(id));
  return db
    .selectFrom('operations')
    .select(['id', 'codeName', 'startsOn', 'endsOn'])
    .where('id', '=', sql`any (${sql.val(outside)}::uuid[])`)
    .orderBy('startsOn', 'desc')
    .orderBy('id')
    .execute() as Promise<BreakGlassOperation[]>;
}
