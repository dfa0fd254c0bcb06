import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { replan } from '../../../test/fixtures/replan.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addOperation, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../plan/examples.ts';
import { addDecision } from '../policy-log/examples.ts';

const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[\w-]+"/g, '');
const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

async function planned(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-15' });
  const { db, agency, member, signIn } = application;
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const lead = await member(force, ['planner'], 'Asha Planner');
  const nurse = await member(await agency('health', { name: 'Nurses' }), ['field'], 'Kit Nurse');
  const operation = await addOperation(db, force, lead);
  const team = await addTeam(db, operation);
  await letIn(db, operation, lead, { team, leads: true, duty: 'plans' });
  await letIn(db, operation, nurse, { team, duty: 'gives medical care' });
  const premises = await addPremises(db, operation, {
    name: 'Blue Door',
    reason: 'The first reason',
    languages: ['Romanian'],
  });
  const power = await addPower(db, premises);
  await addPlannedVisit(db, premises, team, { powerId: power.id });
  return {
    ...application,
    force,
    operation,
    team,
    premises,
    power,
    nurse: await signIn(nurse),
    planner: await signIn(lead),
    at: `/staff/teams/${team.id}/briefing`,
  };
}

test('a briefing is a copy: later changes appear only in a new version', async (t) => {
  const { db, planner, nurse, at, premises, operation } = await planned(t);
  assert.match((await planner.get(at)).body, /No briefing yet\. Make the first version/);
  assert.match(
    (await planner.get(at)).body,
    /Nurses cannot enter under this warrant, because it does not name them/,
    'the planner is told before it is made',
  );
  const first = `/staff/briefings/${idIn((await planner.post(at)).headers.location)}`;
  const before = await nurse.get(first);
  for (const words of [
    'Blue Door',
    'The first reason',
    'Romanian',
    'Kit Nurse',
    'gives medical care',
    'cannot enter under this warrant, because it does not name them',
    'W/2026/117',
    'PACE Code B (2023)',
  ])
    assert.ok(before.body.includes(words), words);
  const place = {
    business: 'shop',
    name: 'Green Door',
    address: '15 Mill Lane',
    town: 'Watford',
    dwelling: 'no',
    priority: 'low',
  };
  await planner.post(`/staff/premises/${premises.id}/edit`, { ...place, reason: 'Another reason', base: '1' });
  await db.updateTable('operations').set({ codeName: 'Operation Other' }).where('id', '=', operation.id).execute();
  assert.equal(shown(await nurse.get(first)), shown(before), 'unaffected');
  const second = `/staff/briefings/${idIn((await planner.post(at)).headers.location)}`;
  assert.match((await nurse.get(second)).body, /Green Door/);
  assert.match((await nurse.get(first)).body, /There is a later version/);
  const content = await db.selectFrom('briefings').select('version').orderBy('version').execute();
  assert.deepEqual(content, [{ version: 1 }, { version: 2 }]);
});

test('a team reads whether somebody lives or sleeps at the place', async (t) => {
  const application = await planned(t);
  const { planner, nurse, at } = application;
  const dwelling = async () => {
    const { body } = await nurse.get(`/staff/briefings/${idIn((await planner.post(at)).headers.location)}`);
    return /Somebody lives or sleeps there\s*<\/dt>\s*<dd[^>]*>\s*([^<]*?)\s*</.exec(body)?.[1];
  };
  assert.equal(await dwelling(), 'No');
  for (const [answer, words] of [
    ['yes', 'Yes'],
    ['not known', 'Not known'],
  ]) {
    await replan(application, 'premises', { dwelling: answer });
    assert.equal(await dwelling(), words);
  }
  assert.match((await planner.get(at)).body, /Blue Door[^<]*: whether somebody lives or sleeps there/);
});

test('a team sees the checks of its own visits, never those of another team’s', async (t) => {
  const { db, planner, at, operation, premises } = await planned(t);
  const other = await addTeam(db, operation, { name: 'Team 2' });
  await addPlannedVisit(db, premises, other, { day: '2026-09-17' });
  const hidden = await addPremises(db, operation, { name: 'Hidden Place' });
  await addPlannedVisit(db, hidden, other, { day: '2026-09-17' });
  const { body } = await planner.get(`/staff/briefings/${idIn((await planner.post(at)).headers.location)}`);
  assert.match(body, /Unlawful, Blue Door: [^<]*Nurses cannot enter under this warrant/);
  assert.doesNotMatch(body, /No power of entry is chosen|Hidden Place/);
});

test('a briefing of a past week is not listed as unread', async (t) => {
  const { db, planner, nurse, at, operation } = await planned(t);
  await planner.post(at);
  assert.match((await nurse.get('/staff')).body, /Read the briefing of Team 1/);
  await db
    .updateTable('operations')
    .set({ startsOn: '2026-01-05', endsOn: '2026-01-09' })
    .where('id', '=', operation.id)
    .execute();
  assert.doesNotMatch((await nurse.get('/staff')).body, /Read the briefing of Team 1/);
});

test('who has read which version is said once, by the reader, and seen by planners', async (t) => {
  const { db, planner, nurse, at, auditTrail } = await planned(t);
  const address = `/staff/briefings/${idIn((await planner.post(at)).headers.location)}`;
  assert.match((await nurse.get('/staff')).body, /Read the briefing of Team 1/);
  assert.match((await planner.get(at)).body, /nobody yet/);
  assert.equal((await nurse.post(`${address}/read`)).statusCode, 303);
  assert.equal((await nurse.post(`${address}/read`)).statusCode, 303);
  const page = await nurse.get(address);
  assert.match(page.body, /You said at/);
  assert.doesNotMatch(page.body, /I have read this/);
  assert.doesNotMatch((await nurse.get('/staff')).body, /Read the briefing of Team 1/);
  assert.match((await nurse.get(at)).body, /have read it/);
  const list = await planner.get(at);
  assert.match(list.body, /one of two/);
  assert.match(list.body, /Kit Nurse[\s\S]*12:00/);
  assert.equal((await db.selectFrom('briefingReadings').selectAll().execute()).length, 1);
  assert.deepEqual(await auditTrail({ looks: false }), ['briefing.made', 'briefing.read', 'briefing.read']);
});

test('a briefing is for its team and for those who plan; for others there is nothing', async (t) => {
  const { db, planner, at, operation, force, member, signIn, agency, clock, nurse } = await planned(t);
  const address = `/staff/briefings/${idIn((await planner.post(at)).headers.location)}`;
  const other = await addTeam(db, operation, { name: 'Team 2' });
  const officer = await member(force, ['enforcement'], 'Other Team');
  await letIn(db, operation, officer, { team: other });
  const commander = await member(force, ['commander']);
  await letIn(db, operation, commander);
  const analyst = await member(force, ['analyst']);
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
  for (const [who, status] of [
    [commander, 200],
    [officer, 404],
    [analyst, 403],
    [stranger, 404],
  ] as const) {
    const visitor = await signIn(who);
    assert.equal((await visitor.get(address)).statusCode, status, who.name);
    assert.equal((await visitor.get(at)).statusCode, status, who.name);
    if (status === 404) {
      assert.equal(shown(await visitor.get(address)), shown(await visitor.get(`/staff/briefings/${newId()}`)));
      assert.equal((await visitor.post(`${address}/read`)).statusCode, 404);
    }
  }
  assert.equal((await nurse.post(at)).statusCode, 403, 'who is briefed makes none');
  assert.equal((await (await signIn(commander)).post(at)).statusCode, 403);
  clock.move(new Date('2026-10-05T09:00:00Z'));
  assert.equal((await (await signIn(nurse.member)).get(address)).statusCode, 404, 'the window has closed');
});

test('nobody can change a briefing or a reading, not even by SQL', async (t) => {
  const { planner, at, databases } = await planned(t);
  await planner.post(at);
  const staff = databases.for('main', 'staff');
  for (const table of ['briefings', 'briefingReadings']) {
    await assert.rejects(staff.deleteFrom(table).execute(), /permission denied/);
  }
  await assert.rejects(staff.updateTable('briefings').set({ version: 9 }).execute(), /permission denied/);
});

test('a briefing asks as much for sixty visits as for one', async (t) => {
  const { db, planner, at, operation, team, countQueries } = await planned(t);
  const cost = async () => {
    await addPlannedVisit(db, await addPremises(db, operation, { name: 'One more' }), team);
    countQueries();
    const { headers } = await planner.post(at);
    const made = countQueries();
    await planner.get(`/staff/briefings/${idIn(headers.location)}`);
    const read = countQueries();
    await planner.get(at);
    return [made, read, countQueries()];
  };
  await planner.post(at); // The first answer to a form asks for its token too.
  const one = await cost();
  for (let index = 0; index < 60; index += 1)
    await addPlannedVisit(db, await addPremises(db, operation, { name: `Place ${index}` }), team);
  assert.deepEqual(await cost(), one);
});

test('a version is made only where something has changed, and says what', async (t) => {
  const application = await planned(t);
  const { db, planner, at } = application;
  await replan(application, 'powers', { accompanying: [] });
  const first = await planner.get(`/staff/briefings/${idIn((await planner.post(at)).headers.location)}`);
  assert.match(first.body, /The warrant names these partners: nobody yet\./);
  const again = await planner.post(at);
  assert.equal(again.headers.location, `${at}?unchanged=yes`);
  assert.match((await planner.get(`${at}?unchanged=yes`)).body, /Nothing has changed since version 1/);
  assert.equal((await db.selectFrom('briefings').select('id').execute()).length, 1);

  const risks = 'A dog\nA <steep> stair';
  await replan(application, 'premises', { risks });
  const second = await planner.get(`/staff/briefings/${idIn((await planner.post(at)).headers.location)}`);
  assert.match(second.body, /Changed since version 1[\s\S]*Blue Door[^<]*: risks/);
  assert.match(second.body, /A dog<br>A &lt;steep&gt; stair/);
  assert.match((await planner.get(at)).body, /Blue Door[^<]*: risks[\s\S]*the first version/);
});

test('a go alone changes no briefing; a no-go does, and the overview says what changed', async (t) => {
  const { db, planner, at, operation, premises, team } = await planned(t);
  await addPlannedVisit(db, premises, team, { day: '2026-09-16' });
  await planner.post(at);
  const overview = async () => (await planner.get(`/staff/operations/${operation.id}`)).body;
  assert.doesNotMatch(await overview(), /Changed since the latest briefing/);
  await addDecision(db, operation, { kind: 'go', recordedAt: new Date('2026-09-15T10:00:00Z') });
  assert.doesNotMatch(await overview(), /Changed since the latest briefing/);
  assert.equal((await planner.post(at)).headers.location, `${at}?unchanged=yes`);
  await addDecision(db, operation, { kind: 'no-go', recordedAt: new Date('2026-09-15T11:00:00Z') });
  assert.match(await overview(), /Changed since the latest briefing: the problems that the checks found/);
});

test('a briefing names everybody who runs a reception, on a team or not', async (t) => {
  const { db, planner, at, operation, force, member } = await planned(t);
  await letIn(db, operation, await member(force, ['volunteer'], 'Bram Oakes'), { duty: 'runs reception' });
  const { body } = await planner.get(`/staff/briefings/${idIn((await planner.post(at)).headers.location)}`);
  assert.match(body, /Reception[\s\S]{0,120}Bram Oakes/);
  assert.doesNotMatch(body, /No reception is planned/);
});
