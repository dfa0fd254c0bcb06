/** How returns lie in PostgreSQL, all but what press sees (signed-return-store.ts). Read and written under the statistics role. */

import { type ColumnType, type Generated, sql } from 'kysely';
import type { Reader, Writer } from '../platform/database/database.ts';
import { codeOf, uniqueViolation } from '../platform/database/violations.ts';
import { conflict, notFound } from '../platform/http/problem.ts';
import type { Figures, Indicator, OperationFacts } from '../vocabulary/figures.ts';
import type { OperationId, ReturnId } from '../vocabulary/ids.ts';
import type { Check } from './counting/checks.ts';
import type { CountedRecord, RecordKind, RecordReference } from './counting/counting.ts';
import type { Qualifications } from './counting/qualify.ts';
import type { Return, Stage, Workings } from './return.ts';

/** Read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;

type ReturnRow = {
  id: ReturnId;
  operationId: OperationId;
  version: number;
  stage: Stage;
  definitions: string;
  facts: Json<OperationFacts>;
  figures: Json<Figures>;
  protection: ColumnType<Return['protection'], string | undefined, string>;
  note: string | null;
  madeBy: string;
  madeAt: Date;
  /** Changes dated after this count that had come in before it. */
  changesAhead: number;
};
type SignatureRow = {
  returnId: ReturnId;
  operationId: OperationId;
  signedBy: string;
  signedAt: Date;
  digest: string;
  countersignedBy: string | null;
  countersignedAt: Date | null;
};
type RecordRow = {
  returnId: ReturnId;
  indicator: Indicator;
  cell: string;
  kind: RecordKind;
  recordId: string;
  withinId: string | null;
};
export type ReturnTables = {
  returns: ReturnRow;
  returnWorkings: {
    returnId: ReturnId;
    counted: Json<Figures>;
    qualifications: ColumnType<Qualifications, string | undefined, string>;
    checks: Json<readonly Check[]>;
  };
  returnRecords: RecordRow;
  returnSignatures: SignatureRow;
  returnCertificates: { returnId: ReturnId; operationId: OperationId; text: string };
  returnChanges: { id: Generated<string>; operationId: OperationId; what: string; at: Date };
};

const selectReturns = (db: Reader<ReturnTables>) =>
  db
    .selectFrom('returns as r')
    .leftJoin('returnSignatures as s', 's.returnId', 'r.id')
    .selectAll('r')
    .select(['s.signedBy', 's.signedAt', 's.digest', 's.countersignedBy', 's.countersignedAt']);

type JoinedRow = Awaited<ReturnType<ReturnType<typeof selectReturns>['executeTakeFirstOrThrow']>>;

function toReturn({
  signedBy,
  signedAt,
  digest,
  countersignedBy,
  countersignedAt,
  changesAhead: _,
  ...row
}: JoinedRow): Return {
  const signature =
    signedBy && signedAt && digest ? { signedBy, signedAt, digest, countersignedBy, countersignedAt } : null;
  return { ...row, signature };
}

/** Not found if the member takes no part in the operation, or may see only signed returns and this is unsigned. */
export const getReturn = async (db: Reader<ReturnTables>, id: string): Promise<Return> =>
  toReturn(
    await selectReturns(db)
      .where('r.id', '=', id as ReturnId)
      .executeTakeFirstOrThrow(() => notFound('return')),
  );

/** Every version of one operation's return that the member may see, latest first. */
export async function listVersions(db: Reader<ReturnTables>, operationId: string): Promise<Return[]> {
  const rows = await selectReturns(db)
    .where('r.operationId', '=', operationId as OperationId)
    .orderBy('r.version', 'desc')
    .execute();
  return rows.map(toReturn);
}

/** The certificate of a signed return; null until the background work has signed it. */
export async function findCertificate(db: Reader<ReturnTables>, returnId: string): Promise<string | null> {
  const certificate = db
    .selectFrom('returnCertificates')
    .select('text')
    .where('returnId', '=', returnId as ReturnId);
  return (await certificate.executeTakeFirst())?.text ?? null;
}

/** The latest version of each of these operations, and when its records last changed since it was counted. */
export type LatestReturn = Pick<Return, 'id' | 'operationId' | 'version' | 'stage' | 'madeAt'> & {
  readonly signedAt: Date | null;
  readonly changedAt: Date | null;
};

export const listLatestReturns = (db: Reader<ReturnTables>, operationIds: readonly string[]): Promise<LatestReturn[]> =>
  db
    .selectFrom('returns as r')
    .leftJoin('returnSignatures as s', 's.returnId', 'r.id')
    .distinctOn('r.operationId')
    .select(['r.id', 'r.operationId', 'r.version', 'r.stage', 'r.madeAt', 's.signedAt'])
    .select((row) =>
      row
        .selectFrom('returnChanges as c')
        .whereRef('c.operationId', '=', 'r.operationId')
        .whereRef('c.at', '>', 'r.madeAt')
        .select(({ fn }) => fn.max('c.at').as('at'))
        .having((row) => row(row.fn.countAll(), '>', row.ref('r.changesAhead')))
        .as('changedAt'),
    )
    .where('r.operationId', '=', sql<OperationId>`any (${sql.val([...operationIds])}::uuid[])`)
    .orderBy('r.operationId')
    .orderBy('r.version', 'desc')
    .execute();

/** How many signed returns the member may see. */
export async function countReturnsSigned(db: Reader<ReturnTables>): Promise<number> {
  const { total } = await db
    .selectFrom('returns as r')
    .innerJoin('returnSignatures as s', 's.returnId', 'r.id')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
}

/** One page of all signed returns that the member may see, latest first, and their number. */
export async function listReturnsSigned(
  db: Reader<ReturnTables>,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly returns: Return[]; readonly total: number }> {
  const total = await countReturnsSigned(db);
  const rows = await selectReturns(db)
    .where('s.signedAt', 'is not', null)
    .orderBy('s.signedAt', 'desc')
    .orderBy('r.id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { returns: rows.map(toReturn), total };
}

/** Exact counts, qualifications and checks. Not found for who may not see behind a return. */
export const getWorkings = (db: Reader<ReturnTables>, returnId: string): Promise<Workings> =>
  db
    .selectFrom('returnWorkings')
    .select(['counted', 'qualifications', 'checks'])
    .where('returnId', '=', returnId as ReturnId)
    .executeTakeFirstOrThrow(() => notFound('return'));

/** One page of the records behind one cell of a figure, and how many there are. */
export async function listFigureRecords(
  db: Reader<ReturnTables>,
  { returnId, indicator, cell, page, size }: RecordsQuery,
): Promise<{ readonly records: RecordReference[]; readonly total: number }> {
  const behind = db
    .selectFrom('returnRecords')
    .where('returnId', '=', returnId as ReturnId)
    .where('indicator', '=', indicator)
    .where('cell', '=', cell);
  const { total } = await behind.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const records = await behind
    .select(['kind', 'recordId as id', 'withinId as within'])
    .orderBy('recordId')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { records, total };
}

export type RecordsQuery = {
  readonly returnId: string;
  readonly indicator: Indicator;
  readonly cell: string;
  readonly page: number;
  readonly size: number;
};

/** When records of the operation last changed after a count, without what had come in before it; null when they did not. */
export async function findLastChange(db: Reader<ReturnTables>, { id }: Pick<Return, 'id'>): Promise<Date | null> {
  const changed = await db
    .selectFrom('returns as r')
    .innerJoin('returnChanges as c', 'c.operationId', 'r.operationId')
    .whereRef('c.at', '>', 'r.madeAt')
    .where('r.id', '=', id)
    .groupBy('r.changesAhead')
    .having((row) => row(row.fn.countAll(), '>', row.ref('r.changesAhead')))
    .select(({ fn }) => fn.max('c.at').as('at'))
    .executeTakeFirst();
  return changed?.at ?? null;
}

/** The kinds of record that changed after a count, without what had come in before it; none when nothing did. */
export async function listKindsChanged(db: Reader<ReturnTables>, { id }: Pick<Return, 'id'>): Promise<string[]> {
  const rows = await db
    .selectFrom('returns as r')
    .innerJoin('returnChanges as c', 'c.operationId', 'r.operationId')
    .whereRef('c.at', '>', 'r.madeAt')
    .where('r.id', '=', id)
    .groupBy(['c.what', 'r.changesAhead'])
    .select(['c.what', 'r.changesAhead'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .orderBy('c.what')
    .execute();
  const changes = rows.reduce((sum, { count }) => sum + count, 0);
  return changes > (rows[0]?.changesAhead ?? 0) ? rows.map(({ what }) => what) : [];
}

/** How many changes of the operation's records are dated after this instant: read before the records are. */
export async function countChangesAhead(
  db: Reader<ReturnTables>,
  operationId: OperationId,
  now: Date,
): Promise<number> {
  const { count } = await db
    .selectFrom('returnChanges')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('operationId', '=', operationId)
    .where('at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}

/** The latest version of an operation's return, held until the transaction ends. */
export async function lockLatest(tx: Writer<ReturnTables>, operationId: string): Promise<Return | undefined> {
  const locked = await tx
    .selectFrom('returns')
    .select('id')
    .where('operationId', '=', operationId as OperationId)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return locked && getReturn(tx, locked.id);
}

/** One return, locked until the transaction ends. It includes a signature made while waiting. */
export async function lockReturn(tx: Writer<ReturnTables>, id: string): Promise<Return> {
  await tx
    .selectFrom('returns')
    .select('id')
    .where('id', '=', id as ReturnId)
    .forUpdate()
    .executeTakeFirst();
  return getReturn(tx, id);
}

/** Deletes a version that nobody signed. False where somebody signed it, first or for good. */
export async function discardReturn(tx: Writer<ReturnTables>, id: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`select ctx.discard_return(${id}::uuid) as gone`.execute(tx);
  return rows[0]?.gone === true;
}

export type NewCount = Omit<Return, 'signature'> & {
  readonly workings: Workings;
  readonly behind: readonly CountedRecord[];
  readonly changesAhead: number;
};

/** Adds a version. If one operation is counted twice at once, the second must retry. */
export async function addReturn(tx: Writer<ReturnTables>, { workings, behind, ...made }: NewCount): Promise<void> {
  try {
    await tx
      .insertInto('returns')
      .values({ ...made, ...serialiseReturn(made) })
      .execute();
  } catch (error) {
    if (codeOf(error) === uniqueViolation) throw conflict('somebody counted at the same moment');
    throw error;
  }
  await tx
    .insertInto('returnWorkings')
    .values({ returnId: made.id, ...serialiseWorkings(workings) })
    .execute();
  await addCountedRecords(tx, made.id, behind);
}

/** Replaces an unsigned count. */
export async function replaceCount(
  tx: Writer<ReturnTables>,
  { workings, behind, id, ...made }: NewCount,
): Promise<void> {
  await tx
    .updateTable('returns')
    .set({ ...made, ...serialiseReturn(made) })
    .where('id', '=', id)
    .execute();
  await tx.updateTable('returnWorkings').set(serialiseWorkings(workings)).where('returnId', '=', id).execute();
  await tx.deleteFrom('returnRecords').where('returnId', '=', id).execute();
  await addCountedRecords(tx, id, behind);
}

const serialiseReturn = ({ facts, figures, protection }: Pick<Return, 'facts' | 'figures' | 'protection'>) => ({
  facts: JSON.stringify(facts),
  figures: JSON.stringify(figures),
  protection: JSON.stringify(protection),
});

const serialiseWorkings = ({ counted, qualifications, checks }: Workings) => ({
  counted: JSON.stringify(counted),
  qualifications: JSON.stringify(qualifications),
  checks: JSON.stringify(checks),
});

/** Any number of rows in one statement. */
async function addCountedRecords(
  tx: Writer<ReturnTables>,
  returnId: ReturnId,
  behind: readonly CountedRecord[],
): Promise<void> {
  const rows = JSON.stringify(behind);
  await sql`
    insert into return_records (return_id, indicator, cell, kind, record_id, within_id)
    select ${returnId}, b.indicator, b.cell, b.kind, b.id, b.within
      from jsonb_to_recordset(${rows}::jsonb) as b (indicator text, cell text, kind text, id uuid, within uuid)`.execute(
    tx,
  );
}

/** What an analyst says of figures, and the figures as they are then said. */
export async function saveQualifications(
  tx: Writer<ReturnTables>,
  id: ReturnId,
  { figures, qualifications }: { readonly figures: Figures; readonly qualifications: Qualifications },
): Promise<void> {
  await tx
    .updateTable('returns')
    .set({ figures: JSON.stringify(figures) })
    .where('id', '=', id)
    .execute();
  await tx
    .updateTable('returnWorkings')
    .set({ qualifications: JSON.stringify(qualifications) })
    .where('returnId', '=', id)
    .execute();
}

/** Sets the stage, then signs. From here on the database refuses every change. A final return and each version after it have two signatures: second-signature/store.ts. */
export async function saveSignature(
  tx: Writer<ReturnTables>,
  {
    stage,
    ...signature
  }: Omit<SignatureRow, 'countersignedBy' | 'countersignedAt'> & { readonly stage: Exclude<Stage, 'final'> },
): Promise<void> {
  await tx.updateTable('returns').set({ stage }).where('id', '=', signature.returnId).execute();
  await tx.insertInto('returnSignatures').values(signature).execute();
}

/** Writes down that records of an operation changed. The leader's part. */
export async function addRecordsChange(
  tx: Writer<ReturnTables>,
  change: { readonly id: string; readonly operationId: string; readonly what: string; readonly at: Date },
): Promise<void> {
  await tx
    .insertInto('returnChanges')
    .values({ ...change, operationId: change.operationId as OperationId })
    .execute();
}
