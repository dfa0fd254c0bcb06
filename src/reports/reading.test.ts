import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../testing/house.ts';
import { inside } from '../testing/journey.ts';
import { openAttended } from './attended.testing.ts';
import { attendanceForm } from './examples.ts';
import { tellAll } from './testing.ts';

test('the queue has danger on top, what waits before what does not, and says what is late', async (t) => {
  const house = await openAttended(t);
  const { clock, signIn, readers } = house;
  const quiet = await house.told('police', { state: 'closed' });
  const usual = await house.told('police');
  const flood = await house.told('police', { queue: 'second' });
  const danger = await house.told('police', { answers: { now: 'yes', what: 'She is locked in' } });
  clock.move(new Date(clock.now().getTime() + 9 * 3_600_000));
  const reader = await signIn(readers.police);
  const { body } = await reader.get('/staff/reports');
  const places = [danger, usual, flood, quiet].map(({ id }) => body.indexOf(id));
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
  assert.equal(body.match(/Late: /g)?.length, 2);
  const home = (await reader.get('/staff')).body;
  assert.match(home, /One report says that somebody is in danger/);
  assert.match(home, /Two reports are late/);
  assert.match(home, /Three reports wait/);
});

test('every reading is written down before it is shown, and no word of it', async (t) => {
  const house = await openAttended(t);
  const { db, signIn, readers } = house;
  const told = await house.told('police');
  const reader = await signIn(readers.police);
  await reader.get('/staff/reports');
  await reader.get(`/staff/reports/${told.id}`);
  const rows = await db
    .selectFrom('accessLog')
    .select(['event', 'subject', 'returned', 'ownerId'])
    .where('event', 'in', ['reports.listed', 'report.shown'])
    .orderBy('xid')
    .orderBy('id')
    .execute();
  assert.deepEqual(rows, [
    { event: 'reports.listed', subject: null, returned: [told.id], ownerId: house.agencies.police.id },
    { event: 'report.shown', subject: told.id, returned: [], ownerId: house.agencies.police.id },
  ]);
});

test('whoever writes is warned as they write, and two who write at once do not write over each other', async (t) => {
  const house = await openAttended(t);
  const told = await house.told('police');
  const reader = await house.signIn(house.readers.police);
  const form = await reader.get(`/staff/reports/${told.id}/write`);
  assert.match(form.body, /Whoever holds the phone or the list may read this/);
  const send = (message: string) =>
    reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message, base: '0' });
  assert.equal((await send('First')).statusCode, 303);
  const late = await send('Second');
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /written meanwhile[\s\S]*Second/);
  assert.equal(
    (await reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message: 'x'.repeat(1_001), base: '1' }))
      .statusCode,
    422,
  );
});

test('to whoever kept nothing nobody can write, but the report can be closed', async (t) => {
  const house = await openAttended(t);
  await tellAll(house.app, { who: 'worried', what: 'Men sleep there', receipt: 'none' });
  const reader = await house.signIn(house.readers.police);
  const [, id = ''] = /\/staff\/reports\/([0-9a-f-]{36})/.exec((await reader.get('/staff/reports')).body) ?? [];
  const write = (kind: string) =>
    reader.post(`/staff/reports/${id}/write`, { kind, message: 'Thank you', outcome: 'no further action', base: '0' });
  assert.match((await write('asked')).body, /kept nothing/);
  assert.equal((await write('closed')).statusCode, 303);
});

test('a data-protection lead opens the line with words and a date, and another agency cannot take it over', async (t) => {
  const { app, agency, member, signIn } = await openHouse(t);
  const force = await agency('police force');
  const lead = await signIn(await member(force, ['data-protection lead']));
  const path = '/staff/reports/attendance';
  assert.match((await lead.get(path)).body, /the form is not open/);
  const short = await lead.post(`${path}/set`, {
    ...attendanceForm,
    mustAct: 'Yes',
    closes: '06:00',
    promisedHours: '0',
  });
  assert.equal(short.statusCode, 422);
  for (const words of [/at least a sentence/, /time after the start/, /number from 1 to 48/])
    assert.match(short.body, words);
  assert.match((await inside(app, '/report')).body, /not open here/);
  assert.equal((await lead.post(`${path}/set`, attendanceForm)).statusCode, 303);
  assert.match((await inside(app, '/report')).body, /Two intelligence officers/);
  const other = await signIn(await member(await agency('regional crime unit'), ['data-protection lead']));
  assert.match((await other.post(`${path}/set`, attendanceForm)).body, /Another agency attends this line/);
  assert.equal((await lead.post(`${path}/set`, { ...attendanceForm, state: 'closed' })).statusCode, 303);
  assert.match((await inside(app, '/report')).body, /This form is not open here/);
  assert.equal((await other.post(`${path}/set`, attendanceForm)).statusCode, 303);
  const help = await signIn(await member(await agency('council'), ['data-protection lead']));
  assert.equal((await help.get(path)).statusCode, 403);
});

test('a flood waits in the second queue, and nothing of it is refused', async (t) => {
  const house = await openAttended(t);
  for (let time = 0; time < 9; time += 1)
    await tellAll(house.app, { who: 'worried', what: `Junk ${time}`, receipt: 'none' });
  const rows = await house.db.selectFrom('reports').select('queue').execute();
  assert.equal(rows.length, 9);
  const second = rows.filter(({ queue }) => queue === 'second').length;
  assert.ok(second > 0 && second < 9, `${second} in the second queue`);
});

test('a message with words that could put somebody in danger is looked at again before it is sent, and another text anew', async (t) => {
  const house = await openAttended(t);
  const told = await house.told('police');
  const reader = await house.signIn(house.readers.police);
  const send = (message: string, looked = '') =>
    reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message, base: '0', looked });
  const message = 'The police want to know: are the men fetched\r\non Tuesday?';
  const first = await send(message);
  assert.equal(first.statusCode, 422);
  for (const words of [/“police” says who reads this/, /“Tuesday” is a time/, /“fetched” was in what you were told/])
    assert.match(first.body, words);
  assert.match(first.body, /It is not sent yet/);
  assert.equal((await send('The police want to know when', message)).statusCode, 422, 'another text');
  const parts = () => house.db.selectFrom('reportParts').select('kind').where('reportId', '=', told.id).execute();
  assert.equal((await parts()).length, 1);
  assert.equal((await send(message, message.replace('\r\n', '\n'))).statusCode, 303);
  assert.equal((await parts()).length, 2);
});
