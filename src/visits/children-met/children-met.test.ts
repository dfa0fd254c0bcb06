import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { letIn } from '../../operations/plan/examples.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addArrest, addPersonMet, addVisit } from '../examples.ts';

const said = {
  services: 'Lea council, Bea Brook',
  time: '11:20',
  'day-day': '18',
  'day-month': '9',
  'day-year': '2026',
  base: '1',
};

async function aMeeting(t: Parameters<typeof aTeam>[0], age: 'under 18' | 'not known' | 'adult') {
  const world = await aTeam(t, { time: '11:30' });
  const { db, planned, officer, force, member, operation, signIn } = world;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer, { age });
  const commander = await member(force, ['commander'], 'Cara Commander');
  await letIn(db, operation, commander);
  return {
    ...world,
    ...{ visit, met, at: await signIn(officer), commands: await signIn(commander) },
    form: `/staff/encounters/${met.id}/children-services`,
    page: `/staff/encounters/${met.id}`,
  };
}

const tasks = async (reader: Parameters<typeof dueRows>[0]) =>
  (await dueRows(reader)).filter(({ what }) => /children’s services/.test(what));

test('a child met is a task of the team and the commander until somebody records that children’s services were told', async (t) => {
  const { at, commands, visit, met, form, page, safeguardingDb } = await aMeeting(t, 'under 18');
  const who = `person 1, under 18, met at ${referenceOf('visit', visit.id)}`;
  const [own] = await tasks(at);
  assert.ok(own?.what.startsWith(`Tell children’s services about ${who}`), own?.what);
  assert.equal(own?.href, form);
  const [asked] = await tasks(commands);
  assert.ok(asked?.what.startsWith(`Ask the team whether children’s services know of ${who}`), asked?.what);
  assert.equal(asked?.href, page);
  assert.equal((await commands.get(page)).statusCode, 200);
  assert.ok((await at.get(`/staff/visits/${visit.id}`)).body.includes(`href="${form}"`));
  assert.match(plain((await at.get(page)).body), /Nobody has recorded that they were told/);
  assert.match(
    plain((await at.get(`/staff/visits/${visit.id}/finish`)).body),
    /Tell the council’s children’s services now, and record it on the page of person 1/,
  );

  const before = await safeguardingDb.selectFrom('accessLog').selectAll().execute();
  for (const [wrong, words] of [
    [{ services: '' }, /Enter who at children’s services was told/],
    [{ time: '12:00' }, /This time is in the future/],
  ] as const) {
    const refused = await at.post(form, { ...said, ...wrong });
    assert.equal(refused.statusCode, 422);
    assert.match(plain(refused.body), words);
  }
  assert.equal((await commands.post(form, said)).statusCode, 403);
  assert.equal((await at.post(form, said)).statusCode, 303);
  for (const reader of [at, commands]) assert.deepEqual(await tasks(reader), []);
  assert.match(
    plain((await at.get(page)).body),
    /Children’s services Told: Lea council, Bea Brook, 11:20 on 18 September/,
  );
  assert.match(plain((await at.get(`/staff/visits/${visit.id}/finish`)).body), /Children’s services were told/);
  assert.equal((await at.post(form, { ...said, base: '2', why: '' })).statusCode, 422);
  assert.equal((await at.post(form, { ...said, base: '2', why: 'A wrong name' })).statusCode, 303);
  assert.equal(met.number, 1);
  assert.deepEqual(
    await safeguardingDb.selectFrom('accessLog').selectAll().execute(),
    before,
    'nothing reaches the safeguarding database, and nothing is read there',
  );
});

test('several people of one visit are one task, and a person who was arrested is a task of the arrest', async (t) => {
  const { db, at, visit, met, officer } = await aMeeting(t, 'not known');
  await addPersonMet(db, visit, officer, { age: 'under 18' });
  const [both, ...none] = await tasks(at);
  assert.deepEqual(none, []);
  assert.match(both?.what ?? '', /^Tell children’s services about 2 people who are or may be under 18/);
  assert.equal(both?.href, `/staff/visits/${visit.id}#children-met`);
  await addArrest(db, visit, officer, { encounterId: met.id, age: 15, status: 'in custody' });
  const left = (await tasks(at)).map(({ what }) => what);
  assert.equal(left.length, 2);
  assert.ok(left.some((what) => /person 2, under 18/.test(what)));
  assert.ok(left.some((what) => /child arrested/.test(what)));
});

test('an adult is no task, and the form refuses one', async (t) => {
  const { at, form, page } = await aMeeting(t, 'adult');
  assert.deepEqual(await tasks(at), []);
  assert.doesNotMatch((await at.get(page)).body, /children-services/);
  const refused = await at.post(form, said);
  assert.equal(refused.statusCode, 422);
  assert.match(plain(refused.body), /Correct the age first/);
});
