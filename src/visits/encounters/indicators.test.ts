import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addPlannedVisit, addPremises } from '../../operations/plan/examples.ts';
import { isDisclosed, listSigns } from '../../public/signs/index.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addArrest, addObservation, addPersonMet, addVisit } from '../examples.ts';

const main = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
const summary = (body: string): string => /error-summary__list">([\s\S]*?)<\/ul>/.exec(body)?.[1] ?? '';
const signs = listSigns('2026-09-18');
const offered = (body: string): string[] =>
  [...main(body).matchAll(/<input[^>]* name="sign"[^>]* value="([^"]+)"/g)].map(([, id = '']) => id);

test('a visit offers only indicators that an onlooker can observe, of a person and of the place', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  for (const url of [`/staff/encounters/${met.id}/signs`, `/staff/visits/${planned.id}/signs`]) {
    const ids = offered((await at.get(url)).body);
    assert.ok(ids.includes('guarded') && ids.includes('papers held'), url);
    assert.ok(!ids.includes('little English'), 'language is never a ground');
    for (const { id } of signs.filter(isDisclosed)) assert.ok(!ids.includes(id), `${url} offers ${id}`);
    const asked = main((await at.get(`${url}?sign=earnings+taken`)).body);
    assert.doesNotMatch(asked, /name="context"/, 'no form for it either');
  }
});

test('at a car wash the indicators of labour exploitation come first and open, and those that mean nothing alone say so', async (t) => {
  const { signIn, officer, operation, team, db } = await aTeam(t);
  const premises = await addPremises(db, operation, { business: 'car wash', name: 'Lea Car Wash' });
  const visit = await addVisit(db, await addPlannedVisit(db, premises, team), officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${visit.id}/signs`;
  const list = main((await at.get(url)).body);
  const titles = [...list.matchAll(/<details class="govuk-details"( open)?>[\s\S]*?id="group-\d+">([^<]+)</g)];
  assert.deepEqual(
    titles.slice(0, 3).map(([, open = '', title]) => [title, open.trim()]),
    [
      ['Labour exploitation', 'open'],
      ['Somebody may be under another’s control', 'open'],
      ['Sexual exploitation', ''],
    ],
  );
  assert.match(
    list,
    /without the gloves, masks, boots[\s\S]*?This means nothing alone\. Some employers save on protection/,
  );
  const ticked = `${url}?sign=no+protection+at+work&sign=debts+and+fines+on+paper&go=on`;
  const form = main((await at.get(ticked)).body);
  const [first, second] = [...form.matchAll(/name="id(?:-2)?" value="([^"]+)"/g)].map(([, id = '']) => id);
  const said = { id: first, context: 'In the yard', 'id-2': second, 'context-2': 'On the office wall' };
  assert.equal((await at.post(ticked, { ...said, explanation: 'A badly run business' })).statusCode, 303);
  const rows = await db.selectFrom('observations').select(['indicatorId', 'ofControl']).orderBy('ofControl').execute();
  assert.deepEqual(rows, [
    { indicatorId: 'no protection at work', ofControl: false },
    { indicatorId: 'debts and fines on paper', ofControl: true },
  ]);
  assert.match((await at.get(`/staff/visits/${visit.id}`)).body, /wage book shows fines/);
  assert.match((await at.get(`/staff/indicators/${first}`)).body, /People work with chemicals/);
});

test('records several indicators ticked at once, all or none, each with a row in the log', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  const url = `/staff/encounters/${met.id}/signs`;
  const none = await at.get(`${url}?go=on`);
  assert.equal(none.statusCode, 422);
  assert.match(summary(none.body), /Tick at least one indicator/);
  const ticked = `${url}?sign=guarded&sign=papers+held&sign=guarded&go=on`;
  const form = main((await at.get(ticked)).body);
  const ids = [...form.matchAll(/name="id(?:-2)?" value="([^"]+)"/g)].map(([, id = '']) => id);
  assert.equal(ids.length, 2, 'each is asked about once');
  assert.equal([...form.matchAll(/name="explanation[^"]*"/g)].length, 1, 'one alternative explanation for all');
  const half = { id: ids[0], context: 'By the door', 'id-2': ids[1], 'context-2': 'On the shelf' };
  const refused = await at.post(ticked, half);
  assert.equal(refused.statusCode, 422);
  assert.match(summary(refused.body), /href="#explanation">Enter an alternative explanation/);
  assert.match(refused.body, /On the shelf[\s\S]*value="/);
  assert.deepEqual(await db.selectFrom('observations').selectAll().execute(), [], 'not one of them alone');
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(ticked, { ...half, explanation: 'Kept safe for all' })).statusCode, 303);
  const rows = await db
    .selectFrom('observations')
    .select(['id', 'indicatorId', 'context', 'explanation'])
    .orderBy('indicatorId')
    .execute();
  assert.deepEqual(rows, [
    { id: ids[0], indicatorId: 'guarded', context: 'By the door', explanation: 'Kept safe for all' },
    { id: ids[1], indicatorId: 'papers held', context: 'On the shelf', explanation: 'Kept safe for all' },
  ]);
  const log = await db.selectFrom('accessLog').select('subject').where('event', '=', 'sign.recorded').execute();
  assert.deepEqual(new Set(log.map(({ subject }) => subject)), new Set(ids));
});

test('refuses an indicator that a person disclosed or that is about health, and keeps the input', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  const typed = { id: newId(), context: 'In the back room', explanation: 'A family matter' };
  for (const url of [`/staff/encounters/${met.id}/signs`, `/staff/visits/${planned.id}/signs`])
    for (const { id } of signs.filter(isDisclosed)) {
      const refused = await at.post(`${url}?sign=${encodeURIComponent(id)}`, typed);
      assert.equal(refused.statusCode, 422, id);
      assert.match(summary(refused.body), /Record it in the person’s safeguarding note/);
      assert.match(refused.body, /In the back room/);
    }
  assert.deepEqual(await db.selectFrom('observations').selectAll().execute(), []);
  assert.equal((await at.post(`/staff/visits/${planned.id}/signs?sign=guarded`, typed)).statusCode, 303);
});

test('refuses an indicator in a person’s own words, new or corrected, and keeps what was typed', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}/signs?sign=guarded`;
  await addVisit(db, planned, officer);
  const observed = { id: newId(), context: 'Looked to the manager, and said nothing', explanation: 'They may be shy' };
  for (const words of ['She told me that he takes her pay', 'They said they owe money', 'Quote: “he has my papers”'])
    for (const field of ['context', 'explanation']) {
      const refused = await at.post(url, { ...observed, [field]: words });
      assert.equal(refused.statusCode, 422, words);
      assert.match(summary(refused.body), /write their words in their safeguarding note/);
      assert.ok(refused.body.includes(words), 'what was typed is kept');
    }
  assert.equal((await at.post(url, observed)).statusCode, 303);
  const again = await at.post(`/staff/indicators/${observed.id}/correct`, {
    ...observed,
    context: 'He said that he owes money',
    why: 'More',
    base: '1',
  });
  assert.equal(again.statusCode, 422);
});

test('only the recorder of an indicator reads its earlier versions', async (t) => {
  const { signIn, officer, on, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  const sign = await addObservation(db, visit, officer, { context: 'Words that do not belong here' });
  const at = await signIn(officer);
  const url = `/staff/indicators/${sign.id}`;
  const corrected = { context: 'Looked to the manager', explanation: 'Shy', why: 'Wrong words', base: '1' };
  assert.equal((await at.post(`${url}/correct`, corrected)).statusCode, 303);
  assert.match((await at.get(url)).body, /Words that do not belong here/);
  const other = (await (await on(['field', 'enforcement'])).get(url)).body;
  assert.match(other, /Looked to the manager[\s\S]*Only the person who recorded this/);
  assert.doesNotMatch(other, /Words that do not belong here/);
});

test('the page of a person seen, not spoken to, does not ask what they said', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const seen = await addPersonMet(db, visit, officer, { spokenTo: false, interpreter: 'not needed', language: null });
  const page = main((await at.get(`/staff/encounters/${seen.id}`)).body);
  assert.match(page, /Write a safeguarding note/);
  assert.doesNotMatch(page, /Record what the person said/);
});

test('the database refuses disclosed indicators at a visit', async (t) => {
  const { officer, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  await assert.rejects(addObservation(db, visit, officer, { evidence: 'disclosed' as never }), /only what an onlooker/);
  await addObservation(db, visit, officer);
  await sql`alter table observations disable trigger keep_earlier_version`.execute(db);
  await assert.rejects(sql`update observations set evidence = 'disclosed'`.execute(db), /only what an onlooker/);
});

test('enforcement no longer sees disclosures that visits recorded earlier', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const at = await signIn(officer);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  await sql`alter table observations disable trigger refuse_disclosed`.execute(db);
  const more = {
    encounterId: met.id,
    indicatorId: 'earnings taken',
    context: 'She keeps nothing',
    evidence: 'disclosed',
  };
  const old = await addObservation(db, visit, officer, more as never);
  for (const url of [`/staff/visits/${visit.id}`, `/staff/encounters/${met.id}`])
    assert.doesNotMatch((await at.get(url)).body, /She keeps nothing|what they earn/);
  for (const url of [`/staff/indicators/${old.id}`, `/staff/indicators/${old.id}/correct`])
    assert.equal((await at.get(url)).statusCode, 404, url);
});

test('the support agencies’ note alone offers what a person disclosed', async (t) => {
  const { signIn, officer, adviser, planned, db, safeguardingDb } = await aTeam(t);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  const url = `/staff/safeguarding/encounters/${met.id}/note`;
  assert.doesNotMatch((await (await signIn(officer)).get(url)).body, /name="disclosed"/);
  const helper = await signIn(adviser);
  const form = await helper.get(url);
  assert.match(form.body, /Which indicators did the person tell you about/);
  const id = /name="id" value="([^"]+)"/.exec(form.body)?.[1];
  const wrong = await helper.post(url, { id, disclosed: ['guarded'], outcomes: 'took a card' });
  assert.equal(wrong.statusCode, 422, 'what an onlooker observes is no disclosure');
  assert.equal(
    (await helper.post(url, { id, disclosed: ['earnings taken', 'injured'], outcomes: 'took a card' })).statusCode,
    303,
  );
  const note = await safeguardingDb.selectFrom('notes').select('disclosed').executeTakeFirstOrThrow();
  assert.deepEqual(note.disclosed, ['earnings taken', 'injured']);
  assert.match((await helper.get(`/staff/safeguarding/notes/${id}`)).body, /They do not get to keep what they earn/);
});

test('says of an officer’s record what keeps it for longer, and says nothing of that to a helper', async (t) => {
  const { signIn, officer, adviser, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const url = `/staff/encounters/${met.id}`;
  const at = await signIn(officer);
  const kept = async (who = at) => main((await who.get(url)).body);
  assert.match(await kept(), /Until 16 October 2026, unless an arrest, an indicator of control/);
  await addObservation(db, visit, officer, { encounterId: null, ofControl: true });
  assert.match(await kept(), /For longer than 28 days, because of an indicator of control/);
  await addArrest(db, visit, officer, { encounterId: met.id });
  assert.match(
    await kept(),
    /because of an indicator of control and an arrest at this visit, of this person or another/,
  );
  assert.doesNotMatch(await kept(), /Until 16 October/);
  const helper = await kept(await signIn(adviser));
  assert.match(helper, /At least until 16 October 2026\. For longer if officers record a concern/);
  assert.doesNotMatch(helper, /arrest|indicator of control/);
});
