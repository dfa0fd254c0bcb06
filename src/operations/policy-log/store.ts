/** Stores the policy log in PostgreSQL; append-only. */
import { sql } from 'kysely';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import type { Decision } from './decision.ts';

export type DecisionTables = { policyLog: Mutable<Decision> };

/** Of these operations, newest first; all of them, since rules ask what was decided about each place. */
export const listDecisions = (db: Reader<DecisionTables>, operationIds: readonly string[]): Promise<Decision[]> =>
  db
    .selectFrom('policyLog')
    .selectAll()
    .where('operationId', '=', sql<OperationId>`any (${sql.val([...operationIds])}::uuid[])`)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** One page of an operation's log, newest first, and how many entries there are. */
export async function paginateDecisions(
  db: Reader<DecisionTables>,
  operationId: string,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly decisions: Decision[]; readonly total: number }> {
  const ofOperation = db.selectFrom('policyLog').where('operationId', '=', operationId as OperationId);
  const { total } = await ofOperation.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const decisions = await ofOperation
    .selectAll()
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { decisions, total };
}

export async function addDecision(tx: Writer<DecisionTables>, decision: Decision): Promise<void> {
  await tx.insertInto('policyLog').values(decision).execute();
}

/** Many at once, by one query for each few hundred. */
export async function addDecisions(tx: Writer<DecisionTables>, decisions: readonly Decision[]): Promise<void> {
  for (let from = 0; from < decisions.length; from += 500)
    await tx
      .insertInto('policyLog')
      .values(decisions.slice(from, from + 500))
      .execute();
}

/** The latest decision of a commander on whether the operation goes ahead, without its reason: for members of its teams, who may not read the policy log. */
export async function findDecisionToProceed(
  db: Reader<AnyTables>,
  operationId: string,
): Promise<'go' | 'no-go' | undefined> {
  return (await listDecisionsToProceed(db, [operationId])).get(operationId);
}

/** The same for several operations, those without a decision left out. */
export async function listDecisionsToProceed(
  db: Reader<AnyTables>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, 'go' | 'no-go'>> {
  const { rows } = await sql<{ id: string; kind: 'go' | 'no-go' | null }>`
    select id, ctx.decision_to_proceed(id) as kind
      from unnest(${sql.val([...new Set(operationIds)])}::uuid[]) as id`.execute(db);
  return new Map(rows.flatMap(({ id, kind }) => (kind ? [[id, kind] as const] : [])));
}

/** Which of these visits were planned after the latest decision: for members of their teams, who may not read the policy log. */
export async function listAddedSinceDecision(
  db: Reader<AnyTables>,
  visitIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (visitIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${sql.val([...visitIds])}::uuid[]) as id where ctx.added_since_decision(id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
