import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { addAccount, Browser, password } from '../../../test/fixtures/sign-in.ts';

const guess = { password: 'wrong horse' };
const at = '203.0.113.7';

const atOnce = async (application: TestApplication, count: number, answers: Record<string, string> = {}) => {
  const browsers = Array.from({ length: count }, () => new Browser(application, at));
  for (const browser of browsers) await browser.get('/staff/sign-in');
  const sent = await Promise.all(browsers.map((browser) => browser.signIn(answers)));
  return sent.map(({ statusCode }) => statusCode);
};
const howMany = (codes: readonly number[], code: number): number => codes.filter((one) => one === code).length;

test('an empty form is no try: after 300 of them the right password works from the same address', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const flooding = new Browser(application, at);
  for (let posts = 0; posts < 320; posts += 1) {
    const { statusCode } = await flooding.post('/staff/sign-in', posts % 2 ? {} : { email: 'asha@example.org' });
    assert.equal(statusCode, 422);
  }
  assert.equal((await new Browser(application, at).signIn()).statusCode, 303);
  assert.equal((await application.db.selectFrom('signInAttempts').selectAll().execute()).length > 3, false);
});

test('lets in 64 right passwords that arrive together', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const codes = await atOnce(application, 64);
  assert.equal(howMany(codes, 303), 64, String(codes));
});

test('answers no more than ten of 64 wrong passwords that arrive together', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const codes = await atOnce(application, 64, guess);
  assert.deepEqual([howMany(codes, 422), howMany(codes, 429)], [10, 54]);
});

test('answers no more than ten wrong passwords that come one a second', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const guesser = new Browser(application, at);
  const codes: number[] = [];
  for (let tries = 0; tries < 14; tries += 1) {
    codes.push((await guesser.signIn(guess)).statusCode);
    application.clock.move(new Date(application.clock.now().getTime() + 1_000));
  }
  assert.deepEqual([howMany(codes, 422), howMany(codes, 429)], [10, 4]);
});

test('lets in a right password that arrives slowly, while others sign in', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const [slow, quick] = [new Browser(application, at), new Browser(application, at)];
  const page = await slow.get('/staff/sign-in');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const body = new Readable({ read() {} });
  const form = new URLSearchParams({ email: 'asha@example.org', password, _csrf: token }).toString();
  body.push(form.slice(0, 20));
  const arriving = application.app
    .inject({
      method: 'POST',
      url: '/staff/sign-in',
      cookies: slow.cookies,
      remoteAddress: at,
      payload: body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    .then(({ statusCode }) => statusCode);
  await quick.get('/staff/sign-in');
  application.clock.move(new Date(application.clock.now().getTime() + 5_000));
  assert.equal((await quick.signIn(guess)).statusCode, 422);
  body.push(form.slice(20));
  body.push(null);
  assert.equal(await arriving, 303);
});

test('lets in a device that signed in before, while somebody floods from the same address', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const known = new Browser(application, at);
  await known.signIn();
  await known.post('/staff/sign-out');
  await known.get('/staff/sign-in');
  const flood = atOnce(application, 64, guess);
  assert.equal((await known.signIn()).statusCode, 303);
  assert.equal(howMany(await flood, 303), 0);
  await known.post('/staff/sign-out');
  assert.equal((await known.signIn()).statusCode, 303);
  assert.equal((await new Browser(application, at).signIn()).statusCode, 429, 'a device that nobody knows waits');
});

test('a throttled sign-in leaves a row in the log, about the account and without a value', async (t) => {
  const application = await openApplication(t);
  const { id } = await addAccount(application);
  const guesser = new Browser(application, at);
  for (let tries = 0; tries < 14; tries += 1) await guesser.signIn(guess);
  const rows = await application.refusals();
  const counted = (event: string) =>
    rows.filter((row) => row.event === event && row.subject === id && row.reason === 'password').length;
  assert.deepEqual([counted('sign-in.refused'), counted('tries refused')], [10, 4]);
  assert.doesNotMatch(JSON.stringify(rows), /asha|horse/);
});

test('asks for the present password ten times, and logs each refusal', async (t) => {
  const application = await openApplication(t);
  const { id } = await addAccount(application);
  const thief = new Browser(application, at);
  await thief.signIn();
  const wanted = 'four geese under water';
  const codes: number[] = [];
  for (let tries = 0; tries < 40; tries += 1) {
    const answer = await thief.post('/staff/credentials/password', {
      present: `guess ${tries}`,
      wanted,
      again: wanted,
    });
    codes.push(answer.statusCode);
  }
  assert.deepEqual([howMany(codes, 422), howMany(codes, 429)], [10, 30]);
  const right = await thief.post('/staff/credentials/password', { present: password, wanted, again: wanted });
  assert.deepEqual([right.statusCode, right.headers['retry-after']], [429, '30']);
  assert.match(right.body, /Too many tries\. Wait 30 seconds/);
  const rows = await application.refusals();
  assert.ok(rows.length >= 11 && rows.length <= 60, `${rows.length} rows`);
  for (const row of rows) assert.deepEqual([row.action, row.memberId], ['password.change', id]);
  assert.doesNotMatch(JSON.stringify(rows), /guess|geese|horse/);
});

test('an address that looks like another does not sign in as it, and has no tries of its own', async (t) => {
  const application = await openApplication(t);
  await addAccount(application, 'edith.rowe@example.org');
  const guesser = new Browser(application, at);
  const asIt = (email: string, answers = {}) => guesser.signIn({ email, ...answers });
  assert.equal((await asIt('edİth.rowe@example.org')).statusCode, 422);
  assert.equal((await asIt(' Edith.ROWE@example.org ')).statusCode, 303);
  const stranger = new Browser(application, '198.51.100.9');
  const spellings = [
    'edith.rowe@example.org',
    'EDITH.rowe@example.org',
    'ｅdith.rowe@example.org',
    'Edith.Rowe@Example.ORG',
  ];
  const codes: number[] = [];
  for (let tries = 0; tries < 20; tries += 1)
    codes.push((await stranger.signIn({ email: spellings[tries % 4] ?? '', ...guess })).statusCode);
  assert.equal(howMany(codes, 422), 10, String(codes));
});
