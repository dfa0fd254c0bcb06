import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueRows, todayRows } from '../../../test/fixtures/home.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { replan } from '../../../test/fixtures/replan.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addDecision } from '../../operations/policy-log/examples.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import { addVisit } from '../examples.ts';

test('a team starts its next visit from its home page', async (t) => {
  const { db, signIn, officer, planned, premises, team, clock, operation } = await aTeam(t);
  await addPlannedVisit(db, premises, team, { day: '2026-09-20', starts: '15:00' });
  await addDecision(db, operation, { kind: 'go' });
  clock.move(instantAt('2026-09-18', '09:00'));
  let at = await signIn(officer);
  const next = async () => (await dueRows(at)).find(({ what }) => /next visit/.test(what));
  const start = `/staff/visits/${planned.id}/arrive`;
  assert.deepEqual(await next(), {
    what: 'Start your next visit Blue Door, Watford.',
    for: 'Team 1',
    due: 'Today at 10:00',
    status: 'To do',
    href: start,
  });
  assert.deepEqual(await todayRows(at), [
    'Blue Door Start the visit to Blue Door 10:00 to 11:30 Watford Team 1 Planned',
  ]);
  assert.ok((await at.get('/staff')).body.includes(`href="${start}">Start<`));
  clock.move(instantAt('2026-09-18', '10:40'));
  at = await signIn(officer);
  assert.equal((await at.post(start, arrival([officer]))).statusCode, 303);
  assert.match(String(await todayRows(at)), /^Blue Door 10:00 to 11:30 Watford Team 1 Team inside$/);
  const later = await next();
  assert.deepEqual([later?.what, later?.due], ['Your next visit Blue Door, Watford.', '20 September 2026 at 15:00']);
});

test('a team that did not enter, or has left, is not counted inside', async (t) => {
  const { db, signIn, officer, force, member, operation, planned, premises, team } = await aTeam(t);
  const second = await addPlannedVisit(db, premises, team, { starts: '10:15' });
  await addVisit(db, planned, officer, { answer: 'refused entry' });
  await addVisit(db, second, officer, { leftAt: new Date('2026-09-18T09:30:00Z') });
  const commander = await member(force, ['commander']);
  await letIn(db, operation, commander);
  for (const one of [officer, commander])
    assert.deepEqual(await todayRows(await signIn(one)), [
      'Blue Door 10:00 to 11:30 Watford Team 1 Team at the premises',
      'Blue Door 10:15 to 11:45 Watford Team 1 Team has left, not finished',
    ]);
});

test('a visit whose time has passed gives way to a later one of the same day, and to none of another day', async (t) => {
  const { db, signIn, officer, premises, team, clock } = await aTeam(t);
  await addPlannedVisit(db, premises, team, { day: '2026-09-19', starts: '10:00' });
  const evening = await addPlannedVisit(db, premises, team, { day: '2026-09-18', starts: '21:45' });
  clock.move(instantAt('2026-09-18', '21:30'));
  const next = async () => {
    const rows = await dueRows(await signIn(officer));
    return rows.filter(({ what }) => /next visit/.test(what)).map(({ due }) => due);
  };
  assert.deepEqual(await next(), ['Today at 21:45']);
  clock.move(instantAt('2026-09-18', '23:50'));
  assert.deepEqual(await next(), ['Today at 10:00'], 'nobody recorded the visits of today');
  await addVisit(db, evening, officer);
  assert.deepEqual(await next(), ['Tomorrow at 10:00'], 'while the team is at a visit, an earlier one is not its next');
});

test('without a Go, and after a No-go, the team is told not to go in: on its home, at the visit and at the door', async (t) => {
  const { db, signIn, officer, planned, operation, clock } = await aTeam(t);
  clock.move(instantAt('2026-09-18', '09:00'));
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const told = async () => {
    const [home, visit, door] = await Promise.all([at.get('/staff'), at.get(url), at.get(`${url}/arrive`)]);
    return [home.body, visit.body, door.body];
  };
  for (const body of await told()) assert.match(body, /No commander has decided to go ahead yet/);
  assert.doesNotMatch((await told()).join(), />Start<|sl-stays/, 'no page offers the door as the next step');
  await addDecision(db, operation, { kind: 'go', recordedAt: new Date('2026-09-17T09:00:00Z') });
  for (const body of await told()) assert.doesNotMatch(body, /to go ahead/);
  assert.match((await told()).join(), />Start<[\s\S]*sl-stays/);
  await addDecision(db, operation, {
    kind: 'no-go',
    reason: 'Weapons were seen there',
    recordedAt: new Date('2026-09-17T20:00:00Z'),
  });
  for (const body of await told()) {
    assert.match(body, /A commander decided not to go ahead/);
    assert.doesNotMatch(body, /Weapons/, 'the reason stays in the policy log');
  }
  assert.match((await at.get(url)).body, /We have arrived/, 'who must save a life is not stopped');
});

test('a commander sees the visits of today, those under way first; another agency sees none', async (t) => {
  const { db, signIn, officer, force, agency, member, operation, planned, premises } = await aTeam(t);
  const second = await addTeam(db, operation, { name: 'Team 2' });
  await addPlannedVisit(db, await addPremises(db, operation, { name: 'Green Door' }), second, { starts: '08:00' });
  await addPlannedVisit(db, premises, second, { day: '2026-09-19' });
  const commander = await member(force, ['commander']);
  await letIn(db, operation, commander);
  const team = await signIn(officer);
  assert.equal((await team.post(`/staff/visits/${planned.id}/arrive`, arrival([officer]))).statusCode, 303);
  assert.deepEqual(await todayRows(await signIn(commander)), [
    'Blue Door 10:00 to 11:30 Watford Team 1 Team inside',
    'Green Door 08:00 to 09:30 Watford Team 2 Planned, waits for a decision',
  ]);
  assert.equal((await todayRows(team)).length, 1, 'a team sees its own visits');
  const stranger = await member(await agency('police force'), ['commander', 'field']);
  assert.deepEqual(await todayRows(await signIn(stranger)), []);
});

test('the visits that a home page names are in the access log; without any, it logs a count alone', async (t) => {
  const { signIn, officer, planned, premises, logged, clock } = await logging(t);
  await (await signIn(officer)).get('/staff');
  assert.deepEqual(await logged(), [['visits.of today listed', [planned.id, premises.id]]]);
  clock.move(instantAt('2026-09-19', '10:00'));
  await (await signIn(officer)).get('/staff');
  assert.equal((await logged()).length, 1);
});

async function logging(t: Parameters<typeof aTeam>[0]) {
  const world = await aTeam(t);
  const logged = async () => {
    const rows = await world.db
      .selectFrom('accessLog')
      .select(['event', 'returned'])
      .where('event', '=', 'visits.of today listed')
      .execute();
    return rows.map(({ event, returned }) => [event, returned]);
  };
  return { ...world, logged };
}

test('a warrant that a visit used is to be returned to the court, though its planner wrote nothing down', async (t) => {
  const { db, signIn, officer, planner, planned } = await aTeam(t);
  const returns = async () => (await dueRows(await signIn(planner))).filter(({ what }) => /to the court/.test(what));
  assert.deepEqual(await returns(), []);
  await addVisit(db, planned, officer);
  assert.deepEqual(
    (await returns()).map(({ what }) => what),
    ['Return a warrant to the court Warrant W/2026/117. It was executed.'],
  );
});

test('the list of visits says which wait for a decision, as home and the visit do', async (t) => {
  const { db, signIn, officer, planned, premises, team, operation, clock } = await aTeam(t);
  clock.move(instantAt('2026-09-18', '09:00'));
  const later = await addPlannedVisit(db, premises, team, { day: '2026-09-19' });
  await addVisit(db, later, officer);
  const at = await signIn(officer);
  const states = async () => {
    const { body } = await at.get('/staff/visits');
    const rows = body.split('<tr').filter((row) => row.includes('/staff/visits/'));
    return new Map(rows.map((row) => [/visits\/([\da-f-]{36})/.exec(row)?.[1], plain(`<tr${row}`)]));
  };
  assert.match((await states()).get(planned.id) ?? '', / planned, waits for a decision /i);
  assert.doesNotMatch((await states()).get(later.id) ?? '', /waits for a decision/, 'made already');
  await addDecision(db, operation, { kind: 'no-go', recordedAt: new Date('2026-09-17T08:00:00Z') });
  assert.match((await states()).get(planned.id) ?? '', / planned, decided not to go ahead /i);
  await addDecision(db, operation, { kind: 'go', recordedAt: new Date('2026-09-17T09:00:00Z') });
  assert.doesNotMatch((await states()).get(planned.id) ?? '', /decision|go ahead/);
});

test('the interpreter of the plan is rung with one press at the premises', async (t) => {
  const world = await aTeam(t, { languages: ['Romanian'] });
  const { db, signIn, officer, planned } = world;
  const at = await signIn(officer);
  const url = `/staff/visits/${planned.id}`;
  const link = /href="tel:\+441632960555"[^>]*>\s*Ring the interpreter: 01632 960 555/;
  assert.doesNotMatch((await at.get(url)).body, /Ring the interpreter/);
  await replan(world, 'premises', { interpreter: 'Lea Interpreters, 01632 960 555, code 4' });
  for (const page of [url, `${url}/arrive`]) assert.match((await at.get(page)).body, link, page);
  await addVisit(db, planned, officer);
  assert.match((await at.get(`${url}/encounters/new`)).body, link);
});
