import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApplication } from '../../../test/fixtures/application.ts';
import { addAccount, Browser, csrfIn, fieldIn, password } from '../../../test/fixtures/sign-in.ts';

const form = (answers: Record<string, string>) => ({
  payload: new URLSearchParams(answers).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

test('a person signs in with a password, is known by a cookie, and signs out', async (t) => {
  const application = await openApplication(t);
  const member = await addAccount(application);
  const browser = new Browser(application);

  const wrong = await browser.signIn({ email: 'Asha@Example.org', password: 'wrong horse' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /is not right/);
  assert.match(wrong.body, /value="Asha@Example.org"/, 'keeps what was typed');

  const right = await browser.signIn({ email: 'Asha@Example.org', next: '//evil.example/' });
  assert.equal(right.statusCode, 303);
  assert.equal(right.headers.location, '/staff', 'sends nobody elsewhere');
  const session = right.cookies.find(({ name }) => name === 'safelight');
  assert.ok(session?.httpOnly && session.sameSite === 'Strict' && session.path === '/staff');
  assert.equal(session.secure ?? false, false, 'no TLS here');
  assert.match((await browser.get('/staff')).body, /Asha Test/);

  const { cookies } = browser;
  const unasked = await application.app.inject({ method: 'POST', url: '/staff/sign-out', cookies, ...form({}) });
  assert.equal(unasked.statusCode, 400, 'no token, no sign-out');
  const kept = { ...cookies };
  const out = await browser.post('/staff/sign-out');
  assert.equal(out.statusCode, 303);
  assert.equal(out.headers['clear-site-data'], '"cache"');
  const after = await application.app.inject({ url: '/staff', cookies: kept });
  assert.equal(after.headers.location, '/staff/sign-in', 'used after its end');

  await application.app.inject({ url: '/staff', cookies: kept });
  const read = async () => {
    const rows = await application.db
      .selectFrom('accessLog')
      .select(['event', 'kind', 'subject'])
      .orderBy('id')
      .execute();
    return rows.filter(({ event }) => /^(session|sign-in)\./.test(event));
  };
  for (let tries = 0; tries < 200 && (await read()).length < 4; tries += 1) await sleep(10);
  assert.deepEqual(
    (await read()).map(({ event, kind, subject }) => [event, kind, subject]),
    [
      ['sign-in.refused', 'refusal', member.id],
      ['session.opened', 'collection', member.id],
      ['session.closed', 'erasure', member.id],
      ['session.used after its end', 'refusal', member.id],
    ],
  );
});

test('an unknown account gets the same answer, and the log names no one', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const shown = ({ body }: { body: string }) =>
    body.replaceAll(/name="_csrf" value="[\w-]+"/g, '').replaceAll(/value="\w+@example.org"/g, '');
  const known = await new Browser(application).signIn({ password: 'wrong horse' });
  const unknown = await new Browser(application).signIn({ email: 'mona@example.org', password: 'wrong horse' });
  assert.equal(shown(known), shown(unknown));
  assert.equal(known.statusCode, unknown.statusCode);
  await application.app.refusals.settled();
  const log = await application.db.selectFrom('accessLog').select(['event', 'subject']).orderBy('id').execute();
  assert.deepEqual(
    log.map(({ event, subject }) => [event, subject !== null]),
    [
      ['sign-in.refused', true],
      ['sign-in.refused', false],
    ],
  );
});

test('behind TLS the cookie says Secure', async (t) => {
  const { app } = await openApplication(t, { environment: { SAFELIGHT_TRUST_PROXY: 'true' } });
  const page = await app.inject({ url: '/staff/sign-in', headers: { 'x-forwarded-proto': 'https' } });
  assert.equal(page.cookies[0]?.secure, true);
});

test('what was typed when a session ended is kept through signing in again', async (t) => {
  const application = await openApplication(t);
  await addAccount(application, 'asha@example.org', ['administrator']);
  const sent = form({ name: 'New <Person>', roles: 'field' });
  const from = (site: string) =>
    application.app.inject({
      method: 'POST',
      url: '/staff/accounts/new',
      ...sent,
      headers: { ...sent.headers, 'sec-fetch-site': site },
    });
  assert.doesNotMatch(
    (await from('cross-site')).body,
    /name="kept"|New &lt;/,
    'what another site sends is kept for nobody',
  );
  const lost = await from('same-origin');
  assert.equal(lost.statusCode, 401);
  const kept = fieldIn(lost.body, 'kept');
  assert.match(kept, /New <Person>/);
  const browser = new Browser(application);
  const back = await browser.signIn({ kept });
  assert.equal(back.statusCode, 200);
  assert.match(back.body, /action="\/staff\/accounts\/new"/);
  const again = await browser.post('/staff/accounts/new', { name: 'New <Person>', roles: 'field' });
  assert.equal(again.statusCode, 422, 'arrived, and is asked for the rest');
  assert.match(again.body, /New &lt;Person&gt;/);
});

test('a shared machine shows, keeps and continues nothing of the person before', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  await addAccount(application, 'mona@example.org', ['administrator']);
  const machine = new Browser(application);
  const first = await machine.signIn({ shared: 'yes', next: '/staff/operations' });
  assert.equal(first.headers.location, '/staff', 'who was here before is not known');
  assert.ok(!first.cookies.some(({ name }) => name === 'safelight-device'), 'no device of many is known for one');
  assert.equal(first.cookies.find(({ name }) => name === 'safelight')?.maxAge, undefined, 'gone with the browser');
  const page = await machine.get('/staff');
  assert.match(page.body, /Shared computer/);
  assert.equal(page.headers['cache-control'], 'no-store');

  application.clock.move(new Date(application.clock.now().getTime() + 10 * 60_000));
  const idle = await machine.get('/staff/operations');
  assert.match(String(idle.headers.location), /sign-in\?next=/);
  const kept = JSON.stringify({ url: '/staff/decisions/new', answers: { what: 'of the first' } });
  const second = await machine.signIn({ email: 'mona@example.org', next: '/staff/operations', kept });
  assert.deepEqual([second.statusCode, second.headers.location], [303, '/staff']);
  assert.equal(second.headers['clear-site-data'], '"cache"');
  assert.doesNotMatch((await machine.get('/staff')).body, /of the first/);

  const again = await machine.signIn({ email: 'mona@example.org', shared: 'yes', next: '/staff/accounts' });
  assert.equal(again.headers.location, '/staff/accounts', 'her own way on is hers');
  assert.equal((await machine.post('/staff/sign-out')).headers['clear-site-data'], '"cache", "cookies", "storage"');
});

test('a token that was forged, or that belongs to a session before, opens nothing', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const browser = new Browser(application);
  await browser.signIn();
  const before = browser.cookies.safelight ?? '';
  assert.ok(before !== '');
  await browser.signIn();
  assert.notEqual(browser.cookies.safelight, before, 'another session, another token');
  for (const safelight of [before, 'x', `${browser.cookies.safelight}x`, 'a'.repeat(4_000), '%00'])
    assert.equal(
      (await application.app.inject({ url: '/staff', cookies: { safelight } })).statusCode,
      303,
      safelight.slice(0, 9),
    );
  assert.equal(await browser.isIn(), true);
});

test('what a browser says of itself beside its token changes nothing', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const browser = new Browser(application);
  await browser.signIn();
  const other = await application.agency('council', { name: 'Another' });
  for (const name of ['x-agency', 'x-safelight-agency', 'agency', 'x-roles', 'x-user']) {
    const answer = await application.app.inject({
      url: '/staff/accounts',
      cookies: browser.cookies,
      headers: { [name]: name.includes('agency') ? other.id : 'administrator' },
    });
    assert.equal(answer.statusCode, 403, name);
  }
});

test('without a form of ours nothing is signed in', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const page = await application.app.inject('/staff/sign-in');
  const cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  const sent = (token: string, held = cookies) =>
    application.app.inject({
      method: 'POST',
      url: '/staff/sign-in',
      cookies: held,
      ...form({ email: 'asha@example.org', password, _csrf: token }),
    });
  assert.equal((await sent('')).statusCode, 400);
  assert.equal((await sent(csrfIn(page.body), {})).statusCode, 400);
  assert.equal((await sent(csrfIn(page.body))).statusCode, 303);
});
