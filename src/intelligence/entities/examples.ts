/** Invented things that intelligence names, for tests. Arranges with an all-powerful database. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { ItemId } from '../items/item.ts';
import { termsToStore } from '../links/keyed-terms.ts';
import { saveTerms } from '../links/links-store.ts';
import type { EntityContent, EntityId } from './entity.ts';
import { saveEntity } from './store.ts';

const addedAt = new Date('2026-09-15T10:00:00Z');

/** One that an item names, with its terms and without any possible link. Gives its id. */
export async function addExampleEntity(
  db: Db,
  keys: UnitKeys,
  by: { readonly id: string; readonly agencyId: string },
  itemId: ItemId,
  content: EntityContent,
  id = newId<'intelligence entity'>(),
): Promise<EntityId> {
  const agencyId = by.agencyId as AgencyId;
  await saveEntity(
    db,
    keys,
    { id, itemId, kind: content.kind, content, addedBy: by.id as MemberId, addedAt },
    agencyId,
  );
  await saveTerms(db, id, agencyId, termsToStore(keys, content));
  return id;
}
