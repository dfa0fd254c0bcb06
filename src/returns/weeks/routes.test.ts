import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { countNow, signNow, staged } from '../../../test/fixtures/counted-return.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { readWorkbook } from '../../../test/harness/workbook.ts';
import { newId } from '../../vocabulary/ids.ts';
import { inventedWeeks, toPublishedFile } from './examples.ts';

type Member = Awaited<ReturnType<TestApplication['signIn']>>;

const plain = (body: string): string =>
  body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
const form = '/staff/returns/published/import';
const fileOf = (lines: typeof inventedWeeks) => ({ name: 'weeks.csv', content: Buffer.from(toPublishedFile(lines)) });
const hiddenIn = (body: string) =>
  Object.fromEntries(
    ['file', 'key', 'good'].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`)
        .exec(body)?.[1]
        ?.replaceAll('&#x2B;', '+')
        .replaceAll('&#x3D;', '=') ?? '',
    ]),
  );
const check = (by: Member, lines: typeof inventedWeeks = inventedWeeks) => by.upload(form, {}, fileOf(lines));
const importAll = async (by: Member, lines: typeof inventedWeeks = inventedWeeks) =>
  by.post(`${form}/save`, hiddenIn((await check(by, lines)).body));

async function analysing(t: Parameters<typeof openApplication>[0]) {
  const application = await openApplication(t, { today: '2026-09-21' });
  const force = await application.agency('police force', { name: 'Leashire Constabulary' });
  return { application, force, analyst: await application.signIn(await application.member(force, ['analyst'])) };
}
const idOf = async ({ db }: TestApplication, sourceUrl: string): Promise<string> =>
  (await db.selectFrom('publishedWeeks').select('id').where('sourceUrl', '=', sourceUrl).executeTakeFirstOrThrow()).id;

test('a check stores nothing and says what is odd; the import keeps each line as it was published', async (t) => {
  const { application, analyst, force } = await analysing(t);
  const { db, config, auditTrail } = application;
  const template = await analyst.get('/staff/returns/published/template');
  assert.match(template.body, /^\uFEFF"week_id","name"/);
  assert.match(plain((await analyst.get(form)).body), /Columns of the file .*week_id Yes/);
  const checked = await check(analyst);
  assert.equal(checked.statusCode, 200);
  const found = plain(checked.body);
  assert.match(found, /Five lines are good\./);
  assert.match(
    found,
    /Line 3 Line 2 Arrests: 22, there 17\. Potential victims: about 40, there 41 \(both can be right\)/,
  );
  assert.match(found, /The note says “nearly”/);
  assert.deepEqual(await db.selectFrom('publishedWeeks').select('id').execute(), []);
  assert.equal((await readdir(join(config.filesFolder, 'waiting'))).length, 1);

  const imported = await importAll(analyst);
  assert.equal(imported.statusCode, 303, plain(imported.body));
  const list = plain((await analyst.get(String(imported.headers.location))).body);
  assert.match(list, /Five lines were imported\./);
  assert.match(list, /Invented force week 2025 Not stated: The source gives the year only/);
  const rows = await db.selectFrom('publishedWeeks').selectAll().execute();
  assert.deepEqual([rows.length, rows[0]?.agencyId], [5, force.id]);
  assert.deepEqual(await auditTrail({ looks: false }), ['published weeks imported']);

  const again = plain((await check(analyst)).body);
  assert.match(again, /No lines are good\. Five lines were imported before\./);
});

test('an address that could run is named by line and column, and the other lines are good', async (t) => {
  const { analyst } = await analysing(t);
  const [first = {}, second = {}, ...rest] = inventedWeeks;
  const found = plain((await check(analyst, [first, { ...second, source_url: 'javascript:alert(1)' }, ...rest])).body);
  assert.match(found, /Four lines are good\. One line needs correction\./);
  assert.match(found, /Line 3 source_url Enter a full web address/);
});

test('the help of the import names the values of the level and of the state of results', async (t) => {
  const { analyst } = await analysing(t);
  const help = plain((await analyst.get(form)).body);
  assert.match(help, /reporter_level No Whose results they are: aggregate \(several[^)]*\), national, region or force/);
  assert.match(help, /result_status No Write final, partial, first results or later results/);
});

test('one week is shown beside its other source, and removed with a row of the log', async (t) => {
  const { application, analyst } = await analysing(t);
  await importAll(analyst);
  const id = await idOf(application, 'https://news.example.org/spring-2024');
  const page = plain((await analyst.get(`/staff/returns/published/${id}`)).body);
  assert.match(page, /Arrests: 17 here, 22 at paper\.example\.org\./);
  assert.match(page, /Potential victims: 41 here, about 40 at paper\.example\.org\. Both can be right\./);
  assert.match(page, /Adults and children come to 39, and the total says 41\./);
  assert.match(page, /Documents checked not stated not stated/);
  assert.match(page, /Persons checked more than 6,000 not stated/);
  assert.match(page, /Note Adults and children leave two/);
  assert.equal((await analyst.post(`/staff/returns/published/${id}/remove`)).statusCode, 303);
  assert.equal((await analyst.get(`/staff/returns/published/${id}`)).statusCode, 404);
  assert.deepEqual(await application.auditTrail({ looks: false }), [
    'published weeks imported',
    'published week removed',
  ]);
});

test('lines to correct are named, and are left out only when the reader says so', async (t) => {
  const { application, analyst } = await analysing(t);
  const lines = [
    ...inventedWeeks,
    { ...inventedWeeks[3], week_id: 'XX-BAD', arrests_total: '12-15', source_url: 'example' },
  ];
  const checked = await check(analyst, lines);
  assert.match(plain(checked.body), /Line 7 arrests_total This is no number that Safelight reads/);
  const hidden = hiddenIn(checked.body);
  const refused = await analyst.post(`${form}/save`, hidden);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Tick this if you want to import only the good lines/);
  assert.equal((await analyst.post(`${form}/save`, { ...hidden, only: 'good' })).statusCode, 303);
  assert.equal((await application.db.selectFrom('publishedWeeks').select('id').execute()).length, 5);
  // Pressed again: what is there now is no longer what was checked.
  assert.equal((await analyst.post(`${form}/save`, { ...hidden, only: 'good' })).statusCode, 422);
  const gone = await analyst.post(`${form}/save`, { ...hidden, file: newId() });
  assert.match(gone.body, /keeps a checked file for a few hours only/);
  for (const content of [Buffer.from('%PDF-1.7\n'), Buffer.alloc(0), Buffer.from('name\nx')])
    assert.equal((await analyst.upload(form, {}, { name: 'x.csv', content })).statusCode, 422);
});

test('an import that is pressed five times adds the lines once', async (t) => {
  const { application, analyst } = await analysing(t);
  const hidden = hiddenIn((await check(analyst)).body);
  await submitTwice(analyst, `${form}/save`, hidden, { db: application.db, table: 'published_weeks', more: 5 });
});

test('published results stay with the agency; a commander reads them and imports nothing', async (t) => {
  const { application, analyst, force } = await analysing(t);
  await importAll(analyst);
  const id = await idOf(application, 'https://farshire.example.org/week');
  const commander = await application.signIn(await application.member(force, ['commander']));
  assert.match((await commander.get(`/staff/returns/published/${id}`)).body, /Invented force week 2024/);
  assert.doesNotMatch((await commander.get('/staff/returns/published')).body, /Import published results/);
  assert.equal((await commander.get(form)).statusCode, 403);
  assert.equal((await commander.post(`/staff/returns/published/${id}/remove`)).statusCode, 403);
  const coordinators = await application.agency('coordinator');
  const coordinator = await application.signIn(await application.member(coordinators, ['coordinator']));
  assert.equal((await coordinator.get(`/staff/returns/published/${id}`)).statusCode, 404);
  assert.doesNotMatch((await coordinator.get('/staff/returns/published')).body, /Invented/);
  const compared = await coordinator.get(`/staff/returns/weeks?published=${id}`);
  assert.doesNotMatch(compared.body, /Invented force week/);
  assert.equal((await importAll(coordinator)).statusCode, 303, 'the same lines are new to another agency');
  const press = await application.signIn(await application.member(force, ['press']));
  for (const path of ['', '/import', `/${id}`])
    assert.equal((await press.get(`/staff/returns/published${path}`)).statusCode, 403);
  assert.equal((await press.get('/staff/returns/weeks')).statusCode, 403);
});

async function compared(t: Parameters<typeof staged>[0]) {
  const stage = await staged(t);
  const address = await countNow(stage.analyst, stage.operation.id);
  await signNow(stage.analyst, address, 'open');
  await importAll(stage.analyst);
  return { ...stage, address };
}

test('a signed return stands beside published weeks, with its state, and gaps are no 0', async (t) => {
  const { application, analyst, operation, records } = await compared(t);
  const page = await analyst.get('/staff/returns/weeks');
  const shown = plain(page.body);
  assert.match(shown, /State provisional /);
  assert.match(shown, /Operation Lantern: this return can still change\./);
  assert.match(shown, new RegExp(`Arrests as a chart ${records.arrests.length} `));
  assert.match(shown, /22 \(counted otherwise\)/);
  assert.match(shown, /0 \(counted otherwise, see note\)/);
  assert.match(shown, /Vehicles checked as a chart not counted not stated/);
  assert.match(shown, /Arrests: A return counts people arrested at visits\./);

  const id = await idOf(application, 'https://farshire.example.org/week');
  const chosen = await analyst.get(
    `/staff/returns/weeks?operation=${operation.id}&published=${id}&published=${newId()}&published=x`,
  );
  assert.equal(chosen.statusCode, 200);
  const two = await analyst.get(`/staff/returns/weeks?operation=${operation.id}&published=${id}`);
  assert.match(plain(two.body), /About the week Operation Lantern Invented force week 2024 Dates/);

  const trend = await analyst.get(
    `/staff/returns/weeks/trends/arrests-total?operation=${operation.id}&published=${id}`,
  );
  assert.match(trend.body, /<svg [^>]*role="img" aria-labelledby="chart-1-title chart-1-description"/);
  assert.match(trend.body, /<desc id="chart-1-description">Bar chart, oldest week first\./);
  assert.equal((await analyst.get('/staff/returns/weeks/trends/score')).statusCode, 404);
  assert.match((await analyst.get('/staff/returns')).body, /href="\/staff\/returns\/weeks"/);
});

test('a comparison is exported as a workbook, a table and data, with its reason in the log', async (t) => {
  const { application, analyst, operation, stage } = await compared(t);
  const id = await idOf(application, 'https://news.example.org/autumn-2024');
  const address = `/staff/returns/weeks/export?operation=${operation.id}&published=${id}`;
  assert.match((await analyst.get(address)).body, /Export this comparison/);
  const why = { why: 'for a meeting, or our own file', words: 'Reference 7' };
  const unasked = await analyst.post(address, { shape: 'csv', words: 'Reference 7' });
  assert.equal(unasked.statusCode, 422);
  const take = (shape: string) => analyst.post(address, { ...why, shape });
  const table = await take('csv');
  assert.match(
    String(table.headers['content-disposition']),
    /weeks-compared-2026-09-18\.official-sensitive-operational\.csv"/,
  );
  assert.match(
    table.body,
    /"Arrests","Invented autumn week 2024","Published by others","2024-09-16","2024-09-20"[^\r]*,0,"exact","","","yes","yes","https/,
  );
  assert.match(table.body, /"People deployed","Invented autumn week 2024"[^\r]*,"","","","not stated",""/);
  const { sheets, formulas } = readWorkbook((await take('xlsx')).rawPayload);
  assert.equal(formulas, 0);
  assert.deepEqual(
    sheets.map(({ name }) => name),
    ['Side by side', 'Numbers', 'About'],
  );
  assert.deepEqual(sheets[0]?.rows[0], ['Figure', 'Operation Lantern', 'Invented autumn week 2024']);
  assert.deepEqual(
    sheets[0]?.rows.find(([figure]) => figure === 'Potential victims'),
    ['Potential victims', 'not counted', 'several'],
  );
  assert.deepEqual(sheets[2]?.rows[1], ['Marking', 'OFFICIAL-SENSITIVE: OPERATIONAL']);
  const data = JSON.parse((await take('json')).body);
  assert.deepEqual(
    [data.kind, data.weeks.length, data.weeks[1].source],
    ['weeks compared', 2, 'https://news.example.org/autumn-2024'],
  );
  const row = await application.db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'returns compared and exported')
    .executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.kind, row.recipient, row.reason],
    ['disclosure', stage.force.id, 'for a meeting, or our own file: Reference 7'],
  );
  assert.equal((await analyst.get(`/staff/returns/weeks/export?published=${newId()}`)).statusCode, 404);
});

test('neither page asks more with more weeks', async (t) => {
  const { application, analyst } = await analysing(t);
  const asked: number[][] = [];
  for (const lines of [inventedWeeks.slice(0, 1), inventedWeeks.slice(1)]) {
    await importAll(analyst, lines);
    const id = await idOf(application, 'https://news.example.org/spring-2024');
    const counts: number[] = [];
    for (const path of ['weeks', 'published', `published/${id}`, 'weeks/trends/arrests-total', 'weeks/export']) {
      application.countQueries();
      assert.equal((await analyst.get(`/staff/returns/${path}`)).statusCode, 200, path);
      counts.push(application.countQueries());
    }
    asked.push(counts);
  }
  assert.deepEqual(asked[0], asked[1]);
  assert.ok(
    asked[0]?.every((count) => count <= 37),
    JSON.stringify(asked[0]),
  );
});
