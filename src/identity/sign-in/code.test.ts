import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { addAccount, Browser, fieldIn, password } from '../../../test/fixtures/sign-in.ts';

const live = { environment: { SAFELIGHT_MODE: 'live' } };

/** The app on the member's phone. */
const codeAt = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), digits: 6, period: 30 }).generate({
    timestamp: at.getTime(),
  });

const secretIn = (html: string): string => /<code>([A-Z2-7 ]+)<\/code>/.exec(html)?.[1] ?? '';
const codesIn = (html: string): string[] =>
  [...html.matchAll(/<li>([a-z2-9]{5}-[a-z2-9]{5})<\/li>/g)].map(([, one]) => one ?? '');
const later = ({ clock }: TestApplication, seconds: number): void =>
  clock.move(new Date(clock.now().getTime() + seconds * 1_000));

async function setUp(application: TestApplication) {
  const browser = new Browser(application);
  await browser.signIn();
  const page = await browser.get('/staff/credentials/code/new');
  const secret = secretIn(page.body);
  const answers = { offer: fieldIn(page.body, 'offer'), code: codeAt(secret, application.clock.now()) };
  const done = await browser.post('/staff/credentials/code/new', answers);
  return { browser, secret, done, codes: codesIn(done.body) };
}

test('in live mode a password alone opens only the setup of a second factor', async (t) => {
  const application = await openApplication(t, live);
  const member = await addAccount(application, 'asha@example.org', ['administrator']);
  const browser = new Browser(application);
  const answer = await browser.signIn();
  assert.equal(answer.headers.location, '/staff/credentials/first');
  assert.match((await browser.get('/staff/credentials/first')).body, /Set up a second way/);
  for (const url of [
    '/staff',
    '/staff/accounts',
    '/staff/sessions',
    '/staff/credentials',
    '/staff/credentials/password',
    '/staff/operations',
  ])
    assert.equal((await browser.get(url)).headers.location, '/staff/credentials/first', url);
  const added = await browser.post('/staff/accounts/new', {
    name: 'New',
    title: 'x',
    email: 'n@example.org',
    password,
    roles: 'field',
  });
  assert.equal(added.headers.location, '/staff/credentials/first');
  assert.equal((await application.db.selectFrom('members').selectAll().execute()).length, 1);

  const row = await application.db.selectFrom('sessions').select(['unfinished', 'memberId']).executeTakeFirstOrThrow();
  assert.deepEqual([row.unfinished, row.memberId], [true, member.id]);
  assert.equal((await browser.post('/staff/sign-out')).headers.location, '/staff/sign-in');
});

test('a code is set up, asked for, works once, and works one step early or late', async (t) => {
  const application = await openApplication(t, live);
  const member = await addAccount(application);
  const { browser, secret, done, codes } = await setUp(application);
  assert.equal(done.statusCode, 200);
  assert.equal(codes.length, 10);
  assert.equal(new Set(codes).size, 10);
  assert.equal(await browser.isIn(), true, 'the session is whole now');

  const kept = await application.db.selectFrom('codeGenerators').selectAll().executeTakeFirstOrThrow();
  for (const bytes of [kept.secret, kept.wrappedKey])
    assert.ok(!bytes.toString('latin1').includes(Buffer.from(secret).toString('latin1')), 'sealed where it lies');

  const other = new Browser(application);
  const asked = await other.signIn({ next: '/staff/operations' });
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /Enter a code/);
  assert.equal(await other.isIn(), false);
  const challenge = fieldIn(asked.body, 'challenge');
  const sent = (code: string) => other.post('/staff/sign-in/code', { challenge, code, next: '/staff/operations' });
  const set = codeAt(secret, application.clock.now());
  assert.match((await sent(set)).body, /used before/, 'the one that it was set up with');
  assert.match((await sent('000000')).body, /not right/);
  later(application, 60);
  assert.match(
    (await sent(codeAt(secret, new Date(application.clock.now().getTime() - 60_000)))).body,
    /not right|used before/,
  );
  const early = codeAt(secret, new Date(application.clock.now().getTime() + 30_000));
  const right = await sent(`${early.slice(0, 3)} ${early.slice(3)}`);
  assert.equal(right.headers.location, '/staff/signed-in?next=%2Fstaff%2Foperations', 'told that codes were set up');
  assert.match((await sent(early)).body, /Start again/, 'the question was answered');

  const third = new Browser(application);
  const again = fieldIn((await third.signIn()).body, 'challenge');
  const replayed = await third.post('/staff/sign-in/code', { challenge: again, code: early });
  assert.match(replayed.body, /used before/);
  assert.match(
    (await third.post('/staff/sign-in/code', { challenge: again, code: codeAt(secret, application.clock.now()) })).body,
    /used before/,
    'nor one from before it',
  );
  await application.app.refusals.settled();
  const log = await application.db.selectFrom('accessLog').select(['event', 'subject']).execute();
  assert.ok(log.some(({ event, subject }) => event === 'code.added' && subject === member.id));
  assert.equal(log.filter(({ event }) => event === 'sign-in.refused').length, 5);
});

test('compares ten of 64 wrong codes that arrive together, and a code that was used before gives no tries back', async (t) => {
  const application = await openApplication(t, live);
  await addAccount(application);
  const { secret, codes } = await setUp(application);
  later(application, 60);
  const thief = new Browser(application, '198.51.100.9');
  const challenge = fieldIn((await thief.signIn()).body, 'challenge');
  const sent = (code: string) => thief.post('/staff/sign-in/code', { challenge, code });
  const used = codeAt(secret, new Date(application.clock.now().getTime() - 60_000));
  for (let tries = 0; tries < 8; tries += 1) await sent(tries % 2 ? used : 'aaaaa-aaaaa');
  const answers = await Promise.all(Array.from({ length: 64 }, (_, guess) => sent(String(100_000 + guess))));
  const statuses = answers.map(({ statusCode }) => statusCode);
  assert.deepEqual(
    [422, 429].map((one) => statuses.filter((code) => code === one).length),
    [2, 62],
  );
  const recovery = await sent(codes[0] ?? '');
  assert.deepEqual([recovery.statusCode, recovery.headers['retry-after']], [429, '30'], 'one count for both codes');
  assert.match(recovery.body, /Too many tries\. Wait 30 seconds/);
  const reasons = (await application.refusals()).map(({ event, reason }) => `${event}: ${reason}`);
  for (const said of ['sign-in.refused: code', 'sign-in.refused: recovery code', 'tries refused: code'])
    assert.ok(reasons.includes(said), said);
});

test('a challenge for a code works in no other browser, and not after five minutes', async (t) => {
  const application = await openApplication(t, live);
  await addAccount(application);
  const { secret } = await setUp(application);
  const [hers, other] = [new Browser(application), new Browser(application)];
  const challenge = fieldIn((await hers.signIn()).body, 'challenge');
  later(application, 30);
  await other.get('/staff/sign-in');
  const elsewhere = await other.post('/staff/sign-in/code', {
    challenge,
    code: codeAt(secret, application.clock.now()),
  });
  assert.match(elsewhere.body, /Start again/);
  later(application, 300);
  const late = await hers.post('/staff/sign-in/code', { challenge, code: codeAt(secret, application.clock.now()) });
  assert.match(late.body, /Start again/);
});

test('a recovery code works once, and the next sign-in shows a notice', async (t) => {
  const application = await openApplication(t, live);
  await addAccount(application);
  const { secret, codes } = await setUp(application);
  const [first = '', second = ''] = codes;
  later(application, 60);
  const lost = new Browser(application);
  const challenge = fieldIn((await lost.signIn()).body, 'challenge');
  const recovered = await lost.post('/staff/sign-in/code', { challenge, code: first.toUpperCase().replace('-', ' ') });
  assert.match(String(recovered.headers.location), /signed-in/, 'told that codes were set up');
  assert.doesNotMatch((await lost.get('/staff/signed-in')).body, /recovery code was used/, 'not of what it did itself');
  assert.match((await lost.get('/staff/credentials')).body, /9 of 10 are left/);

  later(application, 60);
  const twice = new Browser(application);
  const again = fieldIn((await twice.signIn()).body, 'challenge');
  assert.match((await twice.post('/staff/sign-in/code', { challenge: again, code: first })).body, /not right/);
  const code = codeAt(secret, application.clock.now());
  const told = await twice.post('/staff/sign-in/code', { challenge: again, code, next: '/staff/operations' });
  assert.equal(told.headers.location, '/staff/signed-in?next=%2Fstaff%2Foperations');
  const page = await twice.get('/staff/signed-in?next=%2Fstaff%2Foperations');
  assert.match(page.body, /A recovery code was used to sign in\. 9 are left/);
  assert.match(page.body, /href="\/staff\/operations"/);
  assert.match((await twice.get('/staff/signed-in')).body, /No new events/);

  await twice.post('/staff/credentials/recovery-codes');
  const fourth = new Browser(application);
  const anew = fieldIn((await fourth.signIn()).body, 'challenge');
  assert.match(
    (await fourth.post('/staff/sign-in/code', { challenge: anew, code: second })).body,
    /not right/,
    'new ones end the old',
  );
  const hashes = await application.db.selectFrom('recoveryCodes').select('codeHash').execute();
  assert.equal(hashes.length, 10);
});

test('keeps the last way in, lets codes go once there is another, and changes nothing from a stale session', async (t) => {
  const application = await openApplication(t, live);
  await addAccount(application);
  const { browser } = await setUp(application);
  const refused = await browser.post('/staff/credentials/code/remove');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /only way in that you have/);
  assert.match((await browser.get('/staff/credentials/code/remove')).body, /only way in that you have/);
  later(application, 16 * 60);
  for (const url of [
    '/staff/credentials/passkeys/new',
    '/staff/credentials/recovery-codes',
    '/staff/credentials/password',
    '/staff/credentials/code/remove',
  ])
    assert.match((await browser.get(url)).body, /Sign in again first/, url);
  const late = await browser.post('/staff/credentials/recovery-codes');
  assert.equal(late.statusCode, 403);
  assert.equal((await application.db.selectFrom('recoveryCodes').selectAll().execute()).length, 10);
});

test('refuses to set up an offer that is forged, old or of another session', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const [one, two] = [new Browser(application), new Browser(application)];
  await one.signIn();
  await two.signIn();
  const page = await one.get('/staff/credentials/code/new');
  const answers = { offer: fieldIn(page.body, 'offer'), code: codeAt(secretIn(page.body), application.clock.now()) };
  assert.match((await two.post('/staff/credentials/code/new', answers)).body, /Scan the new picture/);
  assert.match(
    (await one.post('/staff/credentials/code/new', { ...answers, offer: 'AAAA' })).body,
    /Scan the new picture/,
  );
  assert.match((await one.post('/staff/credentials/code/new', { ...answers, code: '000000' })).body, /not the figures/);
  assert.equal((await application.db.selectFrom('codeGenerators').selectAll().execute()).length, 0);
  assert.equal((await one.post('/staff/credentials/code/new', answers)).statusCode, 200);
});

test('a half-signed-in session cannot add a way in once one was set up elsewhere', async (t) => {
  const application = await openApplication(t, live);
  await addAccount(application);
  const thief = new Browser(application);
  await thief.signIn();
  const page = await thief.get('/staff/credentials/code/new');
  await setUp(application);
  const answers = { offer: fieldIn(page.body, 'offer'), code: codeAt(secretIn(page.body), application.clock.now()) };
  const late = await thief.post('/staff/credentials/code/new', answers);
  assert.equal(late.statusCode, 401, 'her half session is over');
  assert.equal((await application.db.selectFrom('codeGenerators').selectAll().execute()).length, 1);
});
