import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { begun } from '../../../test/fixtures/begun-visit.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { addDecision, addOperation, addPremises, addTeam, letIn } from '../plan/examples.ts';
import { columns } from './columns.ts';

const plain = (body: string): string =>
  body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
const header = columns.map(({ name }) => name).join(',');
type Line = Partial<Record<string, string>>;
const line = (more: Line = {}): string => {
  const cells: Line = {
    name: 'Blue Door',
    business: 'Nail bar',
    address: '14 Mill Lane',
    town: 'Watford',
    dwelling: 'no',
    priority: 'High',
    reason: 'Two reports of people who never leave',
    ...more,
  };
  return columns.map(({ field }) => `"${cells[field] ?? ''}"`).join(',');
};
const csv = (...lines: readonly string[]) => ({
  name: 'list.csv',
  content: Buffer.from([header, ...lines].join('\r\n')),
});
/** What the page of the check sends when its button is pressed. */
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
const waiting = (folder: string): Promise<string[]> => readdir(join(folder, 'waiting')).catch(() => []);

async function importing(t: Parameters<typeof begun>[0]) {
  const application = await begun(t);
  const { planner, of } = application;
  const form = `${of}/premises/file`;
  return {
    ...application,
    form,
    send: `${form}/import`,
    check: (...lines: readonly string[]) => planner.upload(form, {}, csv(...lines)),
  };
}

test('the template has the columns of the form, and comes back as it is filled in', async (t) => {
  const { planner, form } = await importing(t);
  const page = await planner.get(form);
  assert.match(page.body, /enctype="multipart\/form-data"/);
  assert.match(plain(page.body), /Columns of the file .*Kind of business Yes One of: massage or beauty, nail bar/);
  const template = await planner.get(`${form}/template`);
  assert.match(String(template.headers['content-disposition']), /attachment; filename="premises[^"]*\.csv"/);
  const [first = '', rest] = template.body.replace('\uFEFF', '').split('\r\n');
  assert.equal(first.replaceAll('"', ''), header);
  assert.equal(rest, '');
  const content = Buffer.concat([Buffer.from(template.rawPayload), Buffer.from(line())]);
  const checked = await planner.upload(form, {}, { name: 'premises.csv', content });
  assert.match(plain(checked.body), /One line is good\./);
});

test('a check stores nothing; the import adds place, visit and decision with a row of the log for each', async (t) => {
  const { db, check, send, planner, operation, council, auditTrail, config } = await importing(t);
  const team = await addTeam(db, operation);
  const all = {
    postcode: 'WD17 1AA',
    risks: 'A dog, entrance at the back',
    languages: 'Romanian, Polish',
    referrerId: council.name.toUpperCase(),
    referrerOnCall: 'Sam Reed',
    referrerContact: '01632 960001',
    teamId: team.name,
    day: '16/09/2026',
    starts: '09:30:00',
    minutes: '90',
    immigrationEntry: 'Not present',
    decidedBy: 'Supt Marlow',
    immigrationReason: 'People there may be exploited',
    immigrationAlternative: 'Waiting nearby',
  };
  const checked = await check(line(all), line({ name: '=1+1', address: '15 Mill Lane' }));
  assert.equal(checked.statusCode, 200);
  assert.match(plain(checked.body), /Two lines are good\. .*Import 2 premises/);
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
  const [file = ''] = await waiting(config.filesFolder);
  const onDisk = await readFile(join(config.filesFolder, 'waiting', file));
  assert.ok(!onDisk.includes('Mill Lane'), 'the file waits sealed, and its key is in the page alone');

  const imported = await planner.post(send, hiddenIn(checked.body));
  assert.equal(imported.statusCode, 303, plain(imported.body));
  const places = await db.selectFrom('premises').selectAll().orderBy('address').execute();
  assert.deepEqual(
    places.map(({ name }) => name),
    ['Blue Door', '=1+1'],
  );
  const [place] = places;
  assert.deepEqual(
    [place?.business, place?.postcode, place?.languages, place?.referrerId, place?.immigrationEntry],
    ['nail bar', 'WD17 1AA', ['Romanian', 'Polish'], council.id, 'not present'],
  );
  const [visit] = await db.selectFrom('plannedVisits').selectAll().execute();
  assert.deepEqual(
    [visit?.premisesId, visit?.teamId, visit?.day, visit?.starts, visit?.minutes],
    [place?.id, team.id, '2026-09-16', '09:30', 90],
  );
  const [decision] = await db.selectFrom('policyLog').selectAll().execute();
  assert.deepEqual([decision?.kind, decision?.about], ['immigration entry', place?.id]);
  assert.deepEqual(await auditTrail({ looks: false }), ['premises.added', 'premises.added']);
  const rows = await db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'premises.added')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    rows.map(({ subject, kind, returned }) => [subject, kind, returned]),
    [
      [places[0]?.id, 'collection', [visit?.id]],
      [places[1]?.id, 'collection', []],
    ],
  );
  assert.ok(rows[0]?.fields.includes('risks') && !rows[1]?.fields.includes('risks'));
});

test('says for each bad line its number, the column and what to do, and imports the others after a tick', async (t) => {
  const { db, check, send, planner } = await importing(t);
  const checked = await check(
    line(),
    line({ name: '', address: '1 High Street', business: 'Nail salon', dwelling: '' }),
    line({ address: '2 High Street', priority: 'urgent', day: '31/02/2026' }),
    line({ address: '3 High Street', teamId: 'Team 9' }),
    line({ address: '4 High Street', immigrationEntry: 'not present' }),
    `${line({ address: '5 High Street' })},more`,
  );
  const page = plain(checked.body);
  assert.match(page, /One line is good\. Five lines need correction\./);
  for (const words of [
    /Line 3 Kind of business “Nail salon” is not known\. Enter one of these: massage or beauty; nail bar/,
    /Line 3 Name of the premises Enter the name of the premises/,
    /Line 3 Somebody lives or sleeps there Enter one of these: yes; no; not known/,
    /Line 4 Priority “urgent” is not known\. Enter one of these: high; medium; low/,
    /Line 4 Day Enter a real date/,
    /Line 5 Team There is nothing to choose from yet\. Leave this cell empty/,
    /Line 6 Decided by Enter the name and rank or job of the person who decided/,
    /Line 7 The whole line This line has more cells than there are columns/,
  ])
    assert.match(page, words);
  const refused = await planner.post(send, hiddenIn(checked.body));
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /href="#only">Tick this if you want to import only the good lines/);
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
  const imported = await planner.post(send, { ...hiddenIn(refused.body), only: 'good' });
  assert.equal(imported.statusCode, 303);
  assert.equal((await db.selectFrom('premises').select('id').execute()).length, 1);
});

test('an address that is in the file or in the operation already is not imported again', async (t) => {
  const { db, check, operation } = await importing(t);
  await addPremises(db, operation, { name: 'Red Gate', address: '2 High Street', town: 'Watford', postcode: null });
  const page = plain(
    (await check(line(), line({ name: 'Again', address: '14, MILL LANE' }), line({ address: '2 high street' }))).body,
  );
  assert.match(page, /Line 3 Address This address is already in line 2 of the file/);
  assert.match(page, /One line is good\. One line is already in this operation\. One line needs correction\./);
  assert.match(page, /Already in this operation: left out .*Line 4 Red Gate/);
});

test('names the same address in another operation of the reader, and says nothing of one that they may not see', async (t) => {
  const { db, check, send, planner, force, lead, agency, member, auditTrail } = await importing(t);
  const other = await addOperation(db, force, lead, { codeName: 'Juniper' });
  await letIn(db, other, lead);
  const seen = await addPremises(db, other, { name: 'Seen Door', address: '14 Mill Lane', town: 'Watford' });
  const elsewhere = await agency('police force', { name: 'Elsewhere' });
  const stranger = await member(elsewhere, ['planner']);
  const hidden = await addOperation(db, elsewhere, stranger, { codeName: 'Blackthorn' });
  await letIn(db, hidden, stranger);
  await addPremises(db, hidden, { name: 'Hidden Door', address: '9 Station Road', town: 'Watford' });

  const checked = await check(line(), line({ name: 'Nine', address: '9 Station Road' }));
  assert.match(plain(checked.body), /Two lines are good\./);
  assert.match(plain(checked.body), /Line 2 Seen Door Juniper/);
  assert.ok(checked.body.includes(`/staff/premises/${seen.id}`));
  assert.doesNotMatch(checked.body, /Hidden Door|Blackthorn/);
  assert.ok((await auditTrail()).includes('premises.compared'), 'the comparison is in the log');
  assert.equal((await planner.post(send, hiddenIn(checked.body))).statusCode, 303);
  assert.equal((await planner.post(send, hiddenIn(checked.body))).statusCode, 422, 'nothing is new');
});

test('an import that is pressed five times adds the premises once', async (t) => {
  const { db, check, send, planner } = await importing(t);
  const checked = await check(line(), line({ address: '15 Mill Lane' }));
  await submitTwice(planner, send, hiddenIn(checked.body), { db, table: 'premises', more: 2 });
});

test('two imports of the same file add it once', async (t) => {
  const { db, check, send, planner } = await importing(t);
  const [one, other] = [hiddenIn((await check(line())).body), hiddenIn((await check(line())).body)];
  const both = await Promise.all([planner.post(send, one), planner.post(send, other)]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).toSorted(), [303, 422]);
  const refused = both.find(({ statusCode }) => statusCode === 422);
  assert.match(refused?.body ?? '', /plan has changed since you checked the file|is already in this operation/);
  assert.equal((await db.selectFrom('premises').select('id').execute()).length, 1);
});

test('visits of a file wait for a new decision where a commander decided already', async (t) => {
  const { db, check, send, planner, operation } = await importing(t);
  const team = await addTeam(db, operation);
  await addDecision(db, operation, { kind: 'go' });
  const visit = { teamId: team.name, day: '2026-09-16', starts: '9:30' };
  const checked = await check(line(visit), line({ ...visit, address: '15 Mill Lane' }));
  assert.equal((await planner.post(send, hiddenIn(checked.body))).statusCode, 303);
  const added = await db.selectFrom('policyLog').select('about').where('kind', '=', 'visit added').execute();
  const visits = await db.selectFrom('plannedVisits').select('id').execute();
  assert.deepEqual(added.map(({ about }) => about).toSorted(), visits.map(({ id }) => id).toSorted());
});

test('refuses what is no table, with what to do, and keeps nothing of it', async (t) => {
  const { db, planner, form, send, config } = await importing(t);
  const cases: readonly (readonly [string | Uint8Array, RegExp])[] = [
    ['', /The file has no lines/],
    [header, /The file has no lines/],
    [`${header},Colour\r\n${line()},red`, /These columns are not known: “Colour”/],
    ['Town,Town\r\nWatford,Watford', /The file lacks these columns: “Name of the premises”/],
    [`${header},Town\r\n${line()},x`, /These columns are in the file twice: “Town”/],
    [`${header}\r\n"Blue Door`, /A quotation mark in this file has no end/],
    [Buffer.concat([Buffer.from(`${header}\r\n`), Buffer.of(0x43, 0x61, 0x66, 0xe9)]), /CSV UTF-8/],
    ['%PDF-1.7 a letter', /This file is not a CSV file/],
    ['PK\u0003\u0004 a workbook', /This file is not a CSV file/],
    [`${header}\r\n${'x'.repeat(2_000_001)}`, /must be smaller than 2 MB/],
  ];
  for (const [content, words] of cases) {
    const refused = await planner.upload(form, {}, { name: 'list.csv', content: Buffer.from(content) });
    assert.equal(refused.statusCode, 422, String(words));
    assert.match(plain(refused.body), words);
  }
  assert.match(plain((await planner.upload(form, {}, undefined)).body), /Select a file/);
  assert.match(plain((await planner.post(send, { file: 'x', key: 'y' })).body), /Select the file again/);
  assert.deepEqual(await waiting(config.filesFolder), []);
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
});

test('another member’s operation gets nothing, and a file without a good line cannot be imported', async (t) => {
  const { db, check, send, form, signIn, agency, member } = await importing(t);
  const checked = await check(line());
  const elsewhere = await agency('police force', { name: 'Elsewhere' });
  const stranger = await signIn(await member(elsewhere, ['planner']));
  assert.equal((await stranger.get(form)).statusCode, 404);
  assert.equal((await stranger.upload(form, {}, csv(line()))).statusCode, 404);
  assert.equal((await stranger.post(send, hiddenIn(checked.body))).statusCode, 404);
  const none = await check(line({ name: '' }));
  assert.doesNotMatch(none.body, /name="key"/);
  assert.match(plain(none.body), /Check another file/);
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
});

test('the same file again says that all lines are there and none needs correction', async (t) => {
  const { check, send, planner, db } = await importing(t);
  const lines = [line(), line({ name: 'Second', address: '15 Mill Lane' })];
  const first = await check(...lines);
  assert.match(plain(first.body), /Good lines .*Line 2 Blue Door 14 Mill Lane, Watford None .*Line 3 Second/);
  const imported = await planner.post(send, hiddenIn(first.body));
  assert.match(
    plain((await planner.get(String(imported.headers.location))).body),
    /Two lines of the file were imported/,
  );
  const again = plain((await check(...lines)).body);
  assert.match(again, /No lines are good\. Two lines are already in this operation\. No lines need correction\./);
  assert.doesNotMatch(again, /Lines to correct|Correct the lines/);
  const more = await check(...lines, line({ name: 'Third', address: '16 Mill Lane' }));
  assert.equal((await planner.post(send, hiddenIn(more.body))).statusCode, 303, 'without a tick');
  assert.equal((await db.selectFrom('premises').select('id').execute()).length, 3);
});

test('nationality, sex and language as a reason, and a postcode that is none, are to be corrected', async (t) => {
  const { check } = await importing(t);
  const reasons = [
    'Lots of Vietnamese women there',
    'Only women work there',
    'They speak no English',
    'Foreigners live there',
  ];
  const page = plain(
    (
      await check(
        ...reasons.map((reason, index) => line({ reason, address: `${index} Mill Lane` })),
        line({ postcode: 'NOTAPC' }),
        line({
          postcode: 'wd171aa',
          reason: 'A manager locks the door, and people sleep on polished floors',
          address: '7 Mill Lane',
        }),
      )
    ).body,
  );
  for (const [number, word] of ['Vietnamese', 'women', 'speak no English', 'Foreigners'].entries())
    assert.match(
      page,
      new RegExp(
        `Line ${number + 2} Reason for the visit Nationality, sex and language are never a reason for a visit\\. The reason says “${word}”`,
      ),
    );
  assert.match(page, /Line 6 Postcode This is no postcode/);
  assert.match(page, /One line is good\. Five lines need correction\./);
});

test('the table of columns says what makes a column required, as the form does', async (t) => {
  const { db, check, operation, planner, form, council } = await importing(t);
  const team = await addTeam(db, operation);
  const table = plain((await planner.get(form)).body);
  for (const more of [
    { referrerId: council.name },
    { teamId: team.name },
    { starts: '09:30' },
    { immigrationEntry: 'not present' },
  ]) {
    const page = plain((await check(line(more))).body);
    const asked = columns.filter(({ name }) => page.includes(`Line 2 ${name} `));
    assert.ok(asked.length > 0);
    for (const { name, requiredWith } of asked) {
      assert.ok(requiredWith, name);
      assert.ok(table.includes(`${name} ${requiredWith}`), name);
    }
  }
});
