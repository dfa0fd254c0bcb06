import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../../test/fixtures/begun-visit.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { submitEdit } from '../../../test/harness/edit.ts';
import { letIn } from '../plan/examples.ts';
import { addDecision } from '../policy-log/examples.ts';

const from = (starts: string, ends: string) => ({ ...day('starts', starts), ...day('ends', ends) });

/** An operation from 14 to 20 September with a visit planned for the 18th, and its form as it is filled in. */
async function planned(t: Parameters<typeof aTeam>[0]) {
  const application = await aTeam(t);
  const { signIn, planner, operation, db } = application;
  const reader = await signIn(planner);
  const edit = `/staff/operations/${operation.id}/edit`;
  const { weekId, codeName, unit, area } = operation;
  const move = (dates: object, more: object = {}) =>
    submitEdit(reader, edit, { weekId, codeName, unit, area, ...dates, ...more });
  const dates = () => db.selectFrom('operations').select(['startsOn', 'endsOn']).executeTakeFirstOrThrow();
  return { ...application, reader, edit, move, dates, overview: `/staff/operations/${operation.id}` };
}

test('dates moved after a go need a reason, are in the policy log, and end the decision', async (t) => {
  const { db, signIn, officer, operation, planned: visit, reader, edit, move, dates, overview } = await planned(t);
  assert.doesNotMatch((await reader.get(edit)).body, /name="why"/, 'no reason is asked before a decision');
  assert.equal((await move(from('2026-09-14', '2026-09-21'))).statusCode, 303);
  await addDecision(db, operation, { kind: 'go' });
  assert.match((await reader.get(edit)).body, /that decision ends and a commander must decide again/);
  assert.equal((await move(from('2026-09-14', '2026-09-21'), { area: 'Lea Vale' })).statusCode, 303, 'no move');
  const silent = await move(from('2026-09-14', '2026-09-22'), { why: '' });
  assert.equal(silent.statusCode, 422);
  assert.match(silent.body, /Enter why the dates move/);
  const at = await signIn(officer);
  const phone = async () => (await at.get(`/staff/visits/${visit.id}`)).body;
  assert.doesNotMatch(await phone(), /No commander has decided/);
  assert.equal((await move(from('2026-09-14', '2026-09-22'), { why: 'The court moved the hearing' })).statusCode, 303);
  assert.deepEqual(await dates(), { startsOn: '2026-09-14', endsOn: '2026-09-22' });
  const log = (await reader.get(`${overview}/decisions`)).body;
  assert.match(
    log,
    /Dates moved from 14 to 21 September 2026 to 14 to 22 September 2026[\s\S]*The court moved the hearing/,
  );
  assert.match((await reader.get(overview)).body, /The dates moved after the last decision/);
  assert.match(await phone(), /No commander has decided to go ahead yet/);
  assert.match((await at.get(`/staff/visits/${visit.id}/arrive`)).body, /Do not go in before a commander decides/);
  await addDecision(db, operation, { kind: 'go', recordedAt: new Date('2026-09-18T12:00:00Z') });
  assert.doesNotMatch(await phone(), /No commander has decided/, 'a new decision stands');
});

test('a decision against it stands, whatever the dates', async (t) => {
  const { db, signIn, officer, operation, planned: visit, move } = await planned(t);
  await addDecision(db, operation, { kind: 'no-go' });
  assert.equal((await move(from('2026-09-14', '2026-09-22'))).statusCode, 303);
  const at = await signIn(officer);
  assert.match((await at.get(`/staff/visits/${visit.id}`)).body, /A commander decided not to go ahead/);
});

test('dates may not leave out a visit that was made, and the form says which', async (t) => {
  const { signIn, officer, planned: visit, move, dates } = await planned(t);
  await (await signIn(officer)).post(`/staff/visits/${visit.id}/arrive`, arrival([officer]));
  const refused = await move(from('2026-09-19', '2026-09-22'));
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /These dates leave out the visit to Blue Door on 18 September 2026/);
  assert.deepEqual(await dates(), { startsOn: '2026-09-14', endsOn: '2026-09-20' });
  assert.equal((await move(from('2026-09-18', '2026-09-21'))).statusCode, 303);
});

test('only people who take part move the dates', async (t) => {
  const { db, signIn, member, force, operation, edit } = await planned(t);
  const stranger = await signIn(await member(force, ['planner'], 'Una Unnamed'));
  const { weekId, codeName, unit, area } = operation;
  const moved = { weekId, codeName, unit, area, ...from('2026-09-14', '2026-09-22') };
  const refused = await submitEdit(stranger, edit, moved);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Only people who take part can move the dates/);
  await letIn(db, operation, stranger.member);
  assert.equal((await submitEdit(await signIn(stranger.member), edit, moved)).statusCode, 303);
});
