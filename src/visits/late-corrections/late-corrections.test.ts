import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { letIn } from '../../operations/plan/examples.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addArrest, addChildNotification, addPersonMet, addScreening, addSearch, addVisit } from '../examples.ts';

const moment = (hour: string) => new Date(`2026-09-18T${hour}:00Z`);

async function aFinishedVisit(t: Parameters<typeof aTeam>[0], age = 30) {
  const world = await aTeam(t, { time: '13:00' });
  const { db, planned, officer, force, member, operation, signIn, planner, adviser } = world;
  const visit = await addVisit(db, planned, officer, { leftAt: moment('10:00'), present: 1 });
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { age });
  await addScreening(db, arrest, officer);
  await addSearch(db, visit, officer);
  const commander = await member(force, ['commander'], 'Cara Commander');
  await letIn(db, operation, commander);
  const other = await member(force, ['planner'], 'Ola Other');
  const at = await signIn(officer);
  assert.equal((await at.post(`/staff/visits/${visit.id}/finish`)).statusCode, 303);
  world.clock.move(moment('12:05'));
  return {
    ...world,
    ...{ visit, met, arrest, at },
    commands: await signIn(commander),
    plans: await signIn(planner),
    stranger: await signIn(other),
    helper: await signIn(adviser),
  };
}

const person = { place: 'lives there', spokenTo: 'spoken to', age: 'under 18', language: 'Albanian' };

test('a correction after the visit is marked, with its reason and the earlier version, and the planner and commander are told', async (t) => {
  const { at, commands, plans, stranger, helper, visit, met, arrest } = await aFinishedVisit(t);
  const reference = referenceOf('visit', visit.id);
  const told = async (reader: typeof at) =>
    (await dueRows(reader))
      .filter(({ what }) => /Corrected after/.test(what))
      .map(({ what, href }) => ({ what, href }));
  assert.deepEqual(await told(commands), []);
  const correct = `/staff/encounters/${met.id}/correct`;
  const said = { ...person, interpreter: 'by phone', base: '1' };
  assert.equal((await at.post(correct, { ...said, why: '' })).statusCode, 422, 'a reason is required');
  assert.equal((await at.post(correct, { ...said, why: 'Wrong age was ticked' })).statusCode, 303);
  const search = { searched: 'yes', rooms: 'An office', forceUsed: '', damage: '', noticeLeft: 'yes', base: '1' };
  assert.equal(
    (await at.post(`/staff/visits/${visit.id}/search`, { ...search, why: 'No damage was done' })).statusCode,
    303,
  );
  assert.equal(
    (await at.post(`/staff/arrests/${arrest.id}/status`, { status: 'in custody', base: '1' })).statusCode,
    303,
    'a later status is no correction',
  );
  const page = `/staff/encounters/${met.id}`;
  const search$ = `/staff/visits/${visit.id}`;
  for (const reader of [commands, plans]) {
    assert.deepEqual(await told(reader), [
      {
        what: `Corrected after the visit: person 1, ${reference} By Officer Olu Officer at 13:05 on 18 September 2026, because: Wrong age was ticked`,
        href: `${page}#earlier`,
      },
      {
        what: `Corrected after the visit: the search record, ${reference} By Officer Olu Officer at 13:05 on 18 September 2026, because: No damage was done`,
        href: `${search$}#earlier-search`,
      },
    ]);
    const shown = plain((await reader.get(page)).body);
    assert.match(
      shown,
      /Corrected after the visit By Officer Olu Officer at 13:05[^:]*, because: Wrong age was ticked/,
    );
    assert.match(shown, /Earlier versions .*Age: adult\. Changed to: under 18/);
    assert.deepEqual(
      (await told(reader)).map(({ href }) => href),
      [`${search$}#earlier-search`],
      'opened',
    );
    assert.match(
      plain((await reader.get(search$)).body),
      /Corrected after the visit\. By Officer Olu Officer at 13:05[^:]*, because: No damage was done/,
    );
    assert.deepEqual(await told(reader), []);
  }
  for (const reader of [at, stranger, helper]) assert.deepEqual(await told(reader), []);
  assert.doesNotMatch((await at.get(`/staff/arrests/${arrest.id}`)).body, /Corrected after the visit/);
});

test('a late correction of who was told about a child is marked, and the planner and commander are told', async (t) => {
  const { db, at, commands, plans, arrest, visit, officer } = await aFinishedVisit(t, 15);
  await addChildNotification(db, arrest, officer);
  const said = {
    ...{ services: 'Second council', adult: 'Her aunt', how: 'by telephone', time: '12:30', base: '1' },
    ...{ 'day-day': '18', 'day-month': '9', 'day-year': '2026', why: 'Wrong council' },
  };
  assert.equal((await at.post(`/staff/arrests/${arrest.id}/child`, said)).statusCode, 303);
  const told = async (reader: typeof at) =>
    (await dueRows(reader))
      .filter(({ what }) => /Corrected after/.test(what))
      .map(({ what, href }) => ({ what, href }));
  for (const reader of [commands, plans]) {
    assert.deepEqual(await told(reader), [
      {
        what: `Corrected after the visit: who was told about an arrested child, ${referenceOf('visit', visit.id)} By Officer Olu Officer at 13:05 on 18 September 2026, because: Wrong council`,
        href: `/staff/arrests/${arrest.id}#earlier-child`,
      },
    ]);
    assert.match(
      plain((await reader.get(`/staff/arrests/${arrest.id}`)).body),
      /Corrected after the visit By Officer Olu Officer at 13:05[^:]*, because: Wrong council/,
    );
    assert.deepEqual(await told(reader), [], 'opened');
  }
});

test('opening the visit again does not hide a correction', async (t) => {
  const { at, commands, visit, met, clock } = await aFinishedVisit(t);
  const again = await at.post(`/staff/visits/${visit.id}/reopen`, { why: 'One answer is missing', base: '2' });
  assert.equal(again.statusCode, 303);
  clock.move(moment('12:08'));
  const said = { ...person, interpreter: 'by phone', base: '1', why: 'Wrong age' };
  assert.equal((await at.post(`/staff/encounters/${met.id}/correct`, said)).statusCode, 303);
  assert.match((await dueRows(commands)).map(({ what }) => what).join(), /Corrected after the visit: person 1/);
});

test('a visit that is corrected after it was finished says so, and opening it again does not', async (t) => {
  const { at, visit } = await aFinishedVisit(t);
  const page = `/staff/visits/${visit.id}`;
  const shown = async () => plain((await at.get(page)).body);
  const reopened = await at.post(`${page}/reopen`, { why: 'One answer is missing', base: '2' });
  assert.equal(reopened.statusCode, 303);
  assert.doesNotMatch(await shown(), /Corrected after the visit/);
  assert.equal((await at.post(`${page}/finish`)).statusCode, 303);
  const correction = {
    ...{
      answer: 'entered',
      answeredBy: 'the manager',
      present: '1',
      power: 'kept',
      ground: '',
      attendees: [] as string[],
    },
    ...{ time: '10:30', 'day-day': '18', 'day-month': '9', 'day-year': '2026' },
    ...{ leftTime: '11:00', 'leftDay-day': '18', 'leftDay-month': '9', 'leftDay-year': '2026' },
    ...{ base: '4', why: 'The manager answered' },
  };
  const form = (await at.get(`${page}/correct`)).body;
  const base = /name="base"[^>]*value="(\d+)"/.exec(form)?.[1] ?? '';
  const saved = await at.post(`${page}/correct`, { ...correction, base, attendees: [visit.attendees[0] ?? ''] });
  assert.equal(saved.statusCode, 303);
  assert.match(
    await shown(),
    /Corrected after the visit[\s.]+By Officer Olu Officer at 13:05[^:]*, because: The manager answered/,
  );
});

test('a correction while the visit is under way is not marked', async (t) => {
  const { db, planned, officer, planner, signIn } = await aTeam(t);
  const met = await addPersonMet(db, await addVisit(db, planned, officer), officer);
  const at = await signIn(officer);
  const said = { ...person, interpreter: 'by phone', base: '1', why: 'Wrong age' };
  assert.equal((await at.post(`/staff/encounters/${met.id}/correct`, said)).statusCode, 303);
  assert.doesNotMatch((await at.get(`/staff/encounters/${met.id}`)).body, /Corrected after the visit/);
  assert.doesNotMatch((await (await signIn(planner)).get('/staff')).body, /Corrected after the visit/);
});
