import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replan } from '../../../test/fixtures/replan.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { addPersonMet, addSearch, addVisit } from '../examples.ts';

const search = { searched: 'yes', rooms: '', forceUsed: '', damage: '', noticeLeft: 'yes', base: '0', why: '' };

test('words that say that there was none are no damage and no force', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}/search`;
  const saved = async () => await db.selectFrom('searches').select(['damage', 'damaged', 'forced']).execute();
  let base = 1;
  let why = '';
  for (const words of ['None', ' n/a. ', 'nil', 'Nothing', 'no damage caused', '-']) {
    const sent = { ...search, forceUsed: words, damage: words, base: String(base), why };
    assert.equal((await at.post(url, sent)).statusCode, 303, words);
    assert.deepEqual(await saved(), [{ damage: null, damaged: false, forced: false }], words);
    const { body } = await at.get(url);
    base = Number(/name="base" value="(\d+)"/.exec(body)?.[1]);
    why = 'Typed again';
  }
  const broken = { ...search, damage: 'No lock is left on the door', base: String(base), why: 'Seen later' };
  assert.equal((await at.post(url, broken)).statusCode, 303);
  assert.equal((await saved())[0]?.damaged, true);
});

test('an earlier record that says “None” counts as no damage', async (t) => {
  const { officer, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  await addSearch(db, visit, officer, { damage: 'None.', forceUsed: 'none used' });
  const rows = await db.selectFrom('searches').select(['damaged', 'forced']).execute();
  assert.deepEqual(rows, [{ damaged: false, forced: false }]);
});

test('a team that entered under a warrant is reminded of the search record, and nothing is recorded for it', async (t) => {
  const { signIn, officer, adviser, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer, { leftAt: new Date('2026-09-18T09:35:00Z') });
  await addPersonMet(db, visit, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const reminder = /Nobody has recorded search, force, damage and the notice/;
  assert.match((await at.get(url)).body, /Record before you finish[\s\S]*whether a notice was left/);
  assert.match((await at.get(`${url}/finish`)).body, reminder);
  const helper = await signIn(adviser);
  assert.doesNotMatch((await helper.get(url)).body, /Record before you finish|notice was left/);
  assert.equal((await at.post(`${url}/finish`, arrival([]))).statusCode, 303);
  const { body } = await at.get(url);
  assert.match(body, /No arrest was recorded\.[\s\S]*No seizure was recorded\./);
  assert.doesNotMatch(body, /Nothing was seized|Nobody was arrested|Record before you finish/);
});

test('after the search record, and after a welfare visit, there is no reminder; after entry by consent there is', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db } = application;
  const visit = await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await replan(application, 'visits', { basis: 'welfare-visit', powerId: null });
  assert.doesNotMatch((await at.get(url)).body, /Record before you finish/);
  await replan(application, 'visits', { basis: 'consent' });
  assert.match((await at.get(url)).body, /Record before you finish[\s\S]*Who agreed, search, force, damage/);
  await replan(application, 'visits', { basis: 'pace-s17' });
  assert.match((await at.get(url)).body, /Record before you finish/);
  await addSearch(db, visit, officer);
  assert.doesNotMatch((await at.get(url)).body, /Record before you finish/);
  assert.doesNotMatch((await at.get(`${url}/finish`)).body, /Nobody has recorded search/);
});

const consent = { consentFrom: 'The tenant', consentWay: 'by word', consentByWordBecause: 'They cannot write' };

test('after entry by consent the search record says who agreed, how, and when they said stop', async (t) => {
  const application = await aTeam(t, { time: '11:40' });
  const { signIn, officer, planned, db } = application;
  await addVisit(db, planned, officer, { basis: 'consent', powerId: null });
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  assert.doesNotMatch((await at.get(`${url}/search`)).body, /name="articlesFound"/);
  const base = /name="base" value="(\d+)"/.exec((await at.get(`${url}/search`)).body)?.[1] ?? '';
  const bare = await at.post(`${url}/search`, { ...search, base });
  assert.equal(bare.statusCode, 422);
  assert.match(bare.body, /Enter who agreed, by their role[\s\S]*Select how the person agreed/);
  const unsaid = await at.post(`${url}/search`, { ...search, ...consent, consentByWordBecause: '', base });
  assert.match(unsaid.body, /Say why the person did not agree in writing/);
  const said = { ...consent, consentLanguage: 'Bengali, by phone', withdrawn: '11:20' };
  assert.equal((await at.post(`${url}/search`, { ...search, ...said, base })).statusCode, 303);
  assert.match(
    (await at.get(url)).body,
    /The tenant[\s\S]*by word[\s\S]*They cannot write[\s\S]*Bengali, by phone[\s\S]*11:20/,
  );
  const paper = (await at.get(`${url}/search-record`)).body;
  assert.match(
    paper,
    /The tenant[\s\S]*By word[\s\S]*They cannot write[\s\S]*Bengali, by phone[\s\S]*11:20 on 18 September 2026/,
  );
});

test('a search under a warrant asks for its times, its finds and a refused witness, and its papers print them', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '11:40' });
  await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const form = (await at.get(`${url}/search`)).body;
  assert.doesNotMatch(form, /name="consentFrom"/);
  const base = /name="base" value="(\d+)"/.exec(form)?.[1] ?? '';
  const found = { articlesFound: 'in part', witnessRefused: 'The brother threatened officers' };
  for (const [times, wrong] of [
    [{ began: '10:50', ended: '10:45' }, /The search ended before it began/],
    [{ began: '12:30', ended: '' }, /before you arrived, or in the future/],
    [{ began: '01:00', ended: '' }, /before you arrived, or in the future/],
  ] as const)
    assert.match((await at.post(`${url}/search`, { ...search, ...found, ...times, base })).body, wrong);
  const sent = { ...search, ...found, began: '10:45', ended: '11:15', base };
  assert.equal((await at.post(`${url}/search`, sent)).statusCode, 303);
  const record = (await at.get(`${url}/search-record`)).body;
  assert.match(
    record,
    /10:45 on 18 September 2026[\s\S]*11:15 on 18 September 2026[\s\S]*The brother threatened officers/,
  );
  assert.match(
    (await at.get(`${url}/warrant-return`)).body,
    /10:45 on 18[\s\S]*sought found\?<\/dt><dd[^>]*>[^<]*<span[^>]*>In part/,
  );
});

test('force beside an arrival without force is asked about in place, and the answer corrects the arrival', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t, { time: '11:40' });
  await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const first = (await at.get(`${url}/search`)).body;
  assert.doesNotMatch(first, /name="door"/);
  const base = /name="base" value="(\d+)"/.exec(first)?.[1] ?? '';
  const ram = { ...search, forceUsed: 'A ram, on the back door', base };
  const asked = await at.post(`${url}/search`, ram);
  assert.equal(asked.statusCode, 422);
  assert.match(
    asked.body,
    /When was force used\?[\s\S]*Only inside, not to get in[\s\S]*To get in: entered by force after no reply/,
  );
  assert.equal((await at.post(`${url}/search`, { ...ram, door: 'forced, no reply' })).statusCode, 303);
  const visits = await db.selectFrom('visits').select('answer').execute();
  assert.deepEqual(visits, [{ answer: 'forced, no reply' }]);
  assert.match((await at.get(url)).body, /Entered by force after no reply/);
});
