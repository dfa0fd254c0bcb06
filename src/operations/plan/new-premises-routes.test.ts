import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, day, idIn, place } from '../../../test/fixtures/begun-visit.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addOperation, addTeam } from './examples.ts';

/** An operation with a team and its leading unit, and what a planner knows of one place. */
async function knowing(t: Parameters<typeof begun>[0]) {
  const application = await begun(t);
  const { db, operation, council, of } = application;
  const team = await addTeam(db, operation);
  const partner = await db.selectFrom('partners').selectAll().executeTakeFirstOrThrow();
  const all = {
    ...place,
    risks: 'A dog',
    languages: 'Romanian',
    interpreter: 'Telephone service',
    referrerId: council.id,
    referrerOnCall: 'Sam Reed',
    referrerContact: '01632 960001',
    basis: 'pace-s8',
    purposes: 'search for evidence',
    holderId: partner.id,
    reference: '',
    teamId: team.id,
    ...day('day', '2026-09-16'),
    starts: '09:30',
    minutes: '90',
    immigrationEntry: 'not present',
    decidedBy: 'Supt Marlow',
    immigrationReason: 'People there may be exploited',
    immigrationAlternative: 'Waiting nearby',
  };
  return { ...application, team, partner, all, form: `${of}/premises/new` };
}

test('one form adds the premises, the power, the visit and the decision about immigration officers', async (t) => {
  const { db, planner, form, all, team, auditTrail } = await knowing(t);
  const added = await planner.post(form, all);
  assert.equal(added.statusCode, 303);
  const [premises] = await db.selectFrom('premises').selectAll().execute();
  assert.equal(idIn(added.headers.location), premises?.id);
  assert.deepEqual(
    [premises?.risks, premises?.languages, premises?.referrerOnCall],
    ['A dog', ['Romanian'], 'Sam Reed'],
  );
  const [power] = await db.selectFrom('powers').selectAll().execute();
  assert.deepEqual([power?.basis, power?.state, power?.premisesId], ['pace-s8', 'planned', premises?.id]);
  const [visit] = await db.selectFrom('plannedVisits').selectAll().execute();
  assert.deepEqual([visit?.teamId, visit?.powerId, visit?.starts, visit?.minutes], [team.id, power?.id, '09:30', 90]);
  const [decision] = await db.selectFrom('policyLog').selectAll().execute();
  assert.deepEqual(
    [decision?.kind, decision?.about, decision?.decidedBy],
    ['immigration entry', premises?.id, 'Supt Marlow'],
  );
  assert.deepEqual(await auditTrail({ looks: false }), ['premises.added']);
  const { body } = await planner.get(`/staff/premises/${premises?.id}`);
  assert.match(body, /Not granted yet/, 'the checks of the plan are asked as always');
  assert.match(body, /role="status">Saved\./);
});

test('the place alone is enough, and what was filled in beforehand begins no other part', async (t) => {
  const { db, planner, form, partner } = await knowing(t);
  const added = await planner.post(form, {
    ...place,
    holderId: partner.id,
    ...day('day', '2026-09-14'),
    minutes: '60',
    decidedBy: 'PC Asha Planner',
  });
  assert.equal(added.statusCode, 303);
  for (const table of ['powers', 'plannedVisits', 'policyLog'] as const)
    assert.deepEqual(await db.selectFrom(table).select('id').execute(), [], table);
});

test('a part that was begun must be complete, and nothing is saved before', async (t) => {
  const { db, planner, form, all, council } = await knowing(t);
  const cases: readonly (readonly [object, string])[] = [
    [{ purposes: '' }, 'Select what the power will be used for here'],
    [{ basis: '' }, 'Select the power'],
    [{ basis: 'royal-whim' }, 'Select a power of the catalogue'],
    [{ holderId: newId() }, 'Select a partner of this operation'],
    [{ starts: '' }, 'Enter the time'],
    [{ starts: '25:00' }, 'Enter a time on the 24-hour clock'],
    [{ teamId: '' }, 'Select the team'],
    [{ teamId: newId() }, 'Select a team of this operation'],
    [day('day', '2026-02-30'), 'Enter a real date'],
    [{ minutes: '3' }, 'Enter 5 minutes or more'],
    [{ referrerContact: '' }, 'Enter how to reach them'],
    [{ referrerId: newId() }, 'Select an organisation that can refer'],
    [{ immigrationAlternative: '' }, 'Enter the options that were considered'],
    [{ decidedBy: '' }, 'Enter the name and rank or job'],
    [{ reason: '' }, 'Enter the reason for the visit'],
  ];
  for (const [wrong, words] of cases) {
    const answer = await planner.post(form, { ...all, ...wrong });
    assert.equal(answer.statusCode, 422, words);
    assert.ok(answer.body.includes(words), words);
    assert.ok(answer.body.includes(council.name), 'the form is there again');
  }
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
});

test('“Save and add another” opens the form again, filled in from the premises before', async (t) => {
  const { planner, form, all } = await knowing(t);
  const fresh = await planner.get(form);
  assert.match(fresh.body, /value="yes" name="another"|name="another" value="yes"/);
  assert.match(fresh.body, /name="decidedBy"[^>]*value="[^"]*Asha Planner"/);
  const added = await planner.post(form, { ...all, another: 'yes' });
  assert.equal(added.headers.location, form);
  const { body } = await planner.get(form);
  assert.match(body, /value="Sam Reed"/);
  assert.match(body, /value="01632 960001"/);
  assert.match(body, />People there may be exploited</);
  assert.doesNotMatch(body, /name="immigrationEntry"[^>]*checked/, 'the choice itself is made for each place');
});

test('the forms of one part are filled in from the premises before, too', async (t) => {
  const { planner, form, all } = await knowing(t);
  await planner.post(form, all);
  const second = `/staff/premises/${idIn((await planner.post(form, { ...place, name: 'Red Door' })).headers.location)}`;
  const referrer = (await planner.get(`${second}/referrer`)).body;
  assert.match(referrer, /value="Sam Reed"[\s\S]*value="01632 960001"/);
  assert.match(referrer, /These details come from Blue Door/);
  const immigration = (await planner.get(`${second}/immigration`)).body;
  assert.match(immigration, />People there may be exploited<[\s\S]*>Waiting nearby</);
  assert.doesNotMatch(immigration, /name="immigrationEntry"[^>]*checked/);
});

test('who decides is filled in wherever a decision is recorded', async (t) => {
  const { planner, form, all, of } = await knowing(t);
  const here = `/staff/premises/${idIn((await planner.post(form, all)).headers.location)}`;
  const visit = /visits\/([0-9a-f-]{36})\/move/.exec((await planner.get(here)).body)?.[1];
  for (const page of [
    `${of}/decisions/new`,
    `${here}/immigration`,
    `${here}/no-referrer`,
    `${here}/visits/${visit}/postpone`,
    `${here}/visits/${visit}/call-off`,
  ])
    assert.match((await planner.get(page)).body, /name="decidedBy"[^>]*value="[^"]*Asha Planner"/, page);
});

test('a planner of another operation adds nothing', async (t) => {
  const { db, signIn, agency, member, form, all, planner } = await knowing(t);
  const elsewhere = await agency('police force', { name: 'Elsewhere' });
  const stranger = await member(elsewhere, ['planner']);
  assert.equal((await (await signIn(stranger)).post(form, all)).statusCode, 404);
  const other = await addOperation(db, elsewhere, stranger);
  assert.equal((await planner.post(`/staff/operations/${other.id}/premises/new`, all)).statusCode, 404);
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
});
