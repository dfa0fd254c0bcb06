import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { addAccount, Browser, password } from '../../../test/fixtures/sign-in.ts';
import { newId } from '../../vocabulary/ids.ts';

test('members see where they are signed in, end one session, and end all others', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const [desk, phone, van] = [new Browser(application), new Browser(application), new Browser(application)];
  await desk.signIn();
  await phone.signIn();
  await van.signIn({ shared: 'yes' });
  const list = await desk.get('/staff/sessions');
  assert.equal(list.body.match(/this one/g)?.length, 1);
  assert.match(list.body, /Password, on a shared computer/);
  const others = [...list.body.matchAll(/href="(\/staff\/sessions\/[\w-]+\/end)"/g)].map(([, url]) => url ?? '');
  assert.equal(others.length, 2);
  assert.match((await desk.get(others[0] ?? '')).body, /End this session/);
  assert.equal((await desk.post(others[0] ?? '')).statusCode, 303);
  assert.deepEqual([await phone.isIn(), await van.isIn()].filter(Boolean).length, 1);
  await desk.get('/staff/sessions');
  assert.equal((await desk.post(others[0] ?? '')).statusCode, 404, 'ended once');
  await desk.post('/staff/sessions/end-others');
  assert.deepEqual([await desk.isIn(), await phone.isIn(), await van.isIn()], [true, false, false]);
  const ended = (await application.auditTrail()).filter((event) => /^sessions?\.ended$/.test(event));
  assert.deepEqual(ended, ['session.ended', 'sessions.ended']);
});

test('only the member’s own administrator can end another’s session', async (t) => {
  const application = await openApplication(t);
  const force = await application.agency('police force', { name: 'Ours' });
  const asha = await addAccount(application, 'asha@example.org', ['planner'], force);
  const browser = new Browser(application);
  await browser.signIn();
  const { id } = await application.db.selectFrom('sessions').select('id').executeTakeFirstOrThrow();

  const colleague = await application.signIn(await application.member(force, ['field']));
  for (const url of [`/staff/sessions/${id}/end`, `/staff/sessions/${newId()}/end`])
    assert.deepEqual([(await colleague.get(url)).statusCode, (await colleague.post(url)).statusCode], [404, 404]);
  assert.equal((await colleague.get(`/staff/accounts/${asha.id}/sessions`)).statusCode, 403);
  const elsewhere = await application.signIn(
    await application.member(await application.agency('council'), ['administrator']),
  );
  assert.equal((await elsewhere.get(`/staff/accounts/${asha.id}/sessions`)).statusCode, 404);
  assert.equal((await elsewhere.post(`/staff/accounts/${asha.id}/sessions`)).statusCode, 404);
  assert.equal(await browser.isIn(), true);

  const administrator = await application.signIn(await application.member(force, ['administrator']));
  assert.match((await administrator.get(`/staff/accounts/${asha.id}/sessions`)).body, /Where Asha Test is signed in/);
  assert.equal((await administrator.post(`/staff/accounts/${asha.id}/sessions`)).statusCode, 303);
  assert.equal(await browser.isIn(), false);
  assert.match((await administrator.get(`/staff/accounts/${asha.id}/sessions`)).body, /Nowhere at this moment/);
});

test('row policies show a token to no one, and another’s session only to their administrator', async (t) => {
  const application = await openApplication(t);
  const force = await application.agency();
  const [officer, other, administrator, stranger] = [
    await application.member(force, ['field']),
    await application.member(force, ['field']),
    await application.member(force, ['administrator']),
    await application.member(await application.agency('council'), ['administrator']),
  ];
  await application.signIn(officer);
  const seen = (who: { readonly id: string }) =>
    asMember(application, who, ['main', 'staff'], async (tx) => {
      const rows = await tx.selectFrom('sessions').select('memberId').where('memberId', '=', officer.id).execute();
      return rows.length;
    });
  assert.deepEqual(
    [(await seen(officer)) > 0, await seen(other), await seen(administrator), await seen(stranger)],
    [true, 0, 1 + 1, 0],
  );
  await assert.rejects(
    asMember(application, officer, ['main', 'staff'], (tx) => tx.selectFrom('sessions').select('tokenHash').execute()),
    /permission denied/,
  );
  await assert.rejects(
    asMember(application, officer, ['main', 'staff'], (tx) =>
      tx
        .updateTable('sessions')
        .set({ endsAt: new Date('2099-01-01') })
        .execute(),
    ),
    /permission denied/,
  );
});

test('a password change needs the present one, refuses common ones, and ends all other sessions', async (t) => {
  const application = await openApplication(t);
  await addAccount(application);
  const [desk, phone] = [new Browser(application), new Browser(application)];
  await desk.signIn();
  await phone.signIn();
  const change = (present: string, wanted: string, again = wanted) =>
    desk.post('/staff/credentials/password', { present, wanted, again });
  const cases = [
    [await change('wrong horse', 'four geese under water'), /not your current password/],
    [await change(password, 'short'), /12 characters or more/],
    [await change(password, 'Password2026!'), /tried first/],
    [await change(password, 'asha-test-2026'), /your name/],
    [await change(password, 'four geese under water', 'four geese under milk'), /not the same/],
    [await change(password, password), /Choose another/],
  ] as const;
  for (const [{ statusCode, body }, words] of cases) {
    assert.equal(statusCode, 422, String(words));
    assert.match(body, words);
    assert.doesNotMatch(body, /geese|correct horse/, 'no password comes back in a page');
  }
  assert.equal((await change(password, 'four geese under water')).statusCode, 303);
  assert.deepEqual([await desk.isIn(), await phone.isIn()], [true, false]);
  assert.equal((await phone.signIn({ password: 'four geese under water' })).statusCode, 303);
  assert.equal((await phone.signIn()).statusCode, 422);
});
