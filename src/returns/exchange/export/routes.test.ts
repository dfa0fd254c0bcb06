import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coordinating } from '../../../../test/fixtures/coordinated-week.ts';
import type { TestClient } from '../../../../test/harness/browsing.ts';
import { reads } from '../../../../test/harness/browsing.ts';
import { readWorkbook } from '../../../../test/harness/workbook.ts';
import { figureOf } from '../document/examples.ts';
import type { Said } from './said.ts';

const lea = 'Lea Vale Constabulary';
const stort = 'Stort Police';
const missing = 'Nene Police';
/** A cell that a spreadsheet would run. */
const odd = '=cmd|calc!A1';

const exact = (value: number) => ({ kind: 'number', value, qualifier: 'exact' }) as const;
const cell = (of: Record<string, string>, value: number) => ({ of, quantity: exact(value) });
const deployed = 'People of the partnership who attended at least one visit';
const spoken = 'People spoken to at a visit';
const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';
const own = { why: 'for a meeting, or our own file', words: 'Reference 7' };
const leaving = { why: 'for a partner or the coordinator of the operation', words: 'Reference 8' };

/** Two forces with a joint visit, a likely pair, rounded and partial numbers; a third sent nothing. */
async function rolled(t: Parameters<typeof coordinating>[0]) {
  const world = await coordinating(t);
  const { addWeek, register, receive } = world;
  const at = await addWeek('=1+1 Week', ['2026-09-14', '2026-09-20'], [lea, stort, missing]);
  for (const name of [lea, stort]) await register(name);
  const shared = { reference: 'JV-2345-6789', day: '2026-09-16', town: odd, kind: 'car wash' };
  const visits = [
    { day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits: 1, premises: 1 },
    { day: '2026-09-16', town: odd, kind: 'car wash', visits: 1, premises: 1 },
  ];
  const jointVisits = [{ ...shared, counts: { 'visits.made': 1, 'premises.visited': 1 } }];
  const arrested = (value: number, age: string) => ({
    ...figureOf('arrests.made', value),
    breakdowns: {
      byKind: [cell({ kind: 'criminal' }, value)],
      byTown: [cell({ town: odd }, value)],
      bySexAgeResidence: [cell({ sex: 'female', age, residence: 'Hertford' }, value)],
    },
  });
  const about = { kind: 'number', value: 15, qualifier: 'about' } as const;
  const figures = {
    'premises.visited': figureOf('premises.visited', 2),
    'visits.made': figureOf('visits.made', 2),
    'people.deployed': { indicator: 'people.deployed', total: { kind: 'not known' } as const, breakdowns: {} },
  };
  await receive(at, lea, {
    ...{ visits, jointVisits },
    figures: {
      ...figures,
      'arrests.made': arrested(1, '37'),
      'people.advised': { indicator: 'people.advised', total: about, breakdowns: {} },
    },
  });
  await receive(at, stort, {
    ...{ visits, jointVisits },
    figures: {
      ...figures,
      'arrests.made': arrested(3, '41'),
      'people.spokenTo': figureOf('people.spokenTo', 0),
    },
  });
  const take = (shape: string, why: object = own) => world.coordinator.post(`${at}/export`, { ...why, shape });
  return { ...world, at, take };
}

const unquoted = (body: string): string[][] =>
  body
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"|(\d+)/g)].map(
        ([, text, number]) => number ?? text?.replaceAll('""', '"') ?? '',
      ),
    );

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();

/** The rows of every table of a page, in words. */
async function rowsOf(at: TestClient, url: string): Promise<string[]> {
  const { body } = await at.get(url);
  const bodies = [...body.matchAll(/<tbody[^>]*>([\s\S]*?)<\/tbody>/g)].map(([, rows = '']) => rows);
  return bodies.flatMap((rows) =>
    rows
      .split('<tr')
      .slice(1)
      .map((row) => plain(`<tr${row}`)),
  );
}

test('the file says the totals, parts, reporters and towns of the pages in their words, and no other number', async (t) => {
  const { coordinator, at, take } = await rolled(t);
  const data = JSON.parse((await take('json')).body);
  const inFile = new Map<string, string>();
  for (const table of data.tables)
    for (const row of table.rows) {
      const cells = row.cells.map((one: Said | string) => (typeof one === 'string' ? one : one.says));
      inFile.set([row.name, ...cells].join(' ').replaceAll(/\s+/g, ' ').trim(), table.title);
    }
  const onPages = (
    await Promise.all(['/totals', '/breakdowns', '/map', ''].map((page) => rowsOf(coordinator, `${at}${page}`)))
  ).flat();
  assert.ok(onPages.length >= 20, onPages.join('\n'));
  for (const row of onPages) assert.ok(inFile.has(row), `“${row}” is in the file: ${[...inFile.keys()].join('\n')}`);
  const ofOtherPages = ['Joint visits', 'Shared references', 'Likely pairs', 'Where it stands'];
  for (const [row, title] of inFile)
    if (!ofOtherPages.includes(title)) assert.ok(onPages.includes(row), `“${row}” of ${title} is on a page`);
  for (const said of [
    'Visits at which a team arrived between 2 and 3',
    `${deployed} not known`,
    'People arrested between 3 and 4',
    'Nene Police, United Kingdom missing force Nothing yet',
  ])
    assert.ok(onPages.includes(said), `${said}: ${onPages.join('\n')}`);
});

test('a table has a row for each cell, with what a range says apart, and runs nothing', async (t) => {
  const { coordinator, at, take } = await rolled(t);
  const file = await take('csv');
  assert.match(
    String(file.headers['content-disposition']),
    /week-of-returns-1-1-week-2026-09-23\.official-sensitive-operational\.csv"/,
  );
  assert.equal(file.headers['x-safelight-marking'], marking);
  const [columns = [], ...rows] = unquoted(file.body);
  assert.ok(
    rows.every((row) => row.length === columns.length),
    'no row has more cells than columns',
  );
  const of = (table: string, row: string, column: string): string[] => {
    const found = rows.find((one) => one[6] === table && one[7] === row && one[8] === column);
    assert.ok(found, `${table}, ${row}, ${column}`);
    return found.slice(9, 16);
  };
  assert.deepEqual(rows[0]?.slice(0, 6), [
    ...[marking, 'Joint Desk', "'=1+1 Week", '2026-09-14', '2026-09-20', '2026-09-23T11:00:00.000Z'],
  ]);
  const visits = 'Visits at which a team arrived';
  assert.deepEqual(of('All returns', visits, 'Total'), [
    ...['visits.made', 'between 2 and 3', '', 'between', '2', '3', ''],
  ]);
  assert.deepEqual(of('All returns', deployed, 'Total').slice(1), ['not known', '', 'not known', '', '', '']);
  assert.deepEqual(of('By reporter', stort, spoken).slice(0, 4), ['people.spokenTo', '0', '0', 'exact']);
  assert.deepEqual(of('By reporter', lea, spoken).slice(1), ['not given', '', 'not given', '', '', '']);
  assert.equal(of('Reporters', `${missing}, United Kingdom`, 'State')[1], 'missing');
  assert.doesNotMatch(file.body, /(?:^|,)"[=+@-]/m);
  assert.match(file.body, /"'=cmd\|calc!A1"/);
  await reads(coordinator, `${at}/totals`, /Export the week/);
});

test('a workbook has a sheet for each table, keeps text as text, and says what it is', async (t) => {
  const { take } = await rolled(t);
  const { sheets, formulas } = readWorkbook((await take('xlsx')).rawPayload);
  assert.equal(formulas, 0);
  const names = sheets.map(({ name }) => name);
  assert.deepEqual(names, [
    ...['Totals', 'By country', 'By own dates', 'By reporter', 'Breakdowns', 'Where it stands', 'Reporters'],
    ...['Joint visits', 'Shared references', 'Likely pairs', 'Towns', 'Countries', 'About'],
  ]);
  const sheet = (name: string) => sheets.find((one) => one.name === name)?.rows ?? [];
  const total = (figure: string) => sheet('Totals').find(([name]) => name === figure)?.[1];
  assert.equal(total(spoken), 'not known');
  assert.equal(total('Visits at which a team arrived'), 'between 2 and 3');
  assert.deepEqual(sheet('Joint visits').slice(1), [
    ['Shared references that count once', 1],
    ['References that one return alone names', 0],
    ['Likely pairs to decide', 1],
  ]);
  const about = sheet('About');
  assert.deepEqual(about[1], ['Marking', marking]);
  assert.deepEqual(about[2], ['Week', '=1+1 Week']);
  assert.ok(about.some(([, text]) => /come from 2 returns.*from 2 of the 3 expected reporters/.test(String(text))));
});

test('a file that leaves has no towns, no homes and no list of joint visits, and says so', async (t) => {
  const { take, at, coordinator } = await rolled(t);
  for (const shape of ['csv', 'json']) {
    const whole = await take(shape);
    const left = await take(shape, leaving);
    for (const place of [/Ware/, /Hertford/, /cmd\|calc/, /JV-2345-6789/]) {
      assert.match(whole.body, place, shape);
      assert.doesNotMatch(left.body, place, shape);
    }
    assert.match(left.body, /between 2 and 3/);
    assert.match(left.body, /Likely pairs to decide/);
  }
  const { sheets } = readWorkbook((await take('xlsx', leaving)).rawPayload);
  assert.ok(!sheets.some(({ name }) => ['Towns', 'Likely pairs', 'Shared references'].includes(name)));
  const about = sheets.at(-1)?.rows.find(([what]) => what === 'Left out of this file');
  assert.match(String(about?.[1]), /list of joint visits/);
  await reads(coordinator, `${at}/export`, /A file for a partner or a coordinator leaves out towns/);
});

test('an export asks why and is logged; other agencies and analysts find no such week', async (t) => {
  const { coordinator, at, take, db, desk, agency, signIn } = await rolled(t);
  for (const [answers, error] of [
    [{ ...own, words: '' }, /Enter the recipient or a reference/],
    [{ words: 'Reference 7' }, /Select why you are exporting it/],
    [{ ...own, why: 'to publish it, or to send it to the press' }, /A release has the figures that may be published/],
  ] as const) {
    const refused = await coordinator.post(`${at}/export`, { ...answers, shape: 'csv' });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, error);
  }
  assert.equal((await coordinator.post(`${at}/export`, { ...own, shape: 'signed' })).statusCode, 422);
  const looked = () => db.selectFrom('accessLog').selectAll().where('event', '=', 'week of returns exported').execute();
  assert.equal((await looked()).length, 0);
  await take('csv');
  const [row] = await looked();
  assert.deepEqual(
    [row?.subject, row?.kind, row?.recipient, row?.reason],
    [at.split('/').at(-1), 'disclosure', desk.id, 'for a meeting, or our own file: Reference 7'],
  );
  const other = await signIn('exchange.read', await agency('coordinator', { name: 'Another Desk' }));
  assert.equal((await other.get(`${at}/export`)).statusCode, 404);
  assert.equal((await other.post(`${at}/export`, { ...own, shape: 'csv' })).statusCode, 404);
  const analyst = await signIn('return.count');
  assert.equal((await analyst.post(`${at}/export`, { ...own, shape: 'csv' })).statusCode, 403);
  assert.equal((await looked()).length, 1);
});

test('a ceiling below its marking keeps the week on the screen', async (t) => {
  const { coordinator, addWeek } = await coordinating(t, { environment: { SAFELIGHT_EXPORT_CEILING: 'OFFICIAL' } });
  const at = await addWeek('A week', ['2026-09-14', '2026-09-20'], [lea]);
  const refused = await coordinator.post(`${at}/export`, { ...own, shape: 'csv' });
  assert.equal(refused.statusCode, 403);
  assert.doesNotMatch(refused.body, /"Nothing yet"/);
});
