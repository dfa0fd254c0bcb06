import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { begun, day, idIn } from '../../../test/fixtures/begun-visit.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import {
  addDecision,
  addOperation,
  addPartner,
  addPlannedVisit,
  addPower,
  addPremises,
  addTeam,
  letIn,
} from '../plan/examples.ts';

/** An operation in a few days, a commander and an officer of its force. */
async function led(t: TestContext) {
  const world = await begun(t);
  const { db, operation, force, member, signIn } = world;
  const commander = await member(force, ['commander'], 'Cy Commander');
  await letIn(db, operation, commander, { duty: 'commands' });
  return { ...world, boss: commander, commander: await signIn(commander) };
}

test('an unfinished plan stays on its planner’s home page, with what is missing, until nothing is', async (t) => {
  const { db, planner, operation, council, force, member, of, commander } = await led(t);
  const missing = async () => (await dueRows(planner)).filter(({ what }) => /^Finish the plan/.test(what));
  const [fresh] = await missing();
  assert.equal(
    fresh?.what,
    'Finish the plan Missing: partners, premises, teams, visits, briefing and decision to proceed.',
  );
  assert.deepEqual(
    [fresh?.for, fresh?.due, fresh?.status, fresh?.href],
    ['Operation Lantern', '13 September 2026', 'Not started', of],
  );
  assert.deepEqual(
    (await dueRows(commander)).filter(({ what }) => /Finish the plan/.test(what)),
    [],
    'a commander plans nothing',
  );

  await addPartner(db, operation, council);
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field', 'enforcement']);
  await letIn(db, operation, officer, { team });
  const premises = await addPremises(db, operation);
  const [begunPlan] = await missing();
  assert.equal(begunPlan?.what, 'Finish the plan Missing: visits, briefing and decision to proceed.');
  assert.equal(begunPlan?.status, 'In progress');

  await addPlannedVisit(db, premises, team, { day: '2026-09-16', starts: '09:30' });
  const [planned] = await missing();
  assert.equal(planned?.what, 'Finish the plan Missing: briefing.', 'the decision has a row of its own now');
  assert.equal(planned?.due, '16 September 2026 at 09:30');
  assert.equal((await planner.post(`/staff/teams/${team.id}/briefing`)).statusCode, 303);
  assert.deepEqual(await missing(), []);
});

test('every operation that is not over is listed, however many there are, with the same number of queries', async (t) => {
  const { db, planner, lead, force } = await led(t);
  const others = Array.from({ length: 24 }, (_, index) => `Operation Number${index}`);
  for (const codeName of others) await letIn(db, await addOperation(db, force, lead, { codeName }), lead);
  const past = { codeName: 'Operation Past', startsOn: '2026-08-03', endsOn: '2026-08-09' };
  await letIn(db, await addOperation(db, force, lead, past), lead);
  const named = (await dueRows(planner)).filter(({ what }) => /^Finish the plan/.test(what)).map((row) => row.for);
  assert.deepEqual(named.toSorted(), ['Operation Lantern', ...others].toSorted());
});

test('without a decision to proceed, a visit of today or tomorrow is pressing for commander and planner, due at its start', async (t) => {
  const { db, signIn, lead, boss, operation, of, clock } = await led(t);
  const decisions = async (who: typeof lead) =>
    (await dueRows(await signIn(who))).filter(({ href }) => href === `${of}/proceed`);
  assert.deepEqual(await decisions(boss), [], 'no visit, nothing to decide');
  const team = await addTeam(db, operation);
  const premises = await addPremises(db, operation);
  await addPlannedVisit(db, premises, team, { day: '2026-09-17', starts: '14:00' });
  await addPlannedVisit(db, premises, team, { day: '2026-09-16', starts: '09:30' });
  for (const [at, due, status] of [
    [instantAt('2026-09-10', '12:00'), '16 September 2026 at 09:30', 'To do'],
    [instantAt('2026-09-15', '12:00'), 'Tomorrow at 09:30', 'To do'],
    [instantAt('2026-09-16', '09:00'), 'Today at 09:30', 'To do'],
    [instantAt('2026-09-16', '10:00'), 'Today at 09:30', 'Overdue'],
  ] as const) {
    clock.move(at);
    for (const who of [lead, boss]) {
      const [row, ...more] = await decisions(who);
      assert.deepEqual(more, []);
      assert.match(
        String(row?.what),
        who === boss ? /^Decide whether Operation Lantern goes ahead/ : /^Ask a commander whether/,
      );
      assert.deepEqual([row?.due, row?.status], [due, status]);
    }
  }
  const [first] = await dueRows(await signIn(boss));
  assert.equal(first?.href, `${of}/proceed`, 'above what can wait');
  const said = { kind: 'go', decidedBy: 'Lea Lead', reason: 'All is ready', alternative: '' };
  const planners = await signIn(lead);
  assert.doesNotMatch((await planners.get(`${of}/proceed`)).body, /name="kind"/);
  const refused = await planners.post(`${of}/proceed`, said);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /A commander of this operation decides/);
  assert.deepEqual(await db.selectFrom('policyLog').select('id').where('kind', '=', 'go').execute(), []);
  await addDecision(db, operation, { kind: 'go', recordedAt: instantAt('2026-09-16', '10:00') });
  for (const who of [lead, boss]) assert.deepEqual(await decisions(who), []);
});

test('failing checks stand on the planner’s home page until they are put right', async (t) => {
  const { db, planner, operation, commander, of, clock, lead, boss, signIn } = await led(t);
  const checks = async (who: typeof planner) =>
    (await dueRows(who)).filter(({ href, what }) => href === of && /problem|risk/.test(what)).map(({ what }) => what);
  assert.deepEqual(await checks(planner), []);
  const team = await addTeam(db, operation);
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises, { state: 'planned', decidedOn: null, expiresOn: null });
  await addPlannedVisit(db, premises, team, { powerId: power.id, day: '2026-09-16' });
  const [unlawful, risks] = await checks(planner);
  assert.match(String(unlawful), /^Fix (a legal problem|\d legal problems) in the plan$/);
  assert.match(String(risks), /^Check \d+ risks in the plan/);
  assert.match(String(await checks(commander)), /^Fix (a legal problem|\d legal problems) in the plan$/);
  clock.move(instantAt('2026-09-15', '12:00'));
  for (const who of [lead, boss]) {
    const [first, second] = await dueRows(await signIn(who));
    assert.match(String(first?.what), /^Fix .*legal problem/, 'above the decision');
    assert.match(String(second?.what), /^(Ask a commander|Decide) whether/);
  }
});

test('a warrant that was executed or expired stays until it is returned to the court, also after the operation', async (t) => {
  const { db, signIn, lead, boss, operation, clock } = await led(t);
  const premises = await addPremises(db, operation);
  const executed = await addPower(db, premises, { state: 'executed', executedAt: instantAt('2026-09-09', '07:00') });
  await addPower(db, premises, { expiresOn: '2026-09-09' });
  await addPower(db, premises, { basis: 'consent', state: 'executed' });
  await addPower(db, premises);
  const returns = async (who: typeof lead) =>
    (await dueRows(await signIn(who))).filter(({ what }) => /court/.test(what));
  assert.deepEqual((await returns(lead)).map(({ what }) => what).toSorted(), [
    'Return a warrant to the court Warrant W/2026/117. It expired without use.',
    'Return a warrant to the court Warrant W/2026/117. It was executed.',
  ]);
  assert.deepEqual(await returns(boss), []);
  clock.move(instantAt('2026-09-25', '12:00'));
  const row = (await returns(lead)).find(({ what }) => /executed/.test(what));
  assert.equal(row?.for, 'Operation Lantern');
  const next = await (await signIn(lead)).get(String(row?.href));
  assert.equal(next.statusCode, 200);
  const back = `/staff/premises/${premises.id}/powers/${executed.id}/returned`;
  const answers = { ...day('on', '2026-09-24'), reference: '', note: '' };
  assert.equal((await (await signIn(lead)).post(back, answers)).statusCode, 303);
  assert.equal((await returns(lead)).length, 1);
});

test('an unread briefing is due at the first visit of its team', async (t) => {
  const { db, planner, operation, force, member, signIn, clock } = await led(t);
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field', 'enforcement']);
  await letIn(db, operation, officer, { team });
  await addPlannedVisit(db, await addPremises(db, operation), team, { day: '2026-09-16', starts: '09:30' });
  const briefing = idIn((await planner.post(`/staff/teams/${team.id}/briefing`)).headers.location);
  assert.deepEqual(await dueRows(await signIn(officer)), [], 'sealed until it is briefed');
  clock.move(instantAt('2026-09-15', '12:00'));
  const at = await signIn(officer);
  const [row] = (await dueRows(at)).filter(({ href }) => href === `/staff/briefings/${briefing}`);
  assert.deepEqual(
    [row?.what, row?.for, row?.due, row?.status],
    ['Read the briefing of Team 1', 'Operation Lantern', 'Tomorrow at 09:30', 'To read'],
  );
});
