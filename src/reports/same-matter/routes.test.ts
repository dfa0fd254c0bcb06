import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { openMailbox } from '../visitor.ts';

const flat = { who: 'worried', what: 'Six men sleep there', place: 'Flat 4, 12 Meadow Road', postcode: 'WD17 1AA' };
const alike = { who: 'worried', what: 'They are fetched before light from 12 Meadow Rd, wd171aa' };
const elsewhere = { who: 'worried', what: 'A farm near Hatfield' };
const reason = 'Both give the postcode WD17 1AA and number 12';

async function open(t: Parameters<typeof openAttended>[0]) {
  const application = await openAttended(t);
  const reader = await application.signIn(application.readers.police);
  const at = (id: string, more = ''): string => `/staff/reports/${id}${more}`;
  const pair = (a: string, b: string): string => `/staff/reports/same-matter/${[a, b].toSorted().join('/')}`;
  const decide = (a: string, b: string, verdict: string, base = '') => reader.post(pair(a, b), { verdict, base });
  const termsOf = (id: string) =>
    application.db
      .selectFrom('reportTerms')
      .select('term')
      .where('reportId', '=', id as never)
      .execute();
  const undoPathIn = (html: string): string =>
    /href="(\/staff\/reports\/same-matter\/decisions\/[0-9a-f-]{36}\/undo)"/.exec(html)?.[1] ?? assert.fail('no undo');
  return { ...application, application, reader, at, pair, decide, termsOf, undoPathIn };
}

test('a report offers another with the same address, with the reason in words and no figure of likeness', async (t) => {
  const { application, reader, at, db } = await open(t);
  const one = await application.told('police', { answers: flat });
  const other = await application.told('police', { answers: alike });
  const third = await application.told('police', { answers: elsewhere });
  const page = (await reader.get(at(one.id))).body;
  const [, offered = ''] = /May be about the same([\s\S]*?)<\/table>/.exec(page) ?? [];
  assert.match(offered, new RegExp(`${reason}[\\s\\S]*12 Meadow Road`));
  assert.match(offered, new RegExp(referenceOf('report', other.id)));
  assert.ok(!offered.includes(third.id));
  assert.doesNotMatch(offered, /%|score|match/i);
  const looks = await db
    .selectFrom('accessLog')
    .select(['event', 'returned'])
    .where('event', 'in', ['reports.compared', 'same matter.listed'])
    .orderBy('event')
    .execute();
  assert.deepEqual(
    looks.map(({ event, returned }) => [event, returned.toSorted()]),
    [
      ['reports.compared', [one.id, other.id, third.id].toSorted()],
      ['same matter.listed', [other.id]],
    ],
  );
  await reader.get(at(one.id));
  const again = await db.selectFrom('accessLog').select('id').where('event', '=', 'reports.compared').execute();
  assert.equal(again.length, 1, 'a report is opened for comparison once');
});

test('what a reporter writes later is compared, too', async (t) => {
  const { application, reader, at } = await open(t);
  const one = await application.told('police', { answers: elsewhere });
  const other = await application.told('police', { answers: { who: 'worried', what: 'A van', vehicles: 'ab12 cde' } });
  assert.doesNotMatch((await reader.get(at(other.id))).body, /Both give/);
  await (await openMailbox(application.app, inWords(one.receipt))).press('add', { words: 'The van is AB12 CDE' });
  assert.match((await reader.get(at(other.id))).body, /Both give the registration AB12 CDE/);
});

test('joined reports show each other on their pages and in the queue, each with its own deadline, until that is undone', async (t) => {
  const { application, reader, at, pair, decide, undoPathIn } = await open(t);
  const one = await application.told('police', { answers: { ...flat, now: 'yes' } });
  const other = await application.told('police', { answers: alike });
  const compare = (await reader.get(pair(one.id, other.id))).body;
  assert.match(
    compare,
    new RegExp(
      `${reason}[\\s\\S]*Six men sleep there[\\s\\S]*before light|${reason}[\\s\\S]*before light[\\s\\S]*Six men`,
    ),
  );
  assert.equal((await decide(one.id, other.id, '')).statusCode, 422);
  assert.equal((await decide(one.id, other.id, 'same')).statusCode, 303);
  assert.match((await decide(one.id, other.id, 'apart')).body, /A colleague has decided about these two/);
  for (const [id, its] of [
    [one.id, other.id],
    [other.id, one.id],
  ] as const) {
    const page = (await reader.get(at(id))).body;
    assert.match(page, new RegExp(`About the same matter[\\s\\S]*${referenceOf('report', its)}`));
    assert.doesNotMatch(page, />Compare P-/);
  }
  const queue = (await reader.get('/staff/reports')).body;
  assert.equal(queue.match(/2 reports about the same/g)?.length, 2);
  const due = async (id: string) =>
    (
      await application.db
        .selectFrom('reports')
        .select('dueAt')
        .where('id', '=', id as never)
        .executeTakeFirstOrThrow()
    ).dueAt;
  assert.ok((await due(one.id)) < (await due(other.id)));
  const undo = undoPathIn((await reader.get(at(one.id))).body);
  assert.match((await reader.get(undo)).body, /Undo this decision\?/);
  assert.equal((await reader.post(undo, {})).statusCode, 303);
  const after = (await reader.get(at(one.id))).body;
  assert.match(after, />Compare P-[\s\S]*Undone by/);
  assert.doesNotMatch((await reader.get('/staff/reports')).body, /reports about the same/);
});

test('a decision that two are not the same is overruled by no other, and takes the offer away', async (t) => {
  const { application, reader, at, decide } = await open(t);
  const [a, b, c] = [
    await application.told('police', { answers: flat }),
    await application.told('police', { answers: alike }),
    await application.told('police', { answers: { ...flat, what: 'A van waits' } }),
  ];
  await decide(a.id, c.id, 'apart');
  const page = (await reader.get(at(a.id))).body;
  const [, offered = ''] = /May be about the same([\s\S]*?)<\/table>/.exec(page) ?? [];
  assert.ok(offered.includes(b.id) && !offered.includes(c.id));
  assert.equal((await decide(a.id, b.id, 'same')).statusCode, 303);
  assert.match((await decide(b.id, c.id, 'same')).body, /not the same. Undo that decision first/);
  assert.match((await decide(a.id, c.id, 'apart', 'x')).body, /A colleague has decided/);
});

test('a report that was taken back is compared with none, shown by none, and leaves no terms', async (t) => {
  const { application, reader, at, pair, decide, termsOf } = await open(t);
  const one = await application.told('police', { answers: flat });
  const other = await application.told('police', { answers: alike });
  await reader.get('/staff/reports');
  assert.ok((await termsOf(other.id)).length > 0);
  await decide(one.id, other.id, 'same');
  await (await openMailbox(application.app, inWords(other.receipt))).press('withdraw');
  await (await openMailbox(application.app, inWords(other.receipt))).press('withdraw');
  assert.deepEqual(await termsOf(other.id), []);
  await reader.get('/staff/reports');
  assert.deepEqual(await termsOf(other.id), [], 'nor are they made again');
  const page = (await reader.get(at(one.id))).body;
  assert.ok(!page.includes(other.id));
  assert.doesNotMatch((await reader.get('/staff/reports')).body, /reports about the same/);
  assert.equal((await reader.get(pair(one.id, other.id))).statusCode, 404);
  const opened = await reader.post(at(other.id, '/open'), {
    purpose: 'life or safety',
    why: 'Somebody may be in danger there tonight',
  });
  assert.match(opened.body, /before light/);
  assert.doesNotMatch(opened.body, /about the same/);
});

test('terms and decisions are destroyed with their report', async (t) => {
  const { application, reader, decide, termsOf, db } = await open(t);
  const one = await application.told('police', { answers: flat });
  const other = await application.told('police', { answers: alike });
  await reader.get('/staff/reports');
  await decide(one.id, other.id, 'same');
  await db.deleteFrom('reportParts').where('reportId', '=', one.id).execute();
  await db.deleteFrom('reports').where('id', '=', one.id).execute();
  assert.deepEqual(await termsOf(one.id), []);
  assert.deepEqual(await db.selectFrom('reportMatterDecisions').select('id').execute(), []);
});

test('nothing of the help line is compared, and its database has no place for it', async (t) => {
  const { application, reader, at, pair, safeguardingDb } = await open(t);
  const police = await application.told('police', { answers: flat });
  const help = await application.told('help', { answers: { ...flat, who: 'me' } });
  const adviser = await application.signIn(application.readers.help);
  await adviser.get('/staff/safeguarding/reports');
  const own = (await adviser.get(`/staff/safeguarding/reports/${help.id}`)).body;
  assert.doesNotMatch(own, /about the same|Decide what happens|Triage/);
  assert.doesNotMatch((await reader.get(at(police.id))).body, new RegExp(help.id));
  assert.equal((await reader.get(pair(police.id, help.id))).statusCode, 404);
  assert.equal((await adviser.get(pair(police.id, help.id))).statusCode, 403);
  assert.deepEqual(
    (await application.db.selectFrom('reportTermSets').select('reportId').execute()).map(({ reportId }) => reportId),
    [police.id],
  );
  await assert.rejects(safeguardingDb.selectFrom('reportTerms').selectAll().execute(), /does not exist/);
});

test('another agency sees neither reports nor decisions of this one', async (t) => {
  const { application, pair, reader, decide, at, undoPathIn } = await open(t);
  const one = await application.told('police', { answers: flat });
  const other = await application.told('police', { answers: alike });
  await decide(one.id, other.id, 'same');
  const undo = undoPathIn((await reader.get(at(one.id))).body);
  const force = await application.agency('police force');
  const stranger = await application.signIn(await application.member(force, ['triage']));
  for (const path of [pair(one.id, other.id), undo]) assert.equal((await stranger.get(path)).statusCode, 404, path);
  assert.equal((await stranger.post(pair(one.id, newTimelessId()), { verdict: 'same', base: '' })).statusCode, 404);
});

test('a value that many reports give says nothing about two of them', async (t) => {
  const { application, reader, at } = await open(t);
  const told: string[] = [];
  for (let count = 0; count < 13; count += 1)
    told.push((await application.told('police', { answers: { who: 'worried', what: 'Ring 07700 900123' } })).id);
  assert.doesNotMatch((await reader.get(at(told[0] ?? ''))).body, /Both give/);
});
