/** Invented link charts, for tests and the bench. `addExampleChart` arranges with an all-powerful database. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { pairOf } from '../../vocabulary/judgements.ts';
import { type EntityContent, type EntityId, entityKinds } from '../entities/entity.ts';
import { addExampleEntity } from '../entities/examples.ts';
import { addExampleItem } from '../items/examples.ts';
import type { ItemId } from '../items/item.ts';
import { saveClusters, saveOffers } from '../links/links-store.ts';
import type { Chart, ChartLine, ChartNode } from './chart.ts';

/** A chart of so many nodes, every third an item: each entry is named by an item before it, some by more; some may be the same. `random` gives numbers below 1. */
export function exampleChart(count: number, random: () => number): Chart {
  const below = (most: number): number => Math.floor(random() * most);
  const nodes = Array.from({ length: count }, (_, at): ChartNode => {
    const href = `/staff/intelligence/named/0190a1b2-c3d4-7e5f-8a9b-${String(at).padStart(12, '0')}`;
    if (at % 3 === 1) return { kind: 'item', name: `I-000-${at}`, more: '2CP, 3 October 2026', href };
    const kind = entityKinds[below(entityKinds.length)] ?? 'person';
    return { kind, name: `${at} Mill Lane, Watford, WD17 1AA & «${kind}»`, more: '', href };
  });
  const lines = new Map<string, ChartLine>();
  const join = (from: number, to: number, possible: boolean): void => {
    lines.set(`${Math.min(from, to)} ${Math.max(from, to)}`, { from, to, possible });
  };
  for (const [at, { kind }] of nodes.entries()) {
    if (at === 0) continue;
    const beyond = random() < 0.2 ? 3 : 1;
    for (let line = 0; line < beyond; line += 1) {
      const other = below(Math.ceil(at / 3)) * 3;
      const item = other + 1 < at ? other + 1 : 1;
      if (kind === 'item') join(at, other, false);
      else if (item < count && item !== at) join(item, at, false);
    }
    if (kind !== 'item' && random() < 0.1 && at % 3 === 0) join(below(at / 3) * 3, at, true);
  }
  return { nodes, lines: [...lines.values()] };
}

const contentOf = (at: number, other: number): EntityContent =>
  other % 2 === 0
    ? { kind: 'phone', number: `07700 900${String(at % 1_000).padStart(3, '0')}` }
    : { kind: 'premises', address: `${at} Mill Lane, Watford`, postcode: 'WD17 1AA' };

/** One telephone in so many items, decided as the same, each with so many other entries; each two of these that follow may be the same. Gives the id of the telephone's first entry. */
export async function addExampleChart(
  db: Db,
  keys: UnitKeys,
  by: { readonly id: string; readonly agencyId: string },
  { items, others }: { readonly items: number; readonly others: number },
): Promise<EntityId> {
  const ids: EntityId[] = [];
  let before: EntityId | undefined;
  for (let at = 0; at < items; at += 1) {
    const item: ItemId = await addExampleItem(db, keys, by, {});
    ids.push(await addExampleEntity(db, keys, by, item, { kind: 'phone', number: '07700 900999' }));
    for (let other = 0; other < others; other += 1) {
      const id = await addExampleEntity(db, keys, by, item, contentOf(at * others + other, other));
      if (before && other === 0) await saveOffers(db, by.agencyId as never, [{ ...pairOf(before, id), weight: 80 }]);
      if (other === 0) before = id;
    }
  }
  const least = ids.toSorted()[0] as EntityId;
  await saveClusters(db, new Map(ids.map((id) => [id, least])));
  return ids[0] as EntityId;
}
