import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { addPremises, letIn } from '../../src/operations/plan/examples.ts';
import { addOperation } from '../../src/operations/weeks/examples.ts';
import { instantAt } from '../../src/platform/clock.ts';
import { sessionCookie } from '../../src/platform/http/sites.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { openApplication } from '../fixtures/application.ts';

async function twoSides(t: TestContext) {
  const application = await openApplication(t);
  const force = await application.agency('police force');
  const other = await application.agency('police force', { name: 'Other Police' });
  const planner = await application.member(force, ['planner']);
  const operation = await addOperation(application.db, force, planner);
  await letIn(application.db, operation, planner);
  const premises = await addPremises(application.db, operation);
  const stranger = await application.signIn(await application.member(other, ['planner']));
  return { ...application, premises, stranger };
}

const page = (body: string): string => body.replaceAll(/name="_csrf" value="[^"]*"/g, '');

test('an id that is hidden and one that never was are refused alike, and written down alike', async (t) => {
  const { premises, stranger, refusals, auditTrail } = await twoSides(t);
  const never = newId();
  const hidden = await stranger.get(`/staff/premises/${premises.id}`);
  const absent = await stranger.get(`/staff/premises/${never}`);

  assert.equal(hidden.statusCode, 404);
  assert.equal(absent.statusCode, 404);
  assert.equal(page(hidden.body), page(absent.body));
  const rows = await refusals();
  const row = { event: 'record not found', action: 'target.open', memberId: stranger.member.id, reason: null };
  assert.deepEqual(rows, [
    { ...row, subject: premises.id },
    { ...row, subject: never },
  ]);
  assert.deepEqual(await auditTrail(), [], 'nobody is said to have seen what was not shown');
});

test('tokens that are forged, stale or played again are written down without the token; nobody at all is not', async (t) => {
  const { app, clock, stranger, refusals } = await twoSides(t);
  const ask = (token?: string) =>
    app.inject({ url: '/staff', ...(token !== undefined && { cookies: { [sessionCookie]: token } }) });
  await ask();
  await ask('forged-by-somebody');
  await stranger.post('/staff/sign-out');
  await ask(stranger.token);
  clock.move(instantAt('2026-09-20', '12:00'));
  await ask(stranger.token);

  const rows = await refusals();
  assert.deepEqual(
    rows
      .filter(({ event }) => event === 'token refused')
      .map(({ event, memberId, subject }) => [event, memberId, subject]),
    Array.from({ length: 3 }, () => ['token refused', null, null]),
  );
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(`forged-by-somebody|${stranger.token}`));
});

test('a form without its token, and one that another site sent, change nothing and are written down', async (t) => {
  const { app, stranger, refusals } = await twoSides(t);
  const home = await stranger.get('/staff');
  const csrf = /name="_csrf" value="([^"]+)"/.exec(home.body)?.[1] ?? '';
  const cookies = {
    [sessionCookie]: stranger.token,
    ...Object.fromEntries(home.cookies.map((c) => [c.name, c.value])),
  };
  const send = (payload: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/staff/sign-out',
      cookies,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const bare = await send('');
  const foreign = await send(`_csrf=${encodeURIComponent(csrf)}`, { 'sec-fetch-site': 'cross-site' });

  assert.equal(bare.statusCode, 400);
  assert.equal(foreign.statusCode, 400);
  assert.equal((await stranger.get('/staff')).statusCode, 200, 'still signed in');
  assert.deepEqual(
    (await refusals()).map(({ event, action }) => [event, action]),
    [
      ['form refused', 'session.own'],
      ['form refused', 'session.own'],
    ],
  );
});

test('a request that no rule allows is refused and logged, in the safeguarding database in its own log and by the hour', async (t) => {
  const { stranger, refusals, safeguardingDb, app } = await twoSides(t);
  assert.equal((await stranger.get('/staff/accounts')).statusCode, 403);
  const note = newId();
  assert.equal((await stranger.get(`/staff/safeguarding/notes/${note}`)).statusCode, 403);
  assert.deepEqual(
    (await refusals()).map(({ event, action }) => [event, action]),
    [['action refused', 'account.read']],
  );
  await app.refusals.settled();
  const behind = await safeguardingDb.selectFrom('accessLog').select(['event', 'subject', 'at']).execute();
  assert.equal(behind.length, 1);
  assert.equal(behind[0]?.subject, note);
  assert.equal(behind[0]?.at.getUTCMinutes(), 0);
});

test('another agency named in a header changes nothing', async (t) => {
  const { app, premises, stranger } = await twoSides(t);
  const answer = await app.inject({
    url: `/staff/premises/${premises.id}`,
    cookies: { [sessionCookie]: stranger.token },
    headers: { 'x-agency': premises.operationId, 'x-forwarded-user': 'planner', 'x-original-url': '/staff' },
  });
  assert.equal(answer.statusCode, 404);
});

test('a flood becomes thirty rows and a number', async (t) => {
  const { stranger, refusals, app } = await twoSides(t);
  for (let guess = 0; guess < 100; guess += 1) await stranger.get(`/staff/premises/${newId()}`);
  assert.equal((await refusals()).length, 30);
  await app.refusals.close();
  const rows = await refusals();
  assert.equal(rows.length, 31);
  assert.deepEqual([rows.at(-1)?.reason, rows.at(-1)?.subject], ['70 more within a minute', null]);
});
