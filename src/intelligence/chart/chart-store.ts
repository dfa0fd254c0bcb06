/** Reads the surroundings of an entry: items that name it, what else they name, and possible links. Ids first; only what has room in the chart is opened. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { inForce, type Pair, pairOf } from '../../vocabulary/judgements.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { type EntityId, entityName } from '../entities/entity.ts';
import { type EntityTables, type LinkedEntity, openEntities } from '../entities/store.ts';
import { describeEntity, nameWithMore } from '../entities/words.ts';
import { gradeOf, type Item, type ItemId } from '../items/item.ts';
import { formatDays } from '../items/words.ts';
import { listDecisionsWith, listUnjoinedWith } from '../links/links-store.ts';
import { type Chart, type ChartNode, mostNodes, mostPossible, type Naming, takeNearest, tellApart } from './chart.ts';

type Audited = AuditedReader<EntityTables>;
type Entry = Pick<LinkedEntity, 'id' | 'itemId' | 'clusterId'>;

/** Rows of one query: ten times what a chart has room for. */
const mostRead = 2_000;

const listEntries = (db: Audited, by: 'clusterId' | 'itemId' | 'id', ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve<Entry[]>([])
    : db
        .selectFrom('intelligenceEntities')
        .select(['id', 'itemId', 'clusterId'])
        .where(by, 'in', ids as never)
        .orderBy('addedAt')
        .orderBy('id')
        .limit(mostRead)
        .execute();

/** Pairs of clusters that may be the same, the most agreement first. None of which members kept two entries apart. */
async function listPossible(db: Audited, ids: readonly EntityId[]): Promise<readonly Pair[]> {
  if (ids.length === 0) return [];
  const offers = await listUnjoinedWith(db, ids, mostRead);
  const apart = inForce(await listDecisionsWith(db, ids)).filter(({ verdict }) => verdict === 'apart');
  const ends = [...new Set([...offers, ...apart].flatMap(({ one, other }) => [one, other]))];
  const clusterOf = new Map<string, string>(
    (await listEntries(db, 'id', ends)).map(({ id, clusterId }) => [id, clusterId]),
  );
  const keyed = (pairs: readonly Pair[]): ReadonlyMap<string, Pair> =>
    new Map(
      pairs.flatMap(({ one, other }) => {
        const [a, b] = [clusterOf.get(one), clusterOf.get(other)];
        if (a === undefined || b === undefined || a === b) return [];
        const pair = pairOf(a, b);
        return [[`${pair.one} ${pair.other}`, pair]];
      }),
    );
  const kept = keyed(apart);
  return [...keyed(offers)].flatMap(([key, pair]) => (kept.has(key) ? [] : [pair]));
}

type Surroundings = {
  /** Items and clusters, the nearest first. */
  readonly order: readonly string[];
  readonly items: ReadonlySet<string>;
  readonly named: readonly Entry[];
  readonly possible: readonly Pair[];
  /** Not all was read. */
  readonly more: boolean;
};

async function readSurroundings(db: Audited, middle: EntityId, steps: number): Promise<Surroundings> {
  const order = new Set<string>([middle]);
  const items = new Set<string>();
  const named: Entry[] = [];
  const possible: Pair[] = [];
  let edge: readonly string[] = [middle];
  let more = false;
  for (let step = 0; step < steps; step += 1) {
    if (order.size > mostNodes) return { order: [...order], items, named, possible, more: true };
    const entries = await listEntries(db, 'clusterId', edge);
    const newItems = [...new Set(entries.map(({ itemId }) => itemId))].filter((id) => !items.has(id));
    const beside = await listEntries(db, 'itemId', newItems);
    const pairs = await listPossible(
      db,
      entries.map(({ id }) => id),
    );
    more ||= entries.length === mostRead || beside.length === mostRead;
    named.push(...beside);
    possible.push(...pairs);
    for (const id of newItems) order.add(id) && items.add(id);
    const reached = [...beside.map(({ clusterId }) => clusterId), ...pairs.flatMap(({ one, other }) => [one, other])];
    edge = [...new Set<string>(reached)].filter((id) => !order.has(id));
    for (const id of edge) order.add(id);
  }
  return { order: [...order], items, named, possible, more };
}

type OpenItem = Pick<Item, 'id' | 'sourceEvaluation' | 'assessment' | 'handling' | 'happenedFrom' | 'happenedTo'>;

const listItemsInTheOpen = (db: Audited, ids: readonly string[]): Promise<readonly OpenItem[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('intelligenceItems')
        .select(['id', 'sourceEvaluation', 'assessment', 'handling', 'happenedFrom', 'happenedTo'])
        .where('id', 'in', ids as ItemId[])
        .execute();

const itemNode = (item: OpenItem): ChartNode => ({
  kind: 'item',
  name: referenceOf('intelligence item', item.id),
  more: `${gradeOf(item)}, ${formatDays(item)}`,
  href: intelligencePaths.item(item.id),
});

/** By the first of its entries; what the others say otherwise follows. */
function entityNode([first, ...others]: readonly [LinkedEntity, ...LinkedEntity[]]): ChartNode {
  const otherwise = new Set(others.map(({ content }) => nameWithMore(content)));
  otherwise.delete(nameWithMore(first.content));
  return {
    kind: first.kind,
    name: entityName(first.content),
    more: [describeEntity(first.content), ...[...otherwise].map((name) => `also entered as ${name}`)]
      .filter((part) => part !== '')
      .join('; '),
    href: intelligencePaths.entity(first.id),
  };
}

export type LoadedChart = {
  readonly chart: Chart;
  readonly leftOut: {
    readonly items: number;
    readonly entities: number;
    readonly possible: number;
    readonly more: boolean;
  };
  /** Of all that was opened: items and entries. */
  readonly ids: readonly string[];
};

/** The chart round an entry, one step or two; what the reader may not see is not in it. */
export async function loadChart(
  db: Audited,
  keys: UnitKeys,
  entity: LinkedEntity,
  steps: number,
): Promise<LoadedChart> {
  const { order, items, named, possible, more } = await readSurroundings(db, entity.clusterId, steps);
  const namings: Naming[] = named.map(({ itemId, clusterId }) => ({ item: itemId, named: clusterId }));
  const taken = takeNearest(order, namings);
  const clusters = [...taken].filter((id) => !items.has(id));
  const entries = await listEntries(db, 'clusterId', clusters);
  const pairs = await listPossible(
    db,
    entries.map(({ id }) => id),
  );
  const opened = await openNodes(db, keys, entity, { taken, items, named, entries });
  const shownPairs = new Map(
    [...possible, ...pairs]
      .filter(({ one, other }) => opened.nodes.has(one) && opened.nodes.has(other))
      .map((pair) => [`${pair.one} ${pair.other}`, pair]),
  );
  const kept = [...shownPairs.values()].slice(0, mostPossible);
  const out = order.filter((id) => !taken.has(id));
  const itemsOut = out.filter((id) => items.has(id)).length;
  return {
    chart: joinNodes(opened.nodes, namings, kept),
    leftOut: { items: itemsOut, entities: out.length - itemsOut, possible: shownPairs.size - kept.length, more },
    ids: opened.ids,
  };
}

type Wanted = Pick<Surroundings, 'items' | 'named'> & {
  readonly taken: ReadonlySet<string>;
  /** Of the clusters taken. */
  readonly entries: readonly Entry[];
};

/** Opens one entry of each cluster taken, and all that its items in the chart name; the asked one first. */
async function openNodes(db: Audited, keys: UnitKeys, asked: LinkedEntity, { taken, items, named, entries }: Wanted) {
  const firstOf = new Map<string, EntityId>([[asked.clusterId, asked.id]]);
  for (const { id, clusterId } of entries) if (!firstOf.has(clusterId)) firstOf.set(clusterId, id);
  const inChart = named.filter(({ itemId, clusterId }) => taken.has(itemId) && taken.has(clusterId));
  const ids = [...new Set([...firstOf.values(), ...inChart.map(({ id }) => id)])];
  const open = new Map((await openEntities(db, keys, ids)).map((one) => [one.id, one]));
  const ofCluster = Map.groupBy(
    ids.flatMap((id) => open.get(id) ?? []),
    ({ clusterId }) => clusterId as string,
  );
  const openItems = new Map<string, OpenItem>(
    (
      await listItemsInTheOpen(
        db,
        [...taken].filter((id) => items.has(id)),
      )
    ).map((item) => [item.id, item]),
  );
  const nodes = new Map(
    [...taken].flatMap((id): [string, ChartNode][] => {
      const item = openItems.get(id);
      if (item) return [[id, itemNode(item)]];
      const [first, ...others] = ofCluster.get(id) ?? [];
      return first ? [[id, entityNode([first, ...others])]] : [];
    }),
  );
  return { nodes, ids: [...openItems.keys(), ...ids] };
}

function joinNodes(
  nodes: ReadonlyMap<string, ChartNode>,
  namings: readonly Naming[],
  possible: readonly Pair[],
): Chart {
  const places = new Map([...nodes.keys()].map((id, at) => [id, at]));
  const pairs = [
    ...namings.map(({ item, named }) => [item, named, false] as const),
    ...possible.map(({ one, other }) => [one, other, true] as const),
  ];
  const lines = new Map(
    pairs.flatMap(([one, other, isPossible]) => {
      const [from, to] = [places.get(one), places.get(other)];
      if (from === undefined || to === undefined) return [];
      return [[`${from} ${to}`, { from, to, possible: isPossible }]];
    }),
  );
  return { nodes: tellApart([...nodes.values()]), lines: [...lines.values()] };
}
