import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseIn, begun, day, decision, idIn, place, send } from '../../../test/fixtures/begun-visit.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addOperation, addPower, addPremises, addTeam } from './examples.ts';

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
  assert.match(body, /role="status">Premises saved\./);
});

test('a visit years from the operation is refused in the form of new premises too', async (t) => {
  const { db, planner, form, all } = await knowing(t);
  const wrong = await planner.post(form, { ...all, ...day('day', '2019-12-31') });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /This day is more than four weeks away from it\. Check the date/);
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
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
  assert.match(referrer, /Safelight copied these details from Blue Door/);
  const immigration = (await planner.get(`${second}/immigration`)).body;
  assert.match(immigration, />People there may be exploited<[\s\S]*>Waiting nearby</);
  assert.doesNotMatch(immigration, /name="immigrationEntry"[^>]*checked/);
});

test('a reason copied from the opposite decision is refused, in both forms', async (t) => {
  const { db, planner, form, all } = await knowing(t);
  await planner.post(form, all);
  const other = { ...all, name: 'Red Door', immigrationEntry: 'waits until called' };
  const fresh = await planner.get(form);
  assert.match(fresh.body, /copied the reason and the options from Blue Door, where the decision is “not present”/);
  const refused = await planner.post(form, other);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /href="#immigrationReason">This is the reason for “not present” at Blue Door/);
  const own = await planner.post(form, { ...other, immigrationReason: 'Police are first at the door' });
  assert.equal(own.statusCode, 303, own.body);

  const third = `/staff/premises/${idIn((await planner.post(form, { ...place, name: 'Green Door' })).headers.location)}`;
  const said = { ...decision, reason: 'Police are first at the door' };
  const page = `${third}/immigration`;
  assert.equal((await send(planner, page, { ...said, immigrationEntry: 'not present' })).statusCode, 422);
  assert.equal((await send(planner, page, { ...said, immigrationEntry: 'waits until called' })).statusCode, 303);
  const entries = await db.selectFrom('policyLog').select('words').where('kind', '=', 'immigration entry').execute();
  assert.equal(entries.length, 3);
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

test('the first form records a warrant in hand, and asks for its state where it has a reference', async (t) => {
  const { db, planner, form, all, partner } = await knowing(t);
  const silent = await planner.post(form, { ...all, reference: 'W/26/4410' });
  assert.match(silent.body, /Select whether the warrant is granted or only applied for/);
  const granted = {
    ...all,
    reference: 'W/26/4410',
    progress: 'granted',
    ...day('progressOn', '2026-09-09'),
    grantedBy: 'Watford magistrates’ court',
    ...day('lastDay', '2026-12-01'),
    accompanying: partner.id,
    entries: 'several',
  };
  for (const [changed, says] of [
    [day('progressOn', ''), /Enter the date of the application or of the grant/],
    [day('progressOn', '2026-10-01'), /Enter today or an earlier day/],
    [{ basis: 'consent' }, /Nobody grants this power beforehand/],
    [{ accompanying: newId() }, /Select partners of this operation/],
    [{ reference: '' }, /Enter the reference on the warrant/],
    [day('lastDay', ''), /Enter the last day that the warrant can be used/],
    [day('lastDay', '2026-12-10'), /This is later than the law allows/],
    [day('lastDay', '2026-09-08'), /The last day must be the day of the grant or after it/],
  ] as const) {
    const refused = await planner.post(form, { ...granted, ...changed });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, says);
  }
  assert.deepEqual(await db.selectFrom('premises').select('id').execute(), []);
  const added = await planner.post(form, granted);
  assert.equal(added.statusCode, 303);
  const power = await db.selectFrom('powers').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(
    [power.state, power.decidedOn, power.expiresOn, power.grantedBy, power.entries, power.accompanying],
    ['granted', '2026-09-09', '2026-12-01', 'Watford magistrates’ court', 'several', [partner.id]],
  );
  const { body } = await planner.get(String(added.headers.location));
  assert.doesNotMatch(body, /Not granted yet/);
  assert.match(body, /granted by Watford magistrates’ court, several entries/);
});

test('a power added later is recorded as applied for in the same form', async (t) => {
  const { db, planner, form, partner } = await knowing(t);
  const added = await planner.post(form, place);
  const powers = `/staff/premises/${idIn(added.headers.location)}/powers`;
  const answers = { basis: 'pace-s8', purposes: 'search for evidence', holderId: partner.id, reference: 'A/1' };
  const sent = await planner.post(`${powers}/new`, {
    ...answers,
    progress: 'applied for',
    ...day('progressOn', '2026-09-08'),
  });
  assert.equal(sent.statusCode, 303);
  const power = await db.selectFrom('powers').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([power.state, power.appliedOn, power.entries], ['applied for', '2026-09-08', 'one']);
  const step = { ...day('on', '2026-09-09'), reference: 'A/1', grantedBy: '', entries: 'unlimited' };
  const undated = await planner.post(`${powers}/${power.id}/granted`, step);
  assert.match(undated.body, /Enter the last day that the warrant can be used/);
  Object.assign(step, day('lastDay', '2026-12-09'));
  assert.equal((await planner.post(`${powers}/${power.id}/granted`, step)).statusCode, 303);
  assert.equal((await db.selectFrom('powers').select('entries').executeTakeFirstOrThrow()).entries, 'unlimited');
});

test('a form of the plan that is sent five times at once adds one record', async (t) => {
  const { db, planner, form, all, team, partner } = await knowing(t);
  const here = await submitTwice(planner, form, all, { db, table: 'premises' });
  const power = { basis: 'consent', purposes: 'search for evidence', holderId: partner.id };
  await submitTwice(planner, `${here}/powers/new`, power, { db, table: 'powers' });
  const visit = { teamId: team.id, powerId: '', ...day('day', '2026-09-17'), starts: '10:00', minutes: '60', turn: '' };
  await submitTwice(planner, `${here}/visits/new`, visit, { db, table: 'planned_visits' });
  await submitTwice(planner, `/staff/teams/${team.id}/briefing`, {}, { db, table: 'briefings' });
});

test('a granted warrant needs its reference and its last day, and the form keeps what was typed', async (t) => {
  const { db, planner, form, partner } = await knowing(t);
  const here = `/staff/premises/${idIn((await planner.post(form, place)).headers.location)}`;
  const warrant = {
    basis: 'pace-s8',
    purposes: 'search for evidence',
    holderId: partner.id,
    note: 'The judge asked about the dog',
    progress: 'granted',
    ...day('progressOn', '2026-09-09'),
  };
  const bare = await planner.post(`${here}/powers/new`, warrant);
  assert.equal(bare.statusCode, 422);
  for (const words of [
    'Enter the reference on the warrant',
    'Enter the last day that the warrant can be used',
    'The judge asked about the dog',
  ])
    assert.ok(bare.body.includes(words), words);
  assert.deepEqual(await db.selectFrom('powers').select('id').execute(), []);
  const applied = await planner.post(`${here}/powers/new`, { ...warrant, progress: 'applied for' });
  assert.equal(applied.statusCode, 303, 'a warrant that is still applied for needs neither');
  const authority = { ...warrant, basis: 'immigration-s28ca', purposes: 'arrest for immigration detention' };
  assert.equal((await planner.post(`${here}/powers/new`, authority)).statusCode, 303, 'nor does a written authority');
});

test('a correction leaves no granted warrant without its reference or its last day', async (t) => {
  const { db, planner, operation, all } = await knowing(t);
  const premises = await addPremises(db, operation);
  const here = `/staff/premises/${premises.id}`;
  const { id } = await addPower(db, premises, { reference: null, expiresOn: null });
  const page = await planner.get(`${here}/powers/${id}`);
  assert.match(page.body, /name="expiresOn-day"/);
  const corrected = {
    purposes: 'search for evidence',
    holderId: all.holderId,
    ...day('appliedOn', '2026-09-01'),
    ...day('decidedOn', '2026-09-02'),
    why: 'Read again',
    base: baseIn(page),
  };
  const bare = await planner.post(`${here}/powers/${id}`, corrected);
  assert.equal(bare.statusCode, 422);
  assert.match(bare.body, /Enter the reference on the warrant/);
  assert.match(bare.body, /Enter the last day that the warrant can be used/);
  const whole = { ...corrected, reference: 'W/118', ...day('expiresOn', '2026-10-02') };
  assert.equal((await planner.post(`${here}/powers/${id}`, whole)).statusCode, 303);
  const kept = await db.selectFrom('powers').select(['reference', 'expiresOn']).executeTakeFirstOrThrow();
  assert.deepEqual(kept, { reference: 'W/118', expiresOn: '2026-10-02' });
});
