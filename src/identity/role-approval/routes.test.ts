import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { exampleInvitee, findInvitationLink, findSessionCookie, password, submitForm } from '../members/examples.ts';

const grounds = 'Rang the ward’s own number and spoke with her';

test('an administrator who opens their own link reads no case; a confirmed member begins', async (t) => {
  const application = await openApplication(t);
  const { app, agency, member, signIn, auditTrail, db } = application;
  const council = await agency('council', { name: 'Ours' });
  const admin = await signIn(await member(council, ['administrator'], 'Ada Admin'));
  const lead = await signIn(await member(council, ['data-protection lead'], 'Dee Lead'));
  const roles = ['partner caseworker', 'safeguarding lead', 'field', 'planner', 'commander', 'data-protection lead'];
  const link = findInvitationLink(await admin.post('/staff/accounts/new', { ...exampleInvitee, roles }));
  const cookies = { safelight: findSessionCookie(await submitForm(app, link, { password })) };
  for (const url of ['safeguarding', 'safeguarding/referrals', 'operations', 'visits', 'oversight', 'reports'])
    assert.equal((await app.inject({ url: `/staff/${url}`, cookies })).statusCode, 403, url);
  const home = await app.inject({ url: '/staff', cookies });
  assert.match(home.body, /Your roles wait for approval/);
  const { rows } = await sql<{ id: string }>`select id from confirmations`.execute(db);
  const address = `/staff/role-approvals/${rows[0]?.id}`;
  assert.match((await app.inject({ url: address, cookies })).body, /will speak with you/);
  assert.equal((await app.inject({ url: `${address}/decide`, cookies })).statusCode, 403);

  const tried = await admin.post(`${address}/decide`, { decision: 'it is them', grounds });
  assert.match(tried.body, /You asked for this/);
  assert.match((await admin.get(`${address}/decide`)).body, /You asked for this/);
  assert.doesNotMatch((await admin.get('/staff')).body, /has joined/, 'it is not his to do');
  assert.match((await admin.get('/staff/accounts')).body, /waits for a second person/);

  assert.match((await lead.get('/staff')).body, /Nurse Sam New of Ours has joined/);
  const empty = await lead.post(`${address}/decide`, { decision: 'it is them', grounds: 'ok' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /value="it is them"[^>]*checked/, 'what was chosen is kept');
  const done = await lead.post(`${address}/decide`, { decision: 'it is them', grounds });
  assert.equal(done.statusCode, 303);
  assert.match((await lead.get(address)).body, /Rang the ward’s own number/);
  assert.match(
    (await lead.post(`${address}/decide`, { decision: 'it is them', grounds })).body,
    /decided this already/,
  );
  assert.doesNotMatch((await lead.get('/staff')).body, /has joined/);

  assert.equal((await app.inject({ url: '/staff', cookies })).statusCode, 303, 'she is signed out');
  const again = {
    safelight: findSessionCookie(await submitForm(app, '/staff/sign-in', { email: 'sam@example.org', password })),
  };
  assert.equal((await app.inject({ url: '/staff/safeguarding', cookies: again })).statusCode, 200);
  assert.ok((await auditTrail()).includes('member.confirmed'));
});

test('a moved member keeps the roles they still hold, and the form shows waiting roles as given', async (t) => {
  const { agency, member, signIn } = await openApplication(t);
  const council = await agency('council', { name: 'Ours' });
  const nurse = await member(council, ['field'], 'Nia Nurse');
  const admin = await signIn(await member(council, ['administrator'], 'Ada Admin'));
  const second = await signIn(await member(council, ['administrator'], 'Sol Second'));
  const form = `/staff/accounts/${nurse.id}/roles`;
  const moved = await admin.post(form, { title: 'Nurse', roles: ['field', 'press'], reason: 'Covers the press desk' });
  assert.equal(moved.statusCode, 303);
  const page = await admin.get(form);
  assert.match(page.body, /value="press"[^>]*checked/);
  const same = await admin.post(form, { title: 'Nurse', roles: ['field', 'press'], reason: 'Again' });
  assert.match(same.body, /already/);
  assert.match((await admin.get(`/staff/accounts/${nurse.id}`)).body, /Wait for a second person/);
  const address = /href="(\/staff\/role-approvals\/[0-9a-f-]{36})"/.exec((await second.get('/staff')).body)?.[1];
  assert.ok(address);
  await second.post(`${address}/decide`, { decision: 'I could not make sure', grounds: 'Nobody answers at the ward' });
  assert.match((await second.get(address)).body, /Refused/);
  assert.doesNotMatch((await admin.get(`/staff/accounts/${nurse.id}`)).body, /Wait for a second person/);
});
