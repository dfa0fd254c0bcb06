import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type Visitor } from '../../../test/fixtures/application.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { answerKey, claimKey, findKey, forgetKeys } from './idempotency-store.ts';

const inFields = (name: string, day: string): Record<string, string> => {
  const [year = '', month = '', date = ''] = day.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const week = {
  name: 'Invented week',
  lead: 'Lea Vale',
  focus: 'labour exploitation',
  ...inFields('starts', '2026-09-21'),
  ...inFields('ends', '2026-09-27'),
};
const agency = {
  name: 'Invented council',
  officialName: 'The Invented Council',
  kind: 'council',
  firstResponder: 'no',
};
const errorsIn = (body: string): string => /error-summary[\s\S]{0,800}/.exec(body)?.[0].replace(/<[^>]*>/g, ' ') ?? '';

async function fiveTimes({ formToken, post }: Visitor, url: string, answers: Record<string, unknown>) {
  const form = { ...answers, _csrf: await formToken() };
  return Promise.all([0, 1, 2, 3, 4].map(() => post(url, form)));
}

test('five equal posts at once make one row, and all are led to the same page', async (t) => {
  const application = await openApplication(t);
  const { db } = application;
  const planner = await application.signIn('week.plan');
  await submitTwice(planner, '/staff/weeks/new', week, { db, table: 'weeks' });
  const admin = await application.signIn('agency.add');
  await submitTwice(admin, '/staff/accounts/agencies/new', agency, { db, table: 'agencies' });
  const officer = await application.member(await application.agency('police force'), ['enforcement']);
  const lead = await application.signIn('exception.record', await application.agency('council'));
  const exception = { memberId: officer.id, reason: 'An invented reason, long enough to be judged' };
  await submitTwice(lead, '/staff/exceptions/new', exception, { db, table: 'safeguarding_exceptions' });
});

test('an answer that is a page is given to each of five equal posts, with the same secret', async (t) => {
  const application = await openApplication(t);
  const admin = await application.signIn('invitation.make');
  const invited = { name: 'Ada Invented', title: 'Officer', email: 'ada@example.org', roles: ['planner'] };
  const answers = await fiveTimes(admin, '/staff/accounts/new', invited);
  assert.deepEqual(
    new Set(answers.map(({ statusCode }) => statusCode)),
    new Set([200]),
    errorsIn(answers[1]?.body ?? ''),
  );
  assert.equal(new Set(answers.map(({ body }) => /\/staff\/join\/[\w-]+/.exec(body)?.[0])).size, 1);
  assert.equal((await application.db.selectFrom('invitations').selectAll().execute()).length, 1);
  assert.equal(
    (await application.auditTrail()).filter((event) => event === 'answered again').length,
    4,
    'written down',
  );
  const { rows } = await sql<{ answer: Buffer }>`select answer from idempotency_keys`.execute(application.db);
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.answer.includes('join'), false, 'the answer is sealed');
});

test('a page is not shown again a minute later, when access to it may have ended', async (t) => {
  const application = await openApplication(t);
  const admin = await application.signIn('invitation.make');
  const invited = { name: 'Ada Invented', title: 'Officer', email: 'ada@example.org', roles: ['planner'] };
  const form = { ...invited, _csrf: await admin.formToken() };
  const first = await admin.post('/staff/accounts/new', form);
  const [link = 'none'] = /\/staff\/join\/[\w-]+/.exec(first.body) ?? [];
  application.clock.move(new Date(application.clock.now().getTime() + 61_000));
  const later = await admin.post('/staff/accounts/new', form);
  assert.equal(later.body.includes(link), false);
  assert.ok(later.statusCode >= 400, String(later.statusCode));
  assert.equal((await application.db.selectFrom('invitations').selectAll().execute()).length, 1);
});

test('a form that comes again with other answers is refused in place, and saved when it is sent once more', async (t) => {
  const application = await openApplication(t);
  const planner = await application.signIn('week.plan');
  const token = await planner.formToken();
  assert.equal((await planner.post('/staff/weeks/new', { ...week, _csrf: token })).statusCode, 303);
  const other = { ...week, name: 'Another invented week' };
  const refused = await planner.post('/staff/weeks/new', { ...other, _csrf: token });
  assert.equal(refused.statusCode, 422);
  assert.match(errorsIn(refused.body), /You already sent this form with other answers/);
  assert.match(refused.body, /value="Another invented week"/, 'what was typed is kept');
  const fresh = /action="\/staff\/weeks\/new"[\s\S]*?name="_csrf" value="([^"]+)"/.exec(refused.body)?.[1];
  assert.notEqual(fresh, token);
  assert.equal((await planner.post('/staff/weeks/new', { ...other, _csrf: fresh })).statusCode, 303);
  assert.equal((await application.db.selectFrom('weeks').selectAll().execute()).length, 2);
});

test('two posts at once of one form with different answers: one is saved, the other refused in place', async (t) => {
  const application = await openApplication(t);
  const planner = await application.signIn('week.plan');
  const token = await planner.formToken();
  const answers = await Promise.all(
    ['One week', 'Other week'].map((name) => planner.post('/staff/weeks/new', { ...week, name, _csrf: token })),
  );
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  assert.match(errorsIn(answers.find(({ statusCode }) => statusCode === 422)?.body ?? ''), /already sent this form/);
  assert.equal((await application.db.selectFrom('weeks').selectAll().execute()).length, 1);
});

test('a form that was refused can be sent again as it is', async (t) => {
  const application = await openApplication(t);
  const admin = await application.signIn('agency.add');
  const form = { ...agency, _csrf: await admin.formToken() };
  await application.agency('council', { name: agency.name });
  assert.equal((await admin.post('/staff/accounts/agencies/new', form)).statusCode, 422);
  await sql`delete from agencies where name = ${agency.name}`.execute(application.db);
  assert.equal((await admin.post('/staff/accounts/agencies/new', form)).statusCode, 303);
});

test('a form without a token, or with one of another session, is not carried out', async (t) => {
  const application = await openApplication(t);
  const [planner, other] = [await application.signIn('week.plan'), await application.signIn('week.plan')];
  for (const _csrf of ['', 'invented', await other.formToken()])
    assert.equal((await planner.post('/staff/weeks/new', { ...week, _csrf })).statusCode, 400);
  assert.deepEqual(await application.db.selectFrom('weeks').selectAll().execute(), []);
});

test('each form of a page has a token of its own', async (t) => {
  const application = await openApplication(t);
  const planner = await application.signIn('week.plan');
  await planner.get('/staff/weeks/new'); // Gives the cookie that the tokens are made from.
  const { body } = await planner.get('/staff/weeks/new');
  const tokens = [...body.matchAll(/name="_csrf" value="([^"]+)"/g)].map(([, token]) => token);
  assert.ok(tokens.length > 1);
  const again = (await (await application.signIn('week.plan')).get('/staff/weeks/new')).body;
  assert.equal(new Set(tokens).size, tokens.length);
  assert.ok(!tokens.some((token) => again.includes(token ?? '')));
});

test('every form that a signed-in member can send is carried out once, but for these', async (t) => {
  const { app } = await openApplication(t);
  const each = app.offered.filter(
    ({ method, url, repeatable }) => method === 'POST' && url.startsWith('/staff') && repeatable,
  );
  assert.deepEqual(each.map(({ url }) => url).sort(), [
    // Each press asks the browser for a new passkey, by a new challenge.
    '/staff/credentials/passkeys/ask',
    // A partner’s program asks in the check between agencies; each time is counted.
    '/staff/exchange/checks',
    // Signed by a program, which has no session. The same return is kept once.
    '/staff/exchange/returns',
    // A coordinator’s program sends a tasking the same way.
    '/staff/exchange/taskings',
    '/staff/log/witness/main/cosignatures',
    '/staff/log/witness/safeguarding/cosignatures',
  ]);
});

test('keys are forgotten when every form made with them has ended', async (t) => {
  const { db, safeguardingDb, clock } = await openApplication(t);
  for (const store of [db, safeguardingDb]) {
    const sent = { key: Buffer.alloc(32, 1), requestHash: Buffer.alloc(32, 2) };
    assert.equal(await claimKey(store, sent, clock.now()), true);
    assert.equal(await claimKey(store, sent, clock.now()), false);
    await answerKey(store, sent.key, Buffer.of(3));
    assert.deepEqual((await findKey(store, sent.key))?.answer, Buffer.of(3));
    await forgetKeys(store, new Date(clock.now().getTime() + 12 * 3_600_000));
    assert.ok(await findKey(store, sent.key));
    await forgetKeys(store, new Date(clock.now().getTime() + 15 * 3_600_000));
    assert.equal(await findKey(store, sent.key), undefined);
  }
});
