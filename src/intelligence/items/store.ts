/** Stores intelligence in PostgreSQL: grades and dates in the open, text and handling conditions as one sealed value under a key of its own. */
import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import { sealedContentOf } from '../sealed-content.ts';
import type { Item, ItemContent, ItemId, ItemSource } from './item.ts';
import { textTermsToStore } from './text-terms.ts';

type ItemRow = Mutable<Item> & { sealedContent: Buffer; wrappedKey: Buffer };
export type ItemTables = {
  intelligenceItems: ItemRow;
  intelligenceSources: Mutable<ItemSource> & { id: ItemId };
  intelligenceItemTerms: { itemId: ItemId; term: number; agencyId: AgencyId };
};
type Audited = AuditedReader<ItemTables>;
type Tx = Writer<ItemTables>;
export type OpenItem = Item & ItemContent;

const sealed = sealedContentOf<ItemContent>('intelligence_items', 1_024);

function openRow(keys: UnitKeys, { sealedContent, wrappedKey, ...item }: ItemRow): OpenItem {
  return { ...item, ...sealed.open(keys, item.id, { sealedContent, wrappedKey }) };
}

const parseBytes = (text: unknown): Buffer => Buffer.from(String(text).slice(2), 'hex');

/** What an earlier version said: there the database keeps sealed values as text. */
export const openEarlierContent = (
  keys: UnitKeys,
  id: string,
  record: Readonly<Record<string, unknown>>,
): ItemContent =>
  sealed.open(keys, id, {
    sealedContent: parseBytes(record.sealed_content),
    wrappedKey: parseBytes(record.wrapped_key),
  });

export type WantedItems = {
  readonly page: number;
  readonly size: number;
  /** Those alone whose review day is this day or earlier, by that day. */
  readonly dueOn?: string;
};

/** One page, the newest first, and how many there are; of the reader's own agency, as row policies have it. */
export async function listItems(
  db: Audited,
  keys: UnitKeys,
  { page, size, dueOn }: WantedItems,
): Promise<{ readonly items: readonly OpenItem[]; readonly total: number }> {
  const all = db.selectFrom('intelligenceItems');
  const wanted = dueOn === undefined ? all : all.where('reviewOn', '<=', dueOn);
  const ordered = dueOn === undefined ? wanted.orderBy('recordedAt', 'desc') : wanted.orderBy('reviewOn');
  const rows = await ordered
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const { total } = await wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { items: rows.map((row) => openRow(keys, row)), total: Number(total) };
}

/** Made from one report, the newest first. */
export async function listItemsOfReport(db: Audited, reportId: string): Promise<readonly Pick<Item, 'id'>[]> {
  return db
    .selectFrom('intelligenceSources as s')
    .innerJoin('intelligenceItems as i', 'i.id', 's.id')
    .select('i.id')
    .where('s.reportId', '=', reportId)
    .orderBy('i.recordedAt', 'desc')
    .execute();
}

export async function getItem(db: Audited, keys: UnitKeys, id: ItemId): Promise<OpenItem> {
  const row = await db.selectFrom('intelligenceItems').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('intelligence item');
  return openRow(keys, row);
}

/** Those of these ids that the reader may see, in no order. */
export async function getItems(db: Audited, keys: UnitKeys, ids: readonly ItemId[]): Promise<readonly OpenItem[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('intelligenceItems').selectAll().where('id', 'in', ids).execute();
  return rows.map((row) => openRow(keys, row));
}

export const getItemSource = (db: Audited, id: ItemId): Promise<ItemSource> =>
  db
    .selectFrom('intelligenceSources')
    .select(['reportId', 'originalReference'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('intelligence item'));

export async function addItem(
  tx: Tx,
  keys: UnitKeys,
  { text, conditions, ...item }: OpenItem,
  source: ItemSource,
): Promise<void> {
  await tx
    .insertInto('intelligenceItems')
    .values({ ...item, ...sealed.seal(keys, item.id, { text, conditions }) })
    .execute();
  await tx
    .insertInto('intelligenceSources')
    .values({ id: item.id, ...source })
    .execute();
  await saveTextTerms(tx, keys, item, text);
}

async function saveTextTerms(
  tx: Tx,
  keys: UnitKeys,
  { id, agencyId }: Pick<Item, 'id' | 'agencyId'>,
  text: string,
): Promise<void> {
  const terms = textTermsToStore(keys, text);
  if (terms.length === 0) return;
  await tx
    .insertInto('intelligenceItemTerms')
    .values(terms.map((term) => ({ itemId: id, term, agencyId })))
    .execute();
}

/** Locked until the transaction ends; undefined where a colleague has disposed of it. */
export const lockItem = (tx: Tx, id: ItemId): Promise<Pick<Item, 'reviewOn'> | undefined> =>
  tx.selectFrom('intelligenceItems').select('reviewOn').where('id', '=', id).forUpdate().executeTakeFirst();

type Corrected = Pick<
  OpenItem,
  | 'id'
  | 'agencyId'
  | 'text'
  | 'conditions'
  | 'sourceEvaluation'
  | 'assessment'
  | 'handling'
  | 'happenedFrom'
  | 'happenedTo'
>;

/** The database keeps the earlier version, under its own key. */
export async function saveCorrection(
  tx: Tx,
  keys: UnitKeys,
  { id, agencyId, text, conditions, ...said }: Corrected,
): Promise<void> {
  await tx.deleteFrom('intelligenceItemTerms').where('itemId', '=', id).execute();
  await saveTextTerms(tx, keys, { id, agencyId }, text);
  await tx
    .updateTable('intelligenceItems')
    .set({ ...said, ...sealed.seal(keys, id, { text, conditions }) })
    .where('id', '=', id)
    .execute();
}

export async function saveSystemReference(tx: Tx, id: ItemId, systemReference: string): Promise<void> {
  await tx.updateTable('intelligenceItems').set({ systemReference }).where('id', '=', id).execute();
}

export async function saveReview(tx: Tx, id: ItemId, reviewOn: string): Promise<void> {
  await tx.updateTable('intelligenceItems').set({ reviewOn }).where('id', '=', id).execute();
}

/** Removes it with its source and its earlier versions. */
export async function disposeItem(tx: Writer<AnyTables>, id: ItemId): Promise<void> {
  await sql`select ctx.dispose_intelligence_item(${id})`.execute(tx);
}

/** Whose review day has come: how many, and the earliest day. Reads no content. */
export async function countDueItems(
  db: Reader<ItemTables>,
  today: string,
): Promise<{ readonly count: number; readonly first: string | null }> {
  const { count, first } = await db
    .selectFrom('intelligenceItems')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('reviewOn').as('first')])
    .where('reviewOn', '<=', today)
    .executeTakeFirstOrThrow();
  return { count: Number(count), first };
}
