/** Reads entries together with the items that name them. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { getItems } from '../items/store.ts';
import type { Mention } from './mentions.ts';
import type { LinkedEntity } from './store.ts';

/** Each with its item, every item read once. */
export async function loadMentions(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  entities: readonly LinkedEntity[],
): Promise<Mention[]> {
  const itemIds = [...new Set(entities.map(({ itemId }) => itemId))];
  const items = new Map((await getItems(db, keys, itemIds)).map((item) => [item.id, item]));
  return entities.flatMap((entity) => {
    const item = items.get(entity.itemId);
    return item ? [{ entity, item }] : [];
  });
}
