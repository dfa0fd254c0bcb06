import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { aWalkIn, type WalkIn } from '../../../test/fixtures/walk-in.ts';
import { countRows } from '../../../test/harness/pressed-twice.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

/** New connections to a store wait for a replica, or no longer; the test server's replica never comes. */
async function setReplica({ db, safeguardingDb }: WalkIn, waits: boolean): Promise<void> {
  for (const store of [db, safeguardingDb]) {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(store);
    await sql`alter database ${sql.id(rows[0]?.name ?? '')} set synchronous_commit = ${sql.raw(waits ? 'on' : 'local')}`.execute(
      store,
    );
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename <> current_user`.execute(store);
  }
}

/** Ends the waits for a replica as an operator would, which PostgreSQL then reports as successes. */
const cancelWaits = async (store: WalkIn['db']): Promise<unknown> =>
  sql`select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event = 'SyncRep'`.execute(store);

const titleOf = (body: string): string => /<h1[^>]*>([^<]*)/.exec(body)?.[1]?.trim() ?? '';
/** The fields of the form that asks what became of another. */
const questionIn = (body: string): Record<string, string> => {
  const form = body.split('<form').find((one) => one.includes('name="_check"')) ?? '';
  const fields = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
};
const weekForm = {
  name: 'Invented week',
  lead: 'Lea Vale',
  focus: 'labour exploitation',
  'starts-day': '21',
  'starts-month': '9',
  'starts-year': '2026',
  'ends-day': '27',
  'ends-month': '9',
  'ends-year': '2026',
};
const unavailable = 'Safelight cannot answer just now';
const unknown = 'We do not know whether this was saved';

test('while no replica confirms, a form and a look are answered in time; its check says yes only when that is certain', async (t) => {
  const patience = { total: 500, least: 500 };
  const application = await aWalkIn(t, { patience });
  const { signIn, caseworker, person, safeguardingDb } = application;
  const at = await signIn(caseworker);
  const page = `/staff/safeguarding/people/${person.id}`;
  const needs = { id: newTimelessId(), needs: ['shelter'], words: 'A room tonight', _csrf: await at.formToken() };
  const saved = () => countRows(safeguardingDb, 'contact_notes');
  await setReplica(application, true);

  let began = performance.now();
  let first = await at.post(`${page}/needs`, needs);
  // On a busy machine it may be late before the commit is sent: nothing was changed then, as the page says.
  while (titleOf(first.body) === unavailable) {
    began = performance.now();
    first = await at.post(`${page}/needs`, needs);
  }
  assert.deepEqual([first.statusCode, titleOf(first.body)], [503, unknown]);
  assert.ok(performance.now() - began < 25_000, 'the answer did not wait until the connection was cut off');
  const check = questionIn(first.body);
  assert.equal(check.words, needs.words, 'what was typed is kept');
  const look = await at.get(page);
  assert.deepEqual([look.statusCode, titleOf(look.body)], [503, unavailable]);
  assert.ok(!look.body.includes(person.id.slice(-12)), 'nothing is shown without its row of the log');

  const asked = async () => {
    const answer = await at.post(`${page}/needs`, check);
    return [answer.statusCode, titleOf(answer.body)];
  };
  assert.deepEqual(await asked(), [503, unknown], 'the first press is under way');
  await cancelWaits(safeguardingDb);
  assert.equal(await saved(), 1, 'the server that may die now shows it');
  assert.deepEqual(await asked(), [503, unknown], 'no replica has it');

  await setReplica(application, false);
  Object.assign(patience, { total: 60_000, least: 60_000 });
  // A press may meet a connection that was cut just now: it does not know then, and the next press does.
  let answer = await asked();
  while (answer[0] === 503) answer = await asked();
  assert.deepEqual(answer, [200, 'It was saved']);
  const again = await at.post(`${page}/needs`, needs);
  assert.deepEqual([again.statusCode, titleOf(again.body)], [409, 'You already sent this form']);
  assert.equal(await saved(), 1);
});

test('a form is answered in time while the session is locked by who notes its last use, and keeps no connection', async (t) => {
  const patience = { total: 500, least: 500 };
  const { signIn, db } = await openApplication(t, { patience });
  const planner = await signIn('week.plan');
  const week = { ...weekForm, _csrf: await planner.formToken() };
  const locking = await db.startTransaction().execute();
  await sql`update sessions set seen_at = seen_at`.execute(locking);
  for (let time = 0; time < 2; time += 1) {
    const began = performance.now();
    const answer = await planner.post('/staff/weeks/new', week);
    assert.deepEqual([answer.statusCode, titleOf(answer.body)], [503, unavailable]);
    assert.ok(performance.now() - began < 15_000, 'before the statement is given up');
  }
  await locking.rollback().execute();
  let open = 1;
  while (open > 0) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and usename <> current_user and xact_start is not null`.execute(db);
    open = rows[0]?.n ?? 0;
  }
  Object.assign(patience, { total: 60_000, least: 60_000 });
  assert.equal((await planner.post('/staff/weeks/new', week)).statusCode, 303);
  assert.equal(await countRows(db, 'weeks'), 1);
});

test('a form that never came was not saved, and is sent with one more press', async (t) => {
  const { signIn, caseworker, person, safeguardingDb } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/needs`;
  const needs = {
    id: newTimelessId(),
    needs: ['shelter', 'safety'],
    words: 'A “room” & tea',
    _csrf: await at.formToken(),
  };
  const not = await at.post(url, { ...needs, _check: 'answers' });
  assert.deepEqual([not.statusCode, titleOf(not.body)], [200, 'It was not saved']);
  assert.match(not.body, /Send it now/);
  assert.match(not.body, /name="needs" value="shelter"[\s\S]*name="needs" value="safety"/);
  assert.equal(await countRows(safeguardingDb, 'contact_notes'), 0);
  assert.equal((await at.post(url, needs)).statusCode, 303);
  const yes = await at.post(url, { ...needs, _check: 'answers' });
  assert.deepEqual([yes.statusCode, titleOf(yes.body)], [200, 'It was saved']);
  assert.equal(await countRows(safeguardingDb, 'contact_notes'), 1);
});

test('what only its owner may know is not kept in the page, and the check does without', async (t) => {
  const { signIn, caseworker, person } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/needs`;
  const not = await at.post(url, { password: 'the secret one', _check: 'answers', _csrf: await at.formToken() });
  assert.equal(titleOf(not.body), 'It was not saved');
  assert.ok(!/the secret one|Send it now/.test(not.body));
});
