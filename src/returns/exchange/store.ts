/** How weeks, keys, received returns and decisions on joint visits lie in PostgreSQL. */
import type { ColumnType } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId, Id } from '../../vocabulary/ids.ts';
import type { SignedReturnDocument } from './document/signed-return.ts';
import type { ArrivalVerdict, ExchangeWeek, Kept, RegisteredKey, Reporter } from './inbox/inbox.ts';
import { type KeptAnswer, type PairDecisions, renewPairKey } from './inbox/joint-visits.ts';

export type ExchangeWeekId = Id<'exchange week'>;
export type NamedWeek = ExchangeWeek & {
  readonly id: ExchangeWeekId;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly nationalOperation: string | null;
  readonly tasking: string | null;
  readonly area: string | null;
  readonly focus: readonly string[];
  /** The week that it is part of. */
  readonly parentId: ExchangeWeekId | null;
  readonly madeBy: string;
  readonly madeAt: Date;
};

export type ExchangeKeyId = Id<'exchange key'>;
export type KeptKey = RegisteredKey & {
  readonly id: ExchangeKeyId;
  readonly agencyId: AgencyId;
  readonly registeredBy: string;
  readonly registeredAt: Date;
};

export type DocumentId = Id<'exchange document'>;
export type DocumentRow = {
  readonly id: DocumentId;
  readonly weekId: ExchangeWeekId;
  readonly receivedAt: Date;
  readonly receivedBy: string | null;
  readonly fileName: string | null;
  readonly arrival: ArrivalVerdict;
  readonly faults: readonly string[];
  readonly publicKey: string | null;
  readonly digest: string;
  readonly content: string;
};

type Json<Value> = ColumnType<Value, string, string>;
export type ExchangeTables = {
  exchangeWeeks: Mutable<Omit<NamedWeek, 'reporters' | 'definitions' | 'focus'>> & {
    reporters: Json<readonly Reporter[]>;
    definitions: string[];
    focus: string[];
  };
  exchangeKeys: Mutable<KeptKey>;
  exchangeDocuments: Mutable<Omit<DocumentRow, 'faults'>> & { faults: string[] };
  exchangePairDecisions: {
    id: string;
    weekId: ExchangeWeekId;
    pair: string;
    answer: KeptAnswer;
    decidedBy: string;
    decidedAt: Date;
  };
};

type Db = Reader<ExchangeTables>;
type Tx = Writer<ExchangeTables>;

export const listWeeks = (db: Db): Promise<NamedWeek[]> =>
  db.selectFrom('exchangeWeeks').selectAll().orderBy('startsOn', 'desc').orderBy('id').limit(200).execute();

export const getWeek = (db: Db, id: string): Promise<NamedWeek> =>
  db
    .selectFrom('exchangeWeeks')
    .selectAll()
    .where('id', '=', id as ExchangeWeekId)
    .executeTakeFirstOrThrow(() => notFound('exchange week'));

/** The weeks that are part of it, with their own dates. */
export const listParts = (db: Db, id: ExchangeWeekId): Promise<NamedWeek[]> =>
  db.selectFrom('exchangeWeeks').selectAll().where('parentId', '=', id).orderBy('startsOn').orderBy('name').execute();

/** Until the transaction ends, no other week becomes part of one of these. */
export async function lockWeeks(tx: Tx): Promise<NamedWeek[]> {
  await tx.selectFrom('exchangeWeeks').select('id').orderBy('id').forUpdate().execute();
  return tx.selectFrom('exchangeWeeks').selectAll().execute();
}

/** Until the transaction ends, other decisions on its joint visits wait. */
export async function lockWeek(tx: Tx, id: ExchangeWeekId): Promise<void> {
  await tx
    .selectFrom('exchangeWeeks')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('exchange week'));
}

const toRow = ({ reporters, definitions, ...week }: NamedWeek) => ({
  ...week,
  reporters: JSON.stringify(reporters),
  definitions: [...definitions],
  focus: [...week.focus],
});

export async function addWeek(tx: Tx, week: NamedWeek): Promise<void> {
  await tx.insertInto('exchangeWeeks').values(toRow(week)).execute();
}

export async function saveWeek(tx: Tx, week: NamedWeek): Promise<void> {
  await tx.updateTable('exchangeWeeks').set(toRow(week)).where('id', '=', week.id).execute();
}

/** Those in force first. */
export const listKeys = (db: Db): Promise<KeptKey[]> =>
  db
    .selectFrom('exchangeKeys')
    .selectAll()
    .orderBy((row) => row('endedAt', 'is not', null))
    .orderBy('country')
    .orderBy('name')
    .orderBy('registeredAt')
    .execute();

export const getKey = (db: Db, id: string): Promise<KeptKey> =>
  db
    .selectFrom('exchangeKeys')
    .selectAll()
    .where('id', '=', id as ExchangeKeyId)
    .executeTakeFirstOrThrow(() => notFound('exchange key'));

export async function addKey(tx: Tx, key: KeptKey): Promise<void> {
  await tx.insertInto('exchangeKeys').values(key).execute();
}

export async function endKey(tx: Tx, id: ExchangeKeyId, endedAt: Date): Promise<boolean> {
  const [ended] = await tx
    .updateTable('exchangeKeys')
    .set({ endedAt })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute();
  return ended !== undefined;
}

/** By a program, which may read nothing: the database refuses a document that it has. */
export async function addDocument(tx: Tx, document: DocumentRow): Promise<void> {
  await tx
    .insertInto('exchangeDocuments')
    .values({ ...document, faults: [...document.faults] })
    .execute();
}

/** A file that came before is kept once. Gives how many were added. */
export async function addDocumentOnce(tx: Tx, document: DocumentRow): Promise<number> {
  const [added] = await tx
    .insertInto('exchangeDocuments')
    .values({ ...document, faults: [...document.faults] })
    .onConflict((conflict) => conflict.columns(['weekId', 'digest']).doNothing())
    .execute();
  return Number(added?.numInsertedOrUpdatedRows ?? 0);
}

/** A document with how it came, which tells two of one name apart. */
export type CameDocument = Kept & Pick<DocumentRow, 'weekId' | 'fileName' | 'receivedBy'>;

/** Content was read when it came: it is parsed again, and not checked again. */
const toKept = ({
  content,
  ...came
}: Pick<
  DocumentRow,
  'weekId' | 'id' | 'receivedAt' | 'receivedBy' | 'fileName' | 'arrival' | 'content'
>): CameDocument => ({
  ...came,
  document:
    came.arrival === 'readable' || came.arrival === 'does not add up'
      ? (JSON.parse(content) as SignedReturnDocument)
      : null,
});

/** Every document of these weeks, in the order in which they came. */
export async function listKept(db: Db, weekIds: readonly ExchangeWeekId[]): Promise<CameDocument[]> {
  const rows = await db
    .selectFrom('exchangeDocuments')
    .select(['weekId', 'id', 'receivedAt', 'receivedBy', 'fileName', 'arrival', 'content'])
    .where('weekId', 'in', [...weekIds])
    .orderBy('receivedAt')
    .orderBy('id')
    .execute();
  return rows.map(toKept);
}

/** One page of the documents of a week, the newest first, and their number. */
export async function paginateDocuments(
  db: Db,
  weekId: string,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly documents: readonly Omit<DocumentRow, 'content'>[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('exchangeDocuments')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('weekId', '=', weekId as ExchangeWeekId)
    .executeTakeFirstOrThrow();
  const documents = await db
    .selectFrom('exchangeDocuments')
    .select(['id', 'weekId', 'receivedAt', 'receivedBy', 'fileName', 'arrival', 'faults', 'publicKey', 'digest'])
    .where('weekId', '=', weekId as ExchangeWeekId)
    .orderBy('receivedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { documents, total };
}

export async function countDocuments(
  db: Db,
  weekIds: readonly ExchangeWeekId[],
): Promise<ReadonlyMap<ExchangeWeekId, number>> {
  const rows = await db
    .selectFrom('exchangeDocuments')
    .select(['weekId', ({ fn }) => fn.countAll<number>().as('total')])
    .where('weekId', 'in', [...weekIds])
    .groupBy('weekId')
    .execute();
  return new Map(rows.map(({ weekId, total }) => [weekId, Number(total)]));
}

export const getDocument = (db: Db, id: string): Promise<DocumentRow> =>
  db
    .selectFrom('exchangeDocuments')
    .selectAll()
    .where('id', '=', id as DocumentId)
    .executeTakeFirstOrThrow(() => notFound('received return'));

export type KeptDecision = {
  readonly pair: string;
  readonly answer: KeptAnswer;
  readonly decidedBy: string;
  readonly decidedAt: Date;
};

/** The latest decision on each pair of these weeks, also those that were taken back. */
export async function listDecisions(db: Db, weekIds: readonly ExchangeWeekId[]): Promise<KeptDecision[]> {
  const rows = await db
    .selectFrom('exchangePairDecisions')
    .distinctOn('pair')
    .select(['pair', 'answer', 'decidedBy', 'decidedAt'])
    .where('weekId', 'in', [...weekIds])
    .orderBy('pair')
    .orderBy('decidedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ pair, ...decision }) => ({ pair: renewPairKey(pair), ...decision }));
}

export const toDecisions = (kept: readonly KeptDecision[]): PairDecisions =>
  new Map(kept.flatMap(({ pair, answer }) => (answer === 'open' ? [] : [[pair, answer] as const])));

export async function addDecisions(
  tx: Tx,
  decisions: readonly ExchangeTables['exchangePairDecisions'][],
): Promise<void> {
  await tx
    .insertInto('exchangePairDecisions')
    .values([...decisions])
    .execute();
}
