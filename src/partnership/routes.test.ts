import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../testing/house.ts';
import { newId } from '../vocabulary/ids.ts';
import { hashPassword } from './password.ts';
import { addMember } from './store.ts';

const csrfIn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
const form = (answers: Record<string, string>) => ({
  payload: new URLSearchParams(answers).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

test('a person signs in with her password, is known by her cookie, and signs out', async (t) => {
  const { app, db, agency, auditTrail } = await openHouse(t);
  const force = await agency();
  const member = {
    id: newId<'member'>(),
    agencyId: force.id,
    name: 'Asha Test',
    title: 'Sergeant',
    roles: ['planner' as const],
    endedAt: null,
  };
  await addMember(db, member, { email: 'asha@example.org', passwordHash: await hashPassword('correct horse battery') });

  const page = await app.inject('/staff/sign-in');
  const formCookie = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  const send = (password: string, next = '') =>
    app.inject({
      method: 'POST',
      url: '/staff/sign-in',
      cookies: formCookie,
      ...form({ email: 'Asha@Example.org', password, next, _csrf: csrfIn(page.body) }),
    });

  const wrong = await send('wrong horse');
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /is not right/);
  assert.match(wrong.body, /value="Asha@Example.org"/, 'keeps what was typed');

  const right = await send('correct horse battery', '//evil.example/');
  assert.equal(right.statusCode, 303);
  assert.equal(right.headers.location, '/staff', 'sends nobody elsewhere');
  const session = right.cookies.find(({ name }) => name === 'safelight');
  assert.ok(session?.httpOnly && session.sameSite === 'Strict' && session.path === '/staff');
  assert.equal(session.secure ?? false, false, 'no TLS here');

  const cookies = { ...formCookie, safelight: session.value };
  const home = await app.inject({ url: '/staff', cookies });
  assert.equal(home.statusCode, 200);
  assert.match(home.body, /Asha Test/);

  const unasked = await app.inject({ method: 'POST', url: '/staff/sign-out', cookies, ...form({}) });
  assert.equal(unasked.statusCode, 400, 'no token, no sign-out');
  const out = await app.inject({
    method: 'POST',
    url: '/staff/sign-out',
    cookies,
    ...form({ _csrf: csrfIn(home.body) }),
  });
  assert.equal(out.statusCode, 303);
  const after = await app.inject({ url: '/staff', cookies });
  assert.equal(after.headers.location, '/staff/sign-in');
  assert.deepEqual(await auditTrail(), ['session.opened', 'session.closed']);
});

test('behind TLS the cookie says Secure', async (t) => {
  const { app } = await openHouse(t, { environment: { SAFELIGHT_TRUST_PROXY: 'true' } });
  const page = await app.inject({ url: '/staff/sign-in', headers: { 'x-forwarded-proto': 'https' } });
  assert.equal(page.cookies[0]?.secure, true);
});

test('guessing is slowed, for that account and that address', async (t) => {
  const { app } = await openHouse(t);
  const page = await app.inject('/staff/sign-in');
  const cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  const guess = async (email: string) =>
    (
      await app.inject({
        method: 'POST',
        url: '/staff/sign-in',
        cookies,
        ...form({ email, password: 'x', _csrf: csrfIn(page.body) }),
      })
    ).statusCode;
  for (let tries = 0; tries < 10; tries += 1) assert.equal(await guess('someone@example.org'), 422);
  assert.equal(await guess('someone@example.org'), 429);
  assert.equal(await guess('other@example.org'), 422);
});

test('what was typed when a session ended is kept through signing in again', async (t) => {
  const { app, db, agency } = await openHouse(t);
  const force = await agency();
  const member = {
    id: newId<'member'>(),
    agencyId: force.id,
    name: 'Asha Test',
    title: 'Admin',
    roles: ['administrator' as const],
    endedAt: null,
  };
  await addMember(db, member, { email: 'asha@example.org', passwordHash: await hashPassword('correct horse battery') });

  const sent = form({ name: 'New <Person>', roles: 'field' });
  const from = (site: string) =>
    app.inject({
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
  const kept = /name="kept" value="([^"]+)"/
    .exec(lost.body)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  assert.match(kept ?? '', /New <Person>/);
  const cookies = Object.fromEntries(lost.cookies.map(({ name, value }) => [name, value]));
  const back = await app.inject({
    method: 'POST',
    url: '/staff/sign-in',
    cookies,
    ...form({
      email: 'asha@example.org',
      password: 'correct horse battery',
      kept: kept ?? '',
      _csrf: csrfIn(lost.body),
    }),
  });
  assert.equal(back.statusCode, 200);
  assert.match(back.body, /action="\/staff\/accounts\/new"/);
  const session = back.cookies.find(({ name }) => name === 'safelight')?.value ?? '';
  const again = await app.inject({
    method: 'POST',
    url: '/staff/accounts/new',
    cookies: { ...cookies, safelight: session },
    ...form({ name: 'New <Person>', roles: 'field', _csrf: csrfIn(back.body) }),
  });
  assert.equal(again.statusCode, 422, 'arrived, and is asked for the rest');
  assert.match(again.body, /New &lt;Person&gt;/);
});
