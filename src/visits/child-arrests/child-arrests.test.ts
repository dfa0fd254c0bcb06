import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { letIn } from '../../operations/plan/examples.ts';
import { setContext } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addArrest, addScreening, addVisit } from '../examples.ts';

const said = {
  services: 'Lea council, Bea Brook',
  adult: 'Custody asked the aunt to come',
  how: 'by telephone',
  time: '11:20',
  'day-day': '18',
  'day-month': '9',
  'day-year': '2026',
  base: '1',
};

const correction = {
  ...{ kind: 'administrative immigration', matter: 'immigration', offence: '', sex: 'female', age: '15' },
  ...{ residence: '', status: 'in custody', custodyRef: '', encounterId: '', time: '11:00' },
  ...{ 'day-day': '18', 'day-month': '9', 'day-year': '2026', base: '1', why: 'Custody checked it' },
};

async function anArrest(t: Parameters<typeof aTeam>[0], age: number | null) {
  const world = await aTeam(t, { time: '11:30' });
  const { db, planned, officer, planner, adviser, signIn } = world;
  const visit = await addVisit(db, planned, officer);
  const arrest = await addArrest(db, visit, officer, { age, status: 'in custody' });
  await addScreening(db, arrest, officer, { outcome: 'no concern' });
  return {
    ...world,
    ...{ visit, arrest, at: await signIn(officer), plans: await signIn(planner), helper: await signIn(adviser) },
    form: `/staff/arrests/${arrest.id}/child`,
    page: `/staff/arrests/${arrest.id}`,
  };
}

const tasks = async (reader: Parameters<typeof dueRows>[0]) =>
  (await dueRows(reader)).filter(({ what }) => /appropriate adult/.test(what));

test('the arrest of a child is a task of the team until somebody records who was told', async (t) => {
  const { at, helper, visit, form, page, safeguardingDb } = await anArrest(t, 15);
  const task = `Tell children’s services and the appropriate adult about the child arrested at ${referenceOf('visit', visit.id)}`;
  const visitPage = `/staff/visits/${visit.id}`;
  const [own] = await tasks(at);
  assert.equal(own?.href, form);
  assert.ok(own?.what.startsWith(task), own?.what);
  assert.ok(plain((await at.get(visitPage)).body).includes(task));
  assert.ok((await at.get(visitPage)).body.includes(`href="${form}"`));
  assert.deepEqual(await tasks(helper), []);
  assert.equal((await helper.get(form)).statusCode, 403);
  assert.match(plain((await at.get(form)).body), /Do not enter the child’s name/);

  const before = await safeguardingDb.selectFrom('accessLog').selectAll().execute();
  for (const [wrong, words] of [
    [{ services: '' }, /Enter who at children’s services was told/],
    [{ adult: '' }, /Enter who was told as appropriate adult/],
    [{ how: '' }, /Select how they were told/],
    [{ time: '10:00' }, /This is before the arrest/],
    [{ time: '12:00' }, /This time is in the future/],
  ] as const) {
    const refused = await at.post(form, { ...said, ...wrong });
    assert.equal(refused.statusCode, 422);
    assert.match(plain(refused.body), words);
  }
  assert.equal((await at.post(form, said)).statusCode, 303);
  assert.deepEqual(await tasks(at), []);
  assert.ok(!plain((await at.get(visitPage)).body).includes(task));
  const shown = plain((await at.get(page)).body);
  assert.match(shown, /Children’s services Lea council, Bea Brook/);
  assert.match(shown, /Appropriate adult Custody asked the aunt to come How by telephone When 11:20 on 18 September/);
  assert.doesNotMatch(shown, /must telephone the council’s children’s services now/);
  assert.equal((await at.post(form, { ...said, adult: 'A social worker', why: '' })).statusCode, 422);
  assert.equal((await at.post(form, { ...said, adult: 'A social worker', why: 'The aunt declined' })).statusCode, 303);
  assert.match(plain((await at.get(page)).body), /Earlier versions of the notification .*The aunt declined/);
  assert.deepEqual(
    await safeguardingDb.selectFrom('accessLog').selectAll().execute(),
    before,
    'nothing reaches the safeguarding database',
  );
});

test('somebody of unknown age is treated as a child, until the arrest says an adult', async (t) => {
  const { at, visit, form, page } = await anArrest(t, null);
  const [own] = await tasks(at);
  assert.match(
    own?.what ?? '',
    new RegExp(`about the person, perhaps a child, arrested at ${referenceOf('visit', visit.id)}`),
  );
  assert.equal(
    (await at.post(`${page}/correct`, { ...correction, age: '30', ageBasis: 'a document was seen' })).statusCode,
    303,
  );
  assert.deepEqual(await tasks(at), []);
  const refused = await at.post(form, said);
  assert.equal(refused.statusCode, 422);
  assert.match(plain(refused.body), /Correct the age of the arrest first/);
});

test('who plans or commands the operation is told to ask the team, also when the age is corrected afterwards', async (t) => {
  const { db, at, plans, helper, visit, form, page, force, member, operation, signIn } = await anArrest(t, 30);
  const commander = await member(force, ['commander'], 'Cara Commander');
  await letIn(db, operation, commander);
  const commands = await signIn(commander);
  const asked = async (reader: typeof at) => (await dueRows(reader)).filter(({ what }) => /Ask the team/.test(what));
  for (const reader of [plans, commands, helper]) assert.deepEqual(await asked(reader), []);
  assert.equal((await at.post(`${page}/correct`, correction)).statusCode, 303);
  for (const reader of [plans, commands]) {
    const [item] = await asked(reader);
    const reference = referenceOf('visit', visit.id);
    assert.ok(
      item?.what.startsWith(`Ask the team whom they told about the child arrested at ${reference}`),
      item?.what,
    );
    assert.equal(item?.href, page);
    assert.equal((await reader.get(page)).statusCode, 200);
  }
  for (const reader of [at, helper]) assert.deepEqual(await asked(reader), [], 'the team has its own task');
  assert.equal((await at.post(form, said)).statusCode, 303);
  for (const reader of [plans, commands]) assert.deepEqual(await asked(reader), []);
});

test('the time of the arrest stays before the notification, and the notification of an adult offers no correction', async (t) => {
  const { at, form, page } = await anArrest(t, 15);
  assert.equal((await at.post(form, { ...said, time: '11:10' })).statusCode, 303);
  const late = await at.post(`${page}/correct`, { ...correction, time: '11:20' });
  assert.equal(late.statusCode, 422);
  assert.match(plain(late.body), /Somebody was told about this child before this time/);
  assert.match((await at.get(page)).body, /Correct who was told about the child/);
  assert.equal(
    (await at.post(`${page}/correct`, { ...correction, age: '30', ageBasis: 'a document was seen' })).statusCode,
    303,
  );
  const shown = plain((await at.get(page)).body);
  assert.doesNotMatch(shown, /Correct who was told about the child/);
  assert.match(shown, /Lea council, Bea Brook/, 'the record stays readable');
});

test('the page after the arrest of a child has the number of the first responder on call', async (t) => {
  const { at, page, db, premises, clock, advisers } = await anArrest(t, 15);
  assert.match((await at.get(page)).body, /href="\/help"/, 'the plan names nobody');
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: clock.now() });
    const named = { referrerId: advisers.id, referrerOnCall: 'Sam Reed', referrerContact: 'duty phone 07700 900321' };
    await tx.updateTable('premises').set(named).where('id', '=', premises.id).execute();
  });
  const { body } = await at.get(page);
  assert.match(body, /href="tel:\+447700900321"[^>]*>Ring Sam Reed, Lea Advisers: 07700 900321</);
  assert.doesNotMatch(body, /See who can be called now/);
});

test('no task comes of the arrest of an adult', async (t) => {
  const { at, visit, page } = await anArrest(t, 30);
  assert.deepEqual(await tasks(at), []);
  for (const url of [page, `/staff/visits/${visit.id}`])
    assert.doesNotMatch((await at.get(url)).body, /appropriate adult|Record who was told/);
});

test('planners get an urgent notification of the arrest of a child, and none of an adult', async (t) => {
  const { at, plans, helper, visit } = await anArrest(t, 30);
  const { base: _base, why: _why, ...form } = correction;
  const bell = async (reader: typeof plans) =>
    /Notifications( \(\d\))?<\/a>/.exec((await reader.get('/staff')).body)?.[1];
  const evidence = { ageBasis: 'a document', age: '30' };
  const arrest = (more: object) => at.post(`/staff/visits/${visit.id}/arrests/new`, { ...form, ...more, id: newId() });
  assert.equal((await arrest(evidence)).statusCode, 303);
  assert.equal(await bell(plans), undefined);
  assert.equal((await arrest({ age: '15' })).statusCode, 303);
  assert.equal(await bell(plans), ' (1)');
  assert.equal(await bell(helper), undefined, 'support agencies see no arrest');
  const list = (await plans.get('/staff/notifications')).body;
  assert.match(list, /Urgent: a child, or somebody treated as one, was arrested/);
  const [open = ''] = /\/staff\/notifications\/[0-9a-f-]+\/open/.exec(list) ?? [];
  assert.match(String((await plans.post(open, {})).headers.location), /^\/staff\/arrests\//);
});
