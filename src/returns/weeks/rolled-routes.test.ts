import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coordinating } from '../../../test/fixtures/coordinated-week.ts';
import { reads, readsNo } from '../../../test/harness/browsing.ts';
import { readWorkbook } from '../../../test/harness/workbook.ts';
import { newId } from '../../vocabulary/ids.ts';
import { figureOf } from '../exchange/document/examples.ts';
import { inventedWeeks, toPublishedFile } from './examples.ts';

const [lea, stort] = ['Lea Vale Constabulary', 'Stort Police'];
const form = '/staff/returns/published/import';

/** An autumn week with two returns, the spring week before it, and published results. */
async function beside(t: Parameters<typeof coordinating>[0]) {
  const world = await coordinating(t);
  const { coordinator, addWeek, register, receive } = world;
  const spring = await addWeek('Spring week', ['2026-03-16', '2026-03-22'], [lea]);
  const autumn = await addWeek('Autumn week', ['2026-09-14', '2026-09-20'], [lea, stort]);
  for (const name of [lea, stort]) await register(name);
  const visits = [{ day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 1, premises: 1 }];
  for (const [name, value] of [
    [lea, 3],
    [stort, 5],
  ] as const)
    await receive(autumn, name, {
      visits,
      figures: {
        'visits.made': figureOf('visits.made', 1),
        'arrests.made': figureOf('arrests.made', value),
        'checks.people': figureOf('checks.people', 0),
      },
    });
  const checked = await coordinator.upload(
    form,
    {},
    { name: 'weeks.csv', content: Buffer.from(toPublishedFile(inventedWeeks)) },
  );
  const hidden = Object.fromEntries(
    [...checked.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value?.replaceAll('&#x2B;', '+').replaceAll('&#x3D;', '='),
    ]),
  );
  assert.equal((await coordinator.post(`${form}/save`, hidden)).statusCode, 303);
  const totals = await coordinator.get(`${autumn}/totals`);
  const link = (/href="([^"]+)"[^>]*>\s*Compare with weeks before/.exec(totals.body)?.[1] ?? '').replaceAll(
    '&amp;',
    '&',
  );
  const idOf = (address: string): string => String(address.split('/').at(-1));
  return { ...world, spring, autumn, link, idOf };
}

test('a rolled-up week stands beside the weeks before it, with the words of its totals', async (t) => {
  const { coordinator, link, autumn, spring, idOf } = await beside(t);
  const chosen = new URL(link, 'http://x').searchParams;
  assert.deepEqual(chosen.getAll('rolled'), [idOf(autumn), idOf(spring)]);
  assert.equal(chosen.getAll('published').length, 4, 'those that began before it');
  await reads(coordinator, link, /About the week Autumn week Spring week Invented/);
  await reads(coordinator, link, /Kind Rolled up from returns of partnerships Rolled up [^.]* Published by others/);
  await reads(coordinator, link, /Arrests as a chart between 5 and 8 not given 0 \(counted otherwise, see note\)/);
  await reads(coordinator, link, /Persons checked as a chart 0 not given/);
  await reads(coordinator, link, /Vehicles checked as a chart not given not given/);
  await reads(coordinator, link, /Autumn week, 14 to 20 September 2026 \(rolled up from returns of partnerships\)/);
  await reads(coordinator, link.replace('weeks?', 'weeks/trends/arrests-total?'), /Arrests\. Rolled-up weeks/);
  await reads(coordinator, `${autumn}/totals`, /People arrested between 5 and 8/);
  // Nothing is chosen: it can be chosen.
  await reads(coordinator, '/staff/returns/weeks', /Spring week, 16 to 22 March 2026/);
});

test('a comparison with a rolled-up week is exported in its words', async (t) => {
  const { coordinator, link, autumn, idOf, db } = await beside(t);
  const address = link.replace('weeks?', 'weeks/export?');
  const take = (shape: string) =>
    coordinator.post(address, { why: 'for a meeting, or our own file', words: 'Reference 7', shape });
  const table = (await take('csv')).body;
  assert.match(table, /"Arrests","Autumn week","Rolled up from returns of partnerships","2026-09-14","2026-09-20"/);
  assert.match(table, /"Arrests","Autumn week"[^\r]*,"","","between 5 and 8","","",""/);
  assert.match(table, /"Arrests","Spring week"[^\r]*,"","","","not given","",""/);
  const { sheets } = readWorkbook((await take('xlsx')).rawPayload);
  const row = sheets[0]?.rows.find(([figure]) => figure === 'Persons checked');
  assert.deepEqual(row?.slice(1, 3), [0, 'not given']);
  const data = JSON.parse((await take('json')).body);
  assert.deepEqual(
    [data.weeks[0].kind, data.weeks[0].source, data.weeks[0].state],
    ['rolled-up week', `Week of returns ${idOf(autumn)}`, 'returns from 2 of 2 expected reporters'],
  );
  const logged = await db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'returns compared and exported')
    .execute();
  assert.ok(logged.every(({ returned }) => returned.includes(idOf(autumn))));
});

test('only coordinators of its agency find a rolled-up week in a comparison', async (t) => {
  const { autumn, idOf, desk, member, agency, signIn } = await beside(t);
  const address = `/staff/returns/weeks?rolled=${idOf(autumn)}`;
  const others = [
    await signIn('exchange.read', await agency('coordinator', { name: 'Another Desk' })),
    await signIn(await member(desk, ['analyst'])),
    await signIn(await member(desk, ['commander'])),
  ];
  for (const other of others) {
    const textOf = async (url: string): Promise<string> => (await other.get(url)).body.replaceAll(/<[^>]*>/g, ' ');
    assert.equal(await textOf(address), await textOf(`/staff/returns/weeks?rolled=${newId()}`));
    for (const page of [address, address.replace('weeks?', 'weeks/trends/arrests-total?')])
      await readsNo(other, page, /Autumn week|between 5 and 8/);
    assert.equal((await other.get(address.replace('weeks?', 'weeks/export?'))).statusCode, 404);
  }
  const press = await signIn(await member(desk, ['press']));
  assert.equal((await press.get(address)).statusCode, 403);
});

test('a comparison asks no more with more returns, and reads four rolled-up weeks at most', async (t) => {
  const { coordinator, addWeek, receive, autumn, idOf, countQueries } = await beside(t);
  const address = `/staff/returns/weeks?rolled=${idOf(autumn)}`;
  const count = async (): Promise<number> => {
    countQueries();
    assert.equal((await coordinator.get(address)).statusCode, 200);
    return countQueries();
  };
  const before = await count();
  await receive(autumn, lea, { version: 2, figures: { 'arrests.made': figureOf('arrests.made', 4) } });
  assert.equal(await count(), before);
  const more: string[] = [];
  for (const year of ['2021', '2022', '2023', '2024', '2025'])
    more.push(await addWeek(`Week of ${year}`, [`${year}-09-14`, `${year}-09-20`], [lea]));
  const all = [autumn, ...more].map((one) => `rolled=${idOf(one)}`).join('&');
  await reads(coordinator, `/staff/returns/weeks?${all}`, /up to 8 weeks, of which up to 4 are rolled up/);
  await reads(
    coordinator,
    `/staff/returns/weeks?${all}`,
    /About the week Autumn week Week of 2025 Week of 2024 Week of 2023 Dates/,
  );
});
