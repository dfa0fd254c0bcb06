import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../test/fixtures/application.ts';
import { openDemonstration } from '../../test/fixtures/demonstration.ts';
import { sessionCookie } from '../platform/http/sites.ts';
import { members } from './index.ts';
import { steps } from './steps.ts';

test('one press signs in as each person of the demonstration, and each step opens at its page', async (t) => {
  const { app, auditTrail } = await openDemonstration(t);
  const page = await app.inject({ url: '/staff/try' });
  assert.equal(page.statusCode, 200);
  const cookie = [page.headers['set-cookie']].flat()[0]?.split(';')[0] ?? '';
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const press = (answers: Readonly<Record<string, string>>) =>
    app.inject({
      method: 'POST',
      url: '/staff/try',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf, ...answers }).toString(),
    });
  const open = async (answers: Readonly<Record<string, string>>) => {
    const pressed = await press(answers);
    assert.equal(pressed.statusCode, 303, JSON.stringify(answers));
    const session = [pressed.headers['set-cookie']].flat().find((set) => set?.startsWith(`${sessionCookie}=`)) ?? '';
    return app.inject({ url: String(pressed.headers.location), headers: { cookie: session.split(';')[0] } });
  };
  for (const { key, name } of members) {
    const home = await open({ as: key });
    assert.equal(home.statusCode, 200, key);
    assert.match(home.body, new RegExp(name), key);
  }
  for (const [index, { as, at }] of steps.entries()) {
    if (!as) continue;
    const opened = await open({ as, step: String(index + 1) });
    assert.equal(opened.statusCode, 200, `${as} at ${at}`);
  }
  assert.ok((await auditTrail()).some((row) => JSON.stringify(row).includes('session.opened')));
  assert.equal((await press({ as: 'nobody' })).headers.location, '/staff/try');
  assert.equal((await press({ as: 'planner', _csrf: 'x' })).statusCode, 400);
});

test('there is no such page in live mode, and no such sign-in', async (t) => {
  const { app } = await openApplication(t, { environment: { SAFELIGHT_MODE: 'live' } });
  const absent = await app.inject({ url: '/staff/there-is-no-such-page' });
  const page = await app.inject({ url: '/staff/try' });
  assert.equal(page.statusCode, absent.statusCode);
  assert.doesNotMatch(page.body, /Try Safelight/);
  assert.ok((await app.inject({ method: 'POST', url: '/staff/try' })).statusCode >= 400);
});

test('an account that is not of the demonstration is not opened', async (t) => {
  const application = await openDemonstration(t);
  await application.db
    .updateTable('accounts')
    .set({ email: 'dana.holt@elsewhere.example' })
    .where('email', '=', 'dana.holt@safelight.example')
    .execute();
  const page = await application.app.inject({ url: '/staff/try' });
  const cookie = [page.headers['set-cookie']].flat()[0]?.split(';')[0] ?? '';
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const pressed = await application.app.inject({
    method: 'POST',
    url: '/staff/try',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf, as: 'planner' }).toString(),
  });
  assert.equal(pressed.statusCode, 404);
});
