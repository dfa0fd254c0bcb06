import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addArrest, addScreening, addVisit } from '../examples.ts';

const facts = {
  kind: 'administrative immigration',
  matter: 'immigration',
  offence: '',
  sex: 'female',
  residence: '',
  status: 'immigration detention',
  custodyRef: '',
  encounterId: '',
  time: '10:30',
  'day-day': '18',
  'day-month': '9',
  'day-year': '2026',
  why: 'Looked again',
};

async function anArrest(t: Parameters<typeof aTeam>[0], age: number | null) {
  const world = await aTeam(t, { time: '13:00' });
  const leftAt = new Date('2026-09-18T10:00:00Z');
  const visit = await addVisit(world.db, world.planned, world.officer, { leftAt, present: 0 });
  const arrest = await addArrest(world.db, visit, world.officer, { age, arrestedAt: new Date('2026-09-18T09:30:00Z') });
  await addScreening(world.db, arrest, world.officer);
  const at = await world.signIn(world.officer);
  assert.equal((await at.post(`/staff/visits/${visit.id}/finish`)).statusCode, 303);
  world.clock.move(new Date('2026-09-18T12:05:00Z'));
  const page = `/staff/arrests/${arrest.id}`;
  const correct = (base: number, said: Record<string, string>) =>
    at.post(`${page}/correct`, { ...facts, base: String(base), ...said });
  const shown = async () => plain((await at.get(page)).body);
  return { ...world, at, page, correct, shown };
}

for (const age of [null, 16])
  test(`an adult age of somebody arrested with the age ${age ?? 'not known'} needs its evidence, and the planner reads of it`, async (t) => {
    const { correct, shown, at, page, signIn, planner } = await anArrest(t, age);
    assert.match((await at.get(`${page}/correct`)).body, /name="ageBasis"/);
    const refused = await correct(1, { age: '23' });
    assert.equal(refused.statusCode, 422);
    assert.match(plain(refused.body), /Select the evidence that the person is 18 or over/);
    const looks = await correct(1, { age: '23', ageBasis: 'how the person looks, and nothing else' });
    assert.equal(looks.statusCode, 303);
    assert.match(await shown(), /Age not confirmed: treat as a child until assessed/);
    assert.match(await shown(), /23 \(appearance only\): a child until assessed/);
    assert.match(await shown(), /Record who was told about the child/);
    const home = await dueRows(at);
    assert.ok(home.some(({ what }) => /^Tell children’s services .*perhaps a child/.test(what)));
    const planned = await dueRows(await signIn(planner));
    assert.match(planned.map(({ what }) => what).join(), /Age changed to adult: an arrest, \S+ By .* Looked again/);
    assert.equal((await correct(2, { age: '23', ageBasis: 'a document was seen' })).statusCode, 303);
    assert.doesNotMatch(await shown(), /Age not confirmed|Record who was told/);
    assert.match(await shown(), /23 \(a document was seen\)/);
  });

test('an arrest that was an adult’s from the start asks for no evidence', async (t) => {
  const { correct, at, page, shown } = await anArrest(t, 30);
  assert.doesNotMatch((await at.get(`${page}/correct`)).body, /name="ageBasis"/);
  assert.equal((await correct(1, { age: '31' })).statusCode, 303);
  assert.doesNotMatch(await shown(), /until assessed/);
});
