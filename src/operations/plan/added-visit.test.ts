import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../../test/fixtures/begun-visit.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addDecision } from '../policy-log/examples.ts';
import { addPremises, addTeam, letIn } from './examples.ts';

const noDecision = /A commander has not decided on this visit/;

test('a visit planned after a go waits for a new decision: its team, the plan and the log say so', async (t) => {
  const { db, signIn, officer, planner, operation, planned, clock, member, force } = await aTeam(t);
  const [at, reader] = [await signIn(officer), await signIn(planner)];
  const overview = `/staff/operations/${operation.id}`;
  const place = await addPremises(db, operation, { name: 'Green Door' });
  const plan = async (starts: string) => {
    const form = { teamId: planned.teamId, ...day('day', '2026-09-18'), starts, minutes: '60', powerId: '', turn: '' };
    const sent = await reader.post(`/staff/premises/${place.id}/visits/new`, form);
    assert.equal(sent.statusCode, 303, sent.body);
    const { id } = await db
      .selectFrom('plannedVisits')
      .select('id')
      .where('premisesId', '=', place.id)
      .where('starts', '=', starts)
      .executeTakeFirstOrThrow();
    return id;
  };
  const phone = async (id: string) => (await at.get(`/staff/visits/${id}`)).body;

  const before = await plan('15:00');
  await addDecision(db, operation, { kind: 'go', recordedAt: clock.now() });
  assert.doesNotMatch(await phone(before), noDecision, 'the commander saw it');

  const after = await plan('17:00');
  assert.match(await phone(after), noDecision);
  assert.match((await at.get(`/staff/visits/${after}/arrive`)).body, noDecision);
  assert.doesNotMatch(await phone(before), noDecision, 'other visits go ahead');
  assert.match(
    (await reader.get(overview)).body,
    /The visit to Green Door on 18 September 2026 is not part of the decision/,
  );
  assert.match(
    (await reader.get(`${overview}/decisions`)).body,
    /Visit to Green Door on 18 September 2026 was planned/,
  );
  const entry = await db
    .selectFrom('policyLog')
    .selectAll()
    .where('kind', '=', 'visit added')
    .executeTakeFirstOrThrow();
  assert.equal(entry.decidedBy, 'Nobody: not a decision', 'the planner decided nothing');

  const list = async (who: typeof at) => (await who.get(`${overview}/schedule`)).body;
  for (const who of [at, reader]) {
    assert.equal((await list(who)).match(/waits for a decision<\/strong>/g)?.length, 1, 'in the list of visits');
    assert.equal((await list(who)).match(/planned<\/strong>/g)?.length, 2, 'others stay planned');
  }
  const commander = await member(force, ['commander'], 'Cy Commander');
  await letIn(db, operation, commander, { duty: 'commands' });
  const tasks = async (who: typeof at) =>
    (await dueRows(who)).filter(
      ({ href, what }) => href === `${overview}/proceed` && /visit that “Go” does not include/.test(what),
    );
  const [decide, ...more] = await tasks(await signIn(commander));
  assert.equal(decide?.what, 'Decide on a visit that “Go” does not include Its team waits.');
  assert.equal(decide?.due, 'Today at 17:00');
  assert.deepEqual(more, []);
  const [ask] = await tasks(reader);
  assert.equal(ask?.what, 'Ask a commander to decide on a visit that “Go” does not include Its team waits.');
  assert.match((await reader.get(overview)).body, /A commander of this operation records a new/);

  const other = await addTeam(db, operation, { name: 'Team 2' });
  const made = await reader.post(`/staff/teams/${other.id}/briefing`, {});
  assert.equal(made.statusCode, 303, made.body);
  const briefings = await db.selectFrom('briefings').selectAll().where('teamId', '=', other.id).execute();
  assert.equal(briefings.length, 1);
  assert.doesNotMatch(JSON.stringify(briefings), /Green Door/, 'another team does not learn of the place');

  await addDecision(db, operation, { kind: 'go', recordedAt: new Date(clock.now().getTime() + 60_000) });
  assert.doesNotMatch(await phone(after), noDecision, 'a new decision includes it');
  assert.doesNotMatch((await reader.get(overview)).body, /is not part of the decision/);
  assert.doesNotMatch(await list(at), /waits for a decision/);
  assert.deepEqual(await tasks(await signIn(commander)), []);
});
