import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { day } from '../../../test/fixtures/begun-visit.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { submitEdit } from '../../../test/harness/edit.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';

/** A force and a council, each with somebody who keeps its agreements. */
async function kept(t: TestContext) {
  const world = await openApplication(t, { today: '2026-09-07', time: '09:00' });
  const force = await world.agency('police force', { name: 'Lea Vale Police' });
  const council = await world.agency('council', { name: 'Lea Vale Council' });
  const nurses = await world.agency('health', { name: 'Lea Nurses' });
  const keeper = await world.member(force, ['administrator'], 'Kit Keeper');
  const lead = await world.member(council, ['data-protection lead'], 'Hana Lead');
  const answers = {
    agencies: [force.id, council.id],
    reference: 'ISA/12',
    ...day('signed', '2026-03-02'),
    ...day('review', '2027-03-02'),
    dpiaReference: 'DPIA/4',
    ...day('dpia', '2026-02-20'),
  };
  return { ...world, force, council, nurses, keeper, lead, answers };
}

test('an administrator records an agreement, and a data-protection lead of the other agency changes it', async (t) => {
  const { signIn, keeper, lead, answers, db, auditTrail } = await kept(t);
  const at = await signIn(keeper);
  assert.match((await at.get('/staff/agreements')).body, /No agreements yet\. Add the first/);
  const made = await at.post('/staff/agreements/new', answers);
  assert.equal(made.statusCode, 303);
  const page = String(made.headers.location).replace(/\?.*/, '');
  assert.match((await at.get(page)).body, /Valid today/);
  const other = await signIn(lead);
  const changed = await submitEdit(other, `${page}/edit`, { ...answers, reference: 'ISA/13' });
  assert.equal(changed.statusCode, 303);
  assert.match((await at.get(page)).body, /ISA\/13[\s\S]*Earlier versions[\s\S]*ISA\/12/);
  const stale = await at.post(`${page}/edit`, { ...answers, base: '{}' });
  assert.equal(stale.statusCode, 422);
  assert.deepEqual(await db.selectFrom('agreements').select(['reference']).execute(), [{ reference: 'ISA/13' }]);
  assert.deepEqual(await auditTrail({ looks: false }), ['agreement.added', 'agreement.changed']);
});

test('a wrong answer is asked again, and an agency records only what it signed', async (t) => {
  const { signIn, keeper, council, nurses, force, answers, db, member } = await kept(t);
  const at = await signIn(keeper);
  for (const [wrong, says] of [
    [{ agencies: [force.id] }, /Select at least two agencies/],
    [{ agencies: [council.id, nurses.id] }, /Select your own agency too/],
    [{ reference: '' }, /Enter the reference of the agreement/],
    [day('signed', '2026-09-08'), /must be today or in the past/],
    [day('review', '2026-03-02'), /The review must be after/],
    [{ dpiaReference: '' }, /Enter the reference of the DPIA/],
    [day('dpia', '2026-09-08'), /The day of the DPIA must be today/],
  ] as const) {
    const answer = await at.post('/staff/agreements/new', { ...answers, ...wrong });
    assert.equal(answer.statusCode, 422, String(says));
    assert.match(answer.body, says);
  }
  assert.deepEqual(await db.selectFrom('agreements').select('id').execute(), []);
  const made = await at.post('/staff/agreements/new', answers);
  const page = String(made.headers.location).replace(/\?.*/, '');
  const stranger = await signIn(await member(nurses, ['administrator']));
  const seen = await stranger.get(page);
  assert.equal(seen.statusCode, 200);
  assert.doesNotMatch(seen.body, /Change this agreement/);
  assert.equal((await stranger.get(`${page}/edit`)).statusCode, 403);
  const planner = await signIn(await member(force, ['planner']));
  assert.equal((await planner.get('/staff/agreements')).statusCode, 403);
});

test('Home reminds those who keep an agreement, from 60 days before its review', async (t) => {
  const { signIn, keeper, lead, answers, clock, member, nurses } = await kept(t);
  await (await signIn(keeper)).post('/staff/agreements/new', answers);
  const reminders = async (who: typeof keeper) =>
    (await dueRows(await signIn(who))).filter(({ what }) => /^Review an agreement/.test(what));
  assert.deepEqual(await reminders(keeper), []);
  clock.move(instantAt('2027-01-04', '09:00'));
  for (const who of [keeper, lead]) {
    const [row] = await reminders(who);
    assert.deepEqual([row?.what, row?.due], ['Review an agreement ISA/12.', '2 March 2027']);
  }
  assert.deepEqual(await reminders(await member(nurses, ['administrator'])), []);
});

test('an agreement that is sent twice is kept once', async (t) => {
  const { signIn, keeper, answers, db } = await kept(t);
  const at = await signIn(keeper);
  const _csrf = await at.formToken();
  const press = () => at.post('/staff/agreements/new', { ...answers, _csrf });
  const pressed = await Promise.all([press(), press()]);
  assert.deepEqual(
    pressed.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  assert.equal((await db.selectFrom('agreements').select('id').execute()).length, 1);
});
