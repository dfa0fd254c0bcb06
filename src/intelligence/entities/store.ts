/** Stores what intelligence names in PostgreSQL: the kind in the open, the rest sealed under a key of its own. */
import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { ItemId } from '../items/item.ts';
import type { ItemTables } from '../items/store.ts';
import type { LinkTables } from '../links/links-store.ts';
import { sealedContentOf } from '../sealed-content.ts';
import type { Entity, EntityContent, EntityId, OpenEntity } from './entity.ts';

type EntityRow = Mutable<Entity> & {
  sealedContent: Buffer;
  wrappedKey: Buffer;
  agencyId: AgencyId;
  clusterId: EntityId;
};
export type EntityTables = ItemTables & LinkTables & { intelligenceEntities: EntityRow };
type Audited = AuditedReader<EntityTables>;
type Tx = Writer<EntityTables>;
export type LinkedEntity = OpenEntity & { readonly clusterId: EntityId };

const sealed = sealedContentOf<EntityContent>('intelligence_entities', 256);

const openRow = (keys: UnitKeys, { sealedContent, wrappedKey, agencyId: _, ...entity }: EntityRow): LinkedEntity => ({
  ...entity,
  content: sealed.open(keys, entity.id, { sealedContent, wrappedKey }),
});

export async function saveEntity(
  tx: Tx,
  keys: UnitKeys,
  { content, ...entity }: OpenEntity,
  agencyId: AgencyId,
): Promise<void> {
  await tx
    .insertInto('intelligenceEntities')
    .values({
      ...entity,
      agencyId,
      clusterId: entity.id,
      ...sealed.seal(keys, entity.id, content),
    })
    .execute();
}

/** In the order in which they were added. */
export async function listEntitiesOfItem(
  db: Audited,
  keys: UnitKeys,
  itemId: ItemId,
): Promise<readonly LinkedEntity[]> {
  const rows = await db
    .selectFrom('intelligenceEntities')
    .selectAll()
    .where('itemId', '=', itemId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => openRow(keys, row));
}

/** Those of these ids that the reader may see, in no order. */
export async function openEntities(
  db: Audited | Tx,
  keys: UnitKeys,
  ids: readonly string[],
): Promise<readonly LinkedEntity[]> {
  if (ids.length === 0) return [];
  const rows = await (db as Reader<EntityTables>)
    .selectFrom('intelligenceEntities')
    .selectAll()
    .where('id', 'in', ids as EntityId[])
    .execute();
  return rows.map((row) => openRow(keys, row));
}

export async function getEntity(db: Audited, keys: UnitKeys, id: EntityId): Promise<LinkedEntity> {
  const [entity] = await openEntities(db, keys, [id]);
  if (!entity) throw notFound('intelligence');
  return entity;
}

/** It and all that members decided are the same, the first added first. */
export async function listCluster(db: Audited, keys: UnitKeys, clusterId: EntityId): Promise<readonly LinkedEntity[]> {
  const rows = await db
    .selectFrom('intelligenceEntities')
    .selectAll()
    .where('clusterId', '=', clusterId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => openRow(keys, row));
}

/** False where a colleague has disposed of the item meanwhile; locked against that until the transaction ends. */
export async function lockItem(tx: Tx, itemId: ItemId): Promise<boolean> {
  const item = await tx
    .selectFrom('intelligenceItems')
    .select('id')
    .where('id', '=', itemId)
    .forUpdate()
    .executeTakeFirst();
  return item !== undefined;
}

export const listIdsOfItem = async (tx: Reader<EntityTables>, itemId: ItemId): Promise<readonly EntityId[]> =>
  (await tx.selectFrom('intelligenceEntities').select('id').where('itemId', '=', itemId).execute()).map(({ id }) => id);

/** Removes it with its terms, possible links and decisions. */
export async function removeEntityRow(tx: Writer<AnyTables>, id: EntityId): Promise<void> {
  await sql`select ctx.remove_intelligence_entity(${id})`.execute(tx);
}
