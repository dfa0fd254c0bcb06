import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addArrest, addPersonMet, addVisit } from '../examples.ts';

test('an arrest says where its age contradicts the record of the person met', async (t) => {
  const { signIn, officer, planned, db } = await aTeam(t);
  const visit = await addVisit(db, planned, officer);
  const adult = await addPersonMet(db, visit, officer, { age: 'adult' });
  const at = await signIn(officer);
  const shown = async (age: number | null) => {
    const { id } = await addArrest(db, visit, officer, { age, encounterId: adult.id });
    return (await at.get(`/staff/arrests/${id}`)).body;
  };
  const child = await shown(17);
  assert.match(child, /Two ages are recorded[\s\S]*“adult” at the visit\. This arrest gives the age 17/);
  assert.match(child, new RegExp(`href="/staff/encounters/${adult.id}/[a-z]+"[^>]*>Correct the record of person 1`));
  for (const age of [18, null]) assert.doesNotMatch(await shown(age), /Two ages are recorded/);
});

test('an arrest lies within its visit, over midnight too, and the list of times shows another day', async (t) => {
  const { signIn, officer, planned, db, clock } = await aTeam(t);
  const visit = await addVisit(db, planned, officer, {
    arrivedAt: new Date('2026-09-18T21:30:00Z'),
    leftAt: new Date('2026-09-18T23:45:00Z'),
  });
  clock.move(new Date('2026-09-20T10:00:00Z'));
  const at = await signIn(officer);
  const url = `/staff/visits/${visit.id}`;
  const form = (day: number, time: string) => ({
    ...{ kind: 'administrative immigration', matter: 'immigration', offence: '', sex: 'female', age: '30' },
    ...{ residence: '', status: 'in custody', custodyRef: '', encounterId: '', time },
    ...{ 'day-day': String(day), 'day-month': '9', 'day-year': '2026' },
  });
  assert.doesNotMatch(
    (await at.get(`${url}/arrests/new`)).body,
    /name="time"[^>]*value="\d/,
    'no wrong time filled in',
  );
  const late = await at.post(`${url}/arrests/new`, { ...form(20, '10:30'), id: newId() });
  assert.equal(late.statusCode, 422);
  assert.match(plain(late.body), /This is after the team left/);
  const id = newId();
  assert.equal((await at.post(`${url}/arrests/new`, { ...form(19, '00:20'), id })).statusCode, 303);
  assert.match(plain((await at.get(url)).body), /22:30 Arrived .*00:20 on 19 September 2026 Arrest over immigration/);
  const correct = `/staff/arrests/${id}/correct`;
  const moved = await at.post(correct, { ...form(19, '23:59'), base: '1', why: 'Custody said so' });
  assert.equal(moved.statusCode, 422);
  assert.match(plain(moved.body), /This is after the team left/);
  assert.equal((await at.post(correct, { ...form(19, '00:30'), base: '1', why: 'Custody said so' })).statusCode, 303);
});
