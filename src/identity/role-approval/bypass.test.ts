import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../vocabulary/ids.ts';
import { hashPassword } from '../agencies/password.ts';
import { exampleInvitee, password, submitForm } from '../members/examples.ts';
import { grounds, openTwoAgencies } from './examples.ts';

/** By a row policy, a trigger or a check; nothing that is our own mistake. */
const byTheDatabase = ({ code = '' }: { code?: string }): boolean => /^(42501|23\d{3})$/.test(code);
const sha = (text: string): Buffer => createHash('sha256').update(text).digest();

test('an administrator with database access cannot take over an account or bring back a leaver', async (t) => {
  const { people, application, council, run } = await openTwoAgencies(t);
  const { admin } = people;
  const worker = await application.member(council, ['partner caseworker'], 'Cay Worker');
  const hash = await hashPassword(password);
  const ways = [
    sql`update accounts set password_hash = ${hash} where member_id = ${worker.id}`,
    sql`update accounts set email = 'evil@example.org' where member_id = ${worker.id}`,
    sql`update agencies set side = 'enforcement' where id = ${council.id}`,
    sql`update agencies set name = 'Other' where id = ${council.id}`,
  ];
  for (const way of ways) await assert.rejects(run(admin, way), byTheDatabase);
  const visitor = await application.signIn(admin);
  await visitor.post(`/staff/accounts/${worker.id}/end`, { when: 'now', reason: 'Has left the council' });
  const back = sql`update members set gone = false, ended_at = null where id = ${worker.id}`;
  await assert.rejects(run(admin, back), byTheDatabase);
  const account = sql`insert into accounts (member_id, agency_id, email, password_hash)
    values (${worker.id}, ${council.id}, 'back@example.org', ${hash})`;
  await assert.rejects(run(admin, account), byTheDatabase);
  const second = sql`insert into accounts (member_id, agency_id, email, password_hash)
    values (${people.nurse.id}, ${council.id}, 'nia@example.org', ${hash})`;
  await sql`delete from accounts where member_id = ${people.nurse.id}`.execute(application.db);
  // The term began by the machine's clock.
  application.clock.move(new Date(Date.now() + 86_400_000));
  await assert.rejects(run(admin, second), byTheDatabase, 'of who works here without one');
});

test('the database records who handled an invitation, whatever the row says', async (t) => {
  const { people, application, council, run, decide, waitingFor, rolesOf } = await openTwoAgencies(t);
  const now = application.clock.now();
  for (const [name, by] of [
    ['second', people.second.id],
    ['nobody', null],
  ] as const) {
    const member = newId();
    await run(
      people.admin,
      sql`insert into invitations (id, agency_id, member_id, name, title, email, roles, token_hash, made_by, made_at, expires_at)
        values (${newId()}, ${council.id}, ${member}, 'Sam', 'Ms', ${`${name}@example.org`}, '{partner caseworker}', ${sha(name)},
          ${by}, ${now}, ${new Date(now.getTime() + 3_600_000)})`,
    );
    await submitForm(application.app, `/staff/join/${name}`, { password });
    await assert.rejects(decide(people.admin, await waitingFor(member)), byTheDatabase, name);
    assert.deepEqual(await rolesOf(member), []);
  }
  const other = await application.signIn(people.second);
  await other.post('/staff/accounts/new', { ...exampleInvitee, email: 'c@example.org' });
  await run(people.admin, sql`update invitations set token_hash = ${sha('mine')} where email = 'c@example.org'`);
  await submitForm(application.app, '/staff/join/mine', { password });
  const { rows } = await sql<{
    id: string;
  }>`select member_id as id from accounts where email = 'c@example.org'`.execute(application.db);
  await assert.rejects(decide(people.admin, await waitingFor(rows[0]?.id ?? '')), byTheDatabase);
});

test('keeps a data-protection lead against changes by page, by roles and by ending the agency', async (t) => {
  const { people, application } = await openTwoAgencies(t);
  const { admin, lead, elsewhere } = people;
  const visitor = await application.signIn(admin);
  await sql`update members set ended_at = ${application.clock.now()}, gone = true where id = ${elsewhere.id}`.execute(
    application.db,
  );
  const address = `/staff/accounts/${lead.id}`;
  const reason = 'Has left the council';
  for (const [url, answers] of [
    [`${address}/end`, { when: 'now', reason }],
    [`${address}/roles`, { title: 'Ms', roles: ['planner'], reason }],
    ['/staff/accounts/agencies/end', { name: 'Ours', reason }],
  ] as const) {
    const told = await visitor.post(url, answers);
    assert.equal(told.statusCode, 422, url);
    assert.match(told.body, /data-protection lead/, url);
  }
  const { rows } = await sql<{ gone: boolean }>`select gone from members where id = ${lead.id}`.execute(application.db);
  assert.equal(rows[0]?.gone, false);
});

test('a temporary access or a volunteer of one shift cannot be changed into another person', async (t) => {
  const { people, application, council, run, rolesOf } = await openTwoAgencies(t);
  const made = newId();
  const add = (shift: boolean) =>
    sql`insert into members (id, agency_id, name, title, roles, shift_only)
      values (${made}, ${council.id}, 'Vi', 'Ms', '{volunteer}', ${shift})`;
  await assert.rejects(run(people.admin, add(true)), byTheDatabase);
  await run(people.admin, add(false));
  assert.deepEqual(await rolesOf(made), []);
  const held = await application.member(council, ['volunteer'], 'Vera');
  await sql`update members set shift_only = true where id = ${held.id}`.execute(application.db);
  await run(people.admin, sql`update members set shift_only = false where id = ${held.id}`);
  assert.deepEqual(await rolesOf(held.id), []);
});

test('the requester’s name stays until the member has begun, even after roles are withdrawn', async (t) => {
  const { people, application, run, decide, waitingFor, rolesOf, join } = await openTwoAgencies(t);
  const { admin, second, lead } = people;
  const member = await join();
  await run(admin, sql`update members set roles = '{}' where id = ${member}`);
  const other = await application.signIn(second);
  await other.post(`/staff/accounts/${member}/roles`, { title: 'Nurse', roles: ['field'], reason: 'Joins the ward' });
  const id = await waitingFor(member);
  for (const who of [admin, second]) await assert.rejects(decide(who, id), byTheDatabase);
  await decide(lead, id);
  assert.deepEqual(await rolesOf(member), ['field']);
});

test('a row that is not added in the end creates no request', async (t) => {
  const { people, application, council, run } = await openTwoAgencies(t);
  const upsert = sql`insert into members (id, agency_id, name, title, roles)
    values (${people.elsewhere.id}, ${council.id}, 'Ed', 'Mr', '{planner}') on conflict do nothing`;
  await assert.rejects(run(people.admin, upsert), byTheDatabase);
  const { rows } = await sql`select from confirmations`.execute(application.db);
  assert.equal(rows.length, 0);
});

test('tells the confirmer which roles the rules no longer allow', async (t) => {
  const { people, application, force, waitingFor } = await openTwoAgencies(t);
  const officer = await application.member(force, ['field'], 'Olu Officer');
  const lead = await application.signIn(people.lead);
  const reason = 'Her unit is asked for its nurse';
  await lead.post('/staff/exceptions/new', { memberId: officer.id, reason });
  const admin = await application.signIn(people.otherAdmin);
  await admin.post(`/staff/accounts/${officer.id}/roles`, {
    title: 'Ms',
    roles: ['field', 'safeguarding lead'],
    reason,
  });
  const { rows } = await sql<{ id: string }>`select id from safeguarding_exceptions`.execute(application.db);
  await lead.post(`/staff/exceptions/${rows[0]?.id}/end`, { reason });
  const own = await application.signIn(people.elsewhere);
  const told = await own.post(`/staff/role-approvals/${await waitingFor(officer.id)}/decide`, {
    decision: 'it is them',
    grounds,
  });
  assert.equal(told.statusCode, 422);
  assert.match(told.body, /do not let them hold these roles/);
});

test('the form names the address of an account that is linked', async (t) => {
  const { people, council, application, run, waitingFor } = await openTwoAgencies(t);
  await run(
    people.admin,
    sql`insert into linked_accounts (agency_id, issuer, subject, member_id, linked_by, linked_at)
      values (${council.id}, 'https://evil.example', 'nia.nurse', ${people.nurse.id}, ${people.admin.id}, ${application.clock.now()})`,
  );
  const lead = await application.signIn(people.lead);
  const form = await lead.get(`/staff/role-approvals/${await waitingFor(people.nurse.id)}/decide`);
  assert.match(form.body, /“nia.nurse” at https:\/\/evil.example/);
});
