/** One entry added to intelligence, and one search for what it names, among many: through the pages, with row policies and the log. */
import { sql } from 'kysely';
import { entityName } from '../../src/intelligence/entities/entity.ts';
import { addExampleItem } from '../../src/intelligence/items/examples.ts';
import type { ItemId } from '../../src/intelligence/items/item.ts';
import { termsToStore } from '../../src/intelligence/links/keyed-terms.ts';
import { padText, seal } from '../../src/platform/crypto/crypto.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { type InventedEntity, inventEntities } from '../assurance/intelligence/invented-entities.ts';
import { openAttended } from '../fixtures/attended-reports.ts';
import { count } from '../harness/assurance.ts';
import { shareServer } from '../harness/shared-server.ts';
import { by, type Effort, type Line } from './effort.ts';

type House = Awaited<ReturnType<typeof openAttended>>;
const seed = 20_261_203;
const perItem = 20;

/** Straight into the tables, a few thousand at a time. */
async function fill({ db, keys, readers }: House, entities: readonly InventedEntity[]): Promise<void> {
  const { id: memberId, agencyId } = readers.police;
  for (let from = 0; from < entities.length; from += 2_000) {
    const part = entities.slice(from, from + 2_000);
    const items: ItemId[] = [];
    for (let at = 0; at < part.length; at += perItem) items.push(await addExampleItem(db, keys, readers.police));
    const rows = part.map(({ content }, at) => {
      const id = newId();
      const { key, wrapped } = keys.newRecordKey(id);
      const sealed = seal(key, `intelligence_entities/sealed_content/${id}`, padText(JSON.stringify(content), 256));
      return { id, item: items[Math.floor(at / perItem)], kind: content.kind, sealed, wrapped, content };
    });
    await sql`
      insert into intelligence_entities (id, item_id, agency_id, kind, sealed_content, wrapped_key, cluster_id, added_by, added_at)
      select id, item, ${agencyId}, kind, sealed, wrapped, id, ${memberId}, now()
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ item }) => item)}::uuid[],
        ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ sealed }) => sealed)}::bytea[],
        ${rows.map(({ wrapped }) => wrapped)}::bytea[]) made(id, item, kind, sealed, wrapped)`.execute(db);
    const terms = rows.flatMap(({ id, content }) => {
      const { links, search } = termsToStore(keys, content);
      return [
        ...links.map((term) => ({ id, term, search: false })),
        ...search.map((term) => ({ id, term, search: true })),
      ];
    });
    await sql`
      insert into intelligence_entity_terms (entity_id, term, agency_id, for_search)
      select id, term, ${agencyId}, search
      from unnest(${terms.map(({ id }) => id)}::uuid[], ${terms.map(({ term }) => term)}::int[],
        ${terms.map(({ search }) => search)}::boolean[]) made(id, term, search) on conflict do nothing`.execute(db);
  }
  await sql`analyze intelligence_entities, intelligence_entity_terms`.execute(db);
}

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0;

const toForm = ({ content }: InventedEntity): Record<string, string> =>
  Object.fromEntries(
    Object.entries(content).flatMap(([field, value]) =>
      value === null || field === 'kind' ? [] : [[field, Array.isArray(value) ? value.join('\n') : String(value)]],
    ),
  );

type Measured = { readonly add: readonly number[]; readonly search: readonly number[] };

async function measureAmong(many: number, tries: number, warm: number): Promise<Measured> {
  const ended: (() => Promise<void>)[] = [];
  try {
    await shareServer();
    const house = await openAttended({ after: (end) => ended.push(end as () => Promise<void>) });
    await fill(house, inventEntities(seed, many));
    const reader = await house.signIn(house.readers.police);
    let item = await addExampleItem(house.db, house.keys, house.readers.police);
    const asked = inventEntities(seed + 1, tries + warm);
    const times = { add: [] as number[], search: [] as number[] };
    for (const [at, one] of asked.entries()) {
      if (at % 5 === 0) item = await addExampleItem(house.db, house.keys, house.readers.police);
      const began = performance.now();
      const added = await reader.post(`/staff/intelligence/${item}/add-${one.content.kind}`, toForm(one));
      const between = performance.now();
      if (added.statusCode === 422) continue; // A number with a slip that the form does not take.
      if (added.statusCode !== 303) throw new Error(`${one.content.kind}: ${added.statusCode}`);
      const found = await reader.post('/staff/search', { sought: entityName(one.content).slice(0, 100) });
      if (found.statusCode !== 200) throw new Error(`the search answered ${found.statusCode}`);
      if (at < warm) continue;
      times.add.push(between - began);
      times.search.push(performance.now() - between);
    }
    return times;
  } finally {
    for (const end of ended.reverse()) await end();
  }
}

export async function* measureLinkOne(effort: Effort): AsyncGenerator<Line> {
  const [few, many, tries, warm] = by(
    effort,
    [10_000, 100_000, 400, 50],
    [2_000, 20_000, 150, 30],
    [200, 2_000, 40, 10],
  );
  const [small, large] = [await measureAmong(few, tries, warm), await measureAmong(many, tries, warm)];
  if (large.add.length < tries / 2) throw new Error(`the form took ${large.add.length} entries alone`);
  const median = (times: readonly number[]): string => percentile(times, 0.5).toFixed(0);
  yield {
    what: `p95 of adding an entry among ${count(many)}, by its page`,
    value: percentile(large.add, 0.95),
    unit: 'ms',
    pass: 20,
    aim: 10,
    more: `median ${median(large.add)} ms; among ${count(few)} ${median(small.add)} ms`,
  };
  yield {
    what: `p95 of a search for what ${count(many)} entries name, by its page`,
    value: percentile(large.search, 0.95),
    unit: 'ms',
    pass: 10,
    aim: 5,
    more: `median ${median(large.search)} ms`,
  };
  yield {
    what: `growth of that search from ${count(few)} to ${count(many)}`,
    value: percentile(large.search, 0.95) / percentile(small.search, 0.95),
    unit: '×',
    pass: 1.8,
    aim: 1.5,
    more: `of the p95; of the median ${(percentile(large.search, 0.5) / percentile(small.search, 0.5)).toFixed(2)}`,
  };
}
