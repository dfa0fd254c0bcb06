/** Decisions about links, orders of arrival and weights that add up: the figures of `assurance`. Database and rules are the product's own. */
import type { TestContext } from 'node:test';
import type { EntityId, OpenEntity } from '../../../src/intelligence/entities/entity.ts';
import { addExampleItem } from '../../../src/intelligence/items/examples.ts';
import type { ItemId } from '../../../src/intelligence/items/item.ts';
import { compareEntities } from '../../../src/intelligence/links/comparison.ts';
import { addEntity, decideLink } from '../../../src/intelligence/links/linking.ts';
import { listDecisionsWith } from '../../../src/intelligence/links/links-store.ts';
import { findPossibleLinks } from '../../../src/intelligence/links/possible-links.ts';
import type { Actor } from '../../../src/platform/access-policy/access.ts';
import { type AnyTables, setContext, type Writer } from '../../../src/platform/database/database.ts';
import { type AgencyId, type MemberId, newId } from '../../../src/vocabulary/ids.ts';
import {
  type Decision,
  findClusters,
  inForce,
  mayDecide,
  mayUndo,
  pairOf,
  verdicts,
} from '../../../src/vocabulary/judgements.ts';
import { openAttended } from '../../fixtures/attended-reports.ts';
import { chance, count, createProgress, type Effort, mixed, type Row, row } from '../../harness/assurance.ts';
import { inServer } from '../whole/world.ts';
import { inventEntities } from './invented-entities.ts';

type Random = () => number;
const oneOf = <One>(all: readonly One[], random: Random): One => all[Math.floor(random() * all.length)] as One;

type Tally = { done: number; undone: number; reversed: number; inexact: number };
const ids = [...'abcdefgh'];
const stateOf = (decisions: readonly Decision[]): string =>
  JSON.stringify([...findClusters(ids, inForce(decisions))].toSorted());

/** Whether every “same” is in one cluster and every “not the same” in two. */
function holds(decisions: readonly Decision[]): boolean {
  const clusters = findClusters(ids, inForce(decisions));
  return inForce(decisions).every(({ one, other, verdict }) => {
    const joined = clusters.get(one) === clusters.get(other);
    return verdict === 'same' ? joined : verdict === 'apart' ? !joined : true;
  });
}

/** One sequence: decisions and undoings at random. After some, all undone again from the last: nothing may be left. */
function playSequence(random: Random, tally: Tally): void {
  let decisions: readonly Decision[] = [];
  const before: { id: string; state: string }[] = [];
  const undo = (id: string): void => {
    decisions = decisions.map((one) => (one.id === id ? { ...one, undone: true } : one));
    tally.undone += 1;
  };
  for (let step = 0; step < 30; step += 1) {
    const last = before.at(-1);
    if (last && random() < 0.3) {
      if (!mayUndo(decisions, last.id).ok) tally.inexact += 1;
      undo(last.id);
      before.pop();
      if (stateOf(decisions) !== last.state) tally.inexact += 1;
    } else {
      const [a, b] = [oneOf(ids, random), oneOf(ids, random)];
      const asked = { ...pairOf(a, b), id: String(step), verdict: oneOf(verdicts, random), undone: false };
      if (a === b || !mayDecide(decisions, asked).ok) continue;
      before.push({ id: asked.id, state: stateOf(decisions) });
      decisions = [...decisions, asked];
      tally.done += 1;
    }
    if (!holds(decisions)) tally.reversed += 1;
  }
  for (const { id, state } of before.toReversed()) {
    undo(id);
    if (stateOf(decisions) !== state) tally.inexact += 1;
  }
  if (inForce(decisions).length > 0) tally.inexact += 1;
}

function assureSequences(random: Random): Row {
  const sequences = 10_000;
  const tally: Tally = { done: 0, undone: 0, reversed: 0, inexact: 0 };
  for (let at = 0; at < sequences; at += 1) playSequence(random, tally);
  const figure = `${tally.reversed} decisions reversed, ${tally.inexact} undoings not exact; ${count(tally.done)} decisions, ${count(tally.undone)} undone`;
  const busy = tally.done > 10 * sequences && tally.undone > sequences;
  return row(
    `of ${count(sequences)} random sequences of same, not the same, open and undo (0, exact)`,
    figure,
    busy && tally.reversed + tally.inexact === 0,
  );
}

function assureWeights(random: Random): Row {
  const entities = mixed(inventEntities(Math.floor(random() * 1e9), 3_000), random);
  let [compared, wrong, against] = [0, 0, 0];
  for (const [at, one] of entities.entries())
    for (const other of entities.slice(at + 1, at + 40)) {
      if (one.content.kind !== other.content.kind) continue;
      const { total, evidence } = compareEntities(one.content, other.content);
      const tenths = evidence.reduce((sum, { weight }) => sum + Math.round(weight * 10), 0);
      compared += 1;
      against += Number(evidence.some(({ weight }) => weight < 0));
      wrong += Number(tenths !== Math.round(total * 10));
    }
  return row(
    `pairs whose weights do not add up to what is shown, of ${count(compared)}, ${count(against)} of them with evidence against (0)`,
    String(wrong),
    wrong === 0 && against > 1_000 && compared > 10_000,
  );
}

type House = Awaited<ReturnType<typeof openAttended>>;

/** Thrown to leave nothing in the database. */
class Over extends Error {}

/** Adds all in an order of chance, with decisions in between, and says whether offers and clusters are those of a run over all. */
async function playOrder(
  house: House,
  items: readonly ItemId[],
  made: readonly OpenEntity[],
  random: Random,
): Promise<boolean> {
  const by = house.readers.police;
  const agencyId = by.agencyId as AgencyId;
  const actor: Actor = {
    ...{
      memberId: by.id,
      memberName: '',
      agencyId: by.agencyId,
      agencyName: '',
      side: 'enforcement',
      roles: ['triage'],
    },
    ...{ operations: [], partnerOperations: [], teams: [] },
  };
  let same = false;
  const work = house.db.transaction().execute(async (tx: Writer<AnyTables>) => {
    await setContext(tx, { now: house.clock.now(), actor });
    const there: EntityId[] = [];
    for (const entity of mixed(made, random)) {
      await addEntity(tx, house.keys, entity, agencyId);
      there.push(entity.id);
      const [a, b] = [oneOf(there, random), oneOf(there, random)];
      if (a === b) continue;
      const pair = pairOf(a, b) as { one: EntityId; other: EntityId };
      const decision = { ...pair, id: newId(), agencyId, verdict: oneOf(verdicts, random), reason: null };
      await decideLink(tx, { ...decision, decidedBy: by.id as MemberId, decidedAt: house.clock.now() }, '');
    }
    const offered = await tx.selectFrom('intelligencePossibleLinks').select(['one', 'other']).execute();
    const clusters = await tx
      .selectFrom('intelligenceEntities')
      .select(['id', 'clusterId'])
      .where('itemId', 'in', items)
      .execute();
    const decisions = await listDecisionsWith(tx, there);
    const expected = findClusters(there, inForce(decisions));
    const said = (pairs: readonly { readonly one: string; readonly other: string }[]): string =>
      pairs
        .map(({ one, other }) => `${one} ${other}`)
        .toSorted()
        .join();
    same =
      said(offered) === said(findPossibleLinks(made)) &&
      clusters.length === made.length &&
      clusters.every(({ id, clusterId }) => expected.get(id) === clusterId);
    throw new Over();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof Over)) throw error;
  });
  return same;
}

async function assureOrders(t: Pick<TestContext, 'after'>, random: Random, orders: number): Promise<Row> {
  const house = await openAttended(t);
  const items: ItemId[] = [];
  for (let at = 0; at < 12; at += 1) items.push(await addExampleItem(house.db, house.keys, house.readers.police));
  const progress = createProgress('orders of arrival');
  let [wrong, links] = [0, 0];
  for (let at = 0; at < orders; at += 1) {
    const invented = inventEntities(Math.floor(random() * 1e9), 14);
    const made = invented.map(({ content }, index) => ({
      ...{
        id: newId<'intelligence entity'>(),
        itemId: items[index % items.length] as ItemId,
        kind: content.kind,
        content,
      },
      ...{ addedBy: house.readers.police.id as MemberId, addedAt: house.clock.now() },
    }));
    links += findPossibleLinks(made).length;
    wrong += Number(!(await playOrder(house, items, made, random)));
    progress(at + 1, orders);
  }
  return row(
    `of ${count(orders)} orders of arrival with decisions between: offers or clusters other than those of a run over all (0)`,
    `${wrong}; ${count(links)} links offered`,
    wrong === 0 && links > orders,
  );
}

export const assureLinks = ({ seed, quick }: Effort): Promise<readonly Row[]> =>
  inServer(async (ends) => {
    const random = chance(seed);
    return [assureSequences(random), assureWeights(random), await assureOrders(ends, random, quick ? 60 : 1_000)];
  });
