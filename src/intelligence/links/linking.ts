/** Offers possible links when something is named or removed, so that what is offered is what a run over everything would offer; and carries out decisions. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import {
  findClusters,
  inForce,
  type JudgementRefusal,
  mayDecide,
  mayUndo,
  pairOf,
} from '../../vocabulary/judgements.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { EntityId, OpenEntity } from '../entities/entity.ts';
import * as store from '../entities/store.ts';
import type { ItemId } from '../items/item.ts';
import { compareEntities, leastTotal } from './comparison.ts';
import { termsToFind, termsToStore } from './keyed-terms.ts';
import * as links from './links-store.ts';
import { mostSharing } from './possible-links.ts';

type Tx = Writer<store.EntityTables>;

/** Two that one item names are never offered: its author told them apart. */
function findOffers(one: OpenEntity, others: readonly OpenEntity[]): readonly links.Offer[] {
  const offers: links.Offer[] = [];
  for (const other of others) {
    if (other.id === one.id || other.kind !== one.kind || other.itemId === one.itemId) continue;
    const { total } = compareEntities(one.content, other.content);
    if (total >= leastTotal) offers.push({ ...pairOf(one.id, other.id), weight: Math.round(total * 10) });
  }
  return offers;
}

/** Saves it and offers its possible links. A term that it makes too common offers nothing any more. */
export async function addEntity(tx: Tx, keys: UnitKeys, entity: OpenEntity, agencyId: AgencyId): Promise<void> {
  await links.lockLinks(tx, agencyId);
  await store.saveEntity(tx, keys, entity, agencyId);
  await links.saveTerms(tx, entity.id, agencyId, termsToStore(keys, entity.content));
  const counts = await links.countHolders(tx, termsToFind(keys, entity.content), mostSharing + 2);
  const rare = [...counts].filter(([, count]) => count <= mostSharing).map(([term]) => term);
  const holders = (await links.listHolders(tx, agencyId, rare)).filter((id) => id !== entity.id);
  await links.saveOffers(tx, agencyId, findOffers(entity, await store.openEntities(tx, keys, holders)));
  for (const [term, count] of counts)
    if (count === mostSharing + 1)
      await links.withdrawOffers(tx, await links.listHolders(tx, agencyId, [term]), mostSharing);
}

/** Removes it. A term that is rare again offers what it links. */
async function removeLocked(tx: Tx, keys: UnitKeys, id: EntityId, agencyId: AgencyId): Promise<void> {
  const [entity] = await store.openEntities(tx, keys, [id]);
  if (!entity) return;
  const before = await links.countHolders(tx, termsToFind(keys, entity.content), mostSharing + 2);
  const joined = (await links.listClustersOf(tx, [id])).filter((one) => one !== id);
  await store.removeEntityRow(tx, id);
  for (const [term, count] of before) {
    if (count !== mostSharing + 1) continue;
    const holders = await store.openEntities(tx, keys, await links.listHolders(tx, agencyId, [term]));
    for (const [at, one] of holders.entries())
      await links.saveOffers(tx, agencyId, findOffers(one, holders.slice(at + 1)));
  }
  await recluster(tx, joined);
}

export async function removeEntity(tx: Tx, keys: UnitKeys, id: EntityId, agencyId: AgencyId): Promise<void> {
  await links.lockLinks(tx, agencyId);
  await removeLocked(tx, keys, id, agencyId);
}

/** Before an item is disposed of. */
export async function removeEntitiesOfItem(tx: Tx, keys: UnitKeys, itemId: ItemId, agencyId: AgencyId): Promise<void> {
  const ids = await store.listIdsOfItem(tx, itemId);
  if (ids.length === 0) return;
  await links.lockLinks(tx, agencyId);
  for (const id of ids) await removeLocked(tx, keys, id, agencyId);
}

/** Each gets the least id of those that decisions in force join it with. */
async function recluster(tx: Tx, members: readonly EntityId[]): Promise<void> {
  if (members.length === 0) return;
  const judgements = inForce(await links.listDecisionsWith(tx, members));
  const known = new Set<string>(members);
  const within = judgements.filter(({ one, other }) => known.has(one) && known.has(other));
  await links.saveClusters(tx, findClusters(members, within));
}

type NewDecision = Omit<links.LinkDecision, 'undoneBy' | 'undoneAt'>;

/** Records the decision and joins or parts what it is about; refuses where a decision about another pair says otherwise, and where this pair was decided since: `base` is the id of the decision that the member saw, if any. */
export async function decideLink(
  tx: Tx,
  decision: NewDecision,
  base: string,
): Promise<Result<true, JudgementRefusal | 'gone' | 'decided since'>> {
  await links.lockLinks(tx, decision.agencyId);
  const members = await links.listClustersOf(tx, [decision.one, decision.other]);
  if (!members.includes(decision.one) || !members.includes(decision.other)) return refuse('gone');
  const decisions = await links.listDecisionsWith(tx, members);
  const last = decisions.findLast(
    ({ one, other, undone }) => !undone && one === decision.one && other === decision.other,
  );
  const may = mayDecide(decisions, decision);
  if (!may.ok) return may;
  if ((last?.id ?? '') !== base) return refuse('decided since');
  await links.saveDecision(tx, decision);
  await recluster(tx, members);
  return accept(true);
}

/** Undoes the last decision about a pair: what stood before it stands again. */
export async function undoDecision(
  tx: Tx,
  { id, one, other, agencyId }: links.LinkDecision,
  by: MemberId,
  at: Date,
): Promise<Result<true, JudgementRefusal>> {
  await links.lockLinks(tx, agencyId);
  const members = await links.listClustersOf(tx, [one, other]);
  const may = mayUndo(await links.listDecisionsWith(tx, members), id);
  if (!may.ok) return may;
  await links.saveUndo(tx, id, by, at);
  await recluster(tx, members);
  return accept(true);
}
