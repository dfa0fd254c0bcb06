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

test('after the search record, and after entry by consent, there is no reminder', async (t) => {
  const application = await aTeam(t);
  const { signIn, officer, planned, db } = application;
  const visit = await addVisit(db, planned, officer);
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  await replan(application, 'visits', { basis: 'consent', powerId: null });
  assert.doesNotMatch((await at.get(url)).body, /Record before you finish/);
  await replan(application, 'visits', { basis: 'pace-s17' });
  assert.match((await at.get(url)).body, /Record before you finish/);
  await addSearch(db, visit, officer);
  assert.doesNotMatch((await at.get(url)).body, /Record before you finish/);
  assert.doesNotMatch((await at.get(`${url}/finish`)).body, /Nobody has recorded search/);
});
