import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { beginWriting, setContext } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import { exampleInvitee, findInvitationLink, password, submitForm } from '../members/examples.ts';
import { openTwoAgencies } from './examples.ts';

/** By a row policy, a trigger or a check; nothing that is our own mistake. */
const byTheDatabase = ({ code = '' }: { code?: string }): boolean => /^(42501|23\d{3})$/.test(code);
test('no role given by a process is held before another person has confirmed it, however it is given', async (t) => {
  const { people, council, run, rolesOf, waitingFor, join } = await openTwoAgencies(t);
  const joined = await join();
  assert.deepEqual(await rolesOf(joined), []);
  await waitingFor(joined);
  const made = newId();
  await run(
    people.admin,
    sql`insert into members (id, agency_id, name, title, roles) values (${made}, ${council.id}, 'Mo Made', 'Nurse', '{partner caseworker}')`,
  );
  assert.deepEqual(await rolesOf(made), []);
  await run(people.admin, sql`update members set roles = '{planner,safeguarding lead}' where id = ${people.nurse.id}`);
  assert.deepEqual(await rolesOf(people.nurse.id), [], 'what is taken ends at once');
  await run(people.admin, sql`update members set roles = '{field}', shift_only = false where id = ${joined}`);
  assert.deepEqual(await rolesOf(joined), []);
  for (const role of ['administrator', 'data-protection lead']) {
    await run(people.admin, sql`update members set roles = ${[role]} where id = ${made}`);
    assert.deepEqual(await rolesOf(made), [], `${role}: an accomplice could confirm all others`);
  }
  await assert.rejects(
    run(people.admin, sql`update members set roles = '{planner}', shift_only = true where id = ${made}`),
    byTheDatabase,
    'nobody is here for one shift as a planner',
  );
});

test('the database refuses the requester, the subject, other roles, other agencies, and a second decision', async (t) => {
  const { people, decide, rolesOf, waitingFor, join, run, application } = await openTwoAgencies(t);
  const { admin, second, lead, nurse, elsewhere, otherAdmin } = people;
  const member = await join();
  const id = await waitingFor(member);
  const later = new Date(application.clock.now().getTime() + 1);
  const refused: readonly (readonly [string, { readonly id: string }, Record<string, unknown>])[] = [
    ['who asked', admin, {}],
    ['who asked, in another’s name', admin, { decidedBy: second.id }],
    ['herself', { id: member }, {}],
    ['a colleague', nurse, {}],
    ['an administrator of another agency', otherAdmin, {}],
    ['a data-protection lead of another agency, where somebody at home can', elsewhere, {}],
    ['later than it is', lead, { decidedAt: later }],
    ['without a sentence', lead, { grounds: 'Fine' }],
    ['of nothing', lead, { id: newId() }],
  ];
  for (const [what, who, more] of refused) await assert.rejects(decide(who, id, more), byTheDatabase, what);
  assert.deepEqual(await rolesOf(member), []);
  await decide(second, id);
  assert.deepEqual([...(await rolesOf(member))].sort(), [...exampleInvitee.roles].sort());
  await assert.rejects(decide(lead, id), byTheDatabase);
  await assert.rejects(run(lead, sql`update confirmation_decisions set confirmed = false`), byTheDatabase);
  await assert.rejects(run(lead, sql`delete from confirmations`), byTheDatabase);
});

test('a member who held an invitation link cannot confirm the person who joined by it', async (t) => {
  const { people, application, decide, waitingFor, rolesOf } = await openTwoAgencies(t);
  const first = await application.signIn(people.admin);
  await first.post('/staff/accounts/new', exampleInvitee);
  const { rows } = await sql<{ id: string }>`select id from invitations`.execute(application.db);
  const other = await application.signIn(people.second);
  const link = findInvitationLink(await other.post(`/staff/accounts/invitations/${rows[0]?.id}/renew`));
  await submitForm(application.app, link, { password });
  const found = await sql<{ id: string }>`select member_id as id from invitations`.execute(application.db);
  const id = await waitingFor(found.rows[0]?.id ?? '');
  for (const who of [people.admin, people.second]) await assert.rejects(decide(who, id), byTheDatabase);
  await decide(people.lead, id);
  assert.equal((await rolesOf(found.rows[0]?.id ?? '')).length, 2);
});

test('a repeated request adds a requester; a withdrawn request waits no longer', async (t) => {
  const { people, run, decide, waitingFor, rolesOf } = await openTwoAgencies(t);
  const { admin, second, lead, nurse } = people;
  const ask = (who: typeof admin, roles: readonly string[]) =>
    run(who, sql`update members set roles = ${sql.val([...roles])}::text[] where id = ${nurse.id}`);
  await ask(admin, ['field', 'planner']);
  await ask(second, ['field', 'planner', 'press']);
  const id = await waitingFor(nurse.id);
  for (const who of [admin, second]) await assert.rejects(decide(who, id), byTheDatabase);
  await ask(second, ['field']);
  await assert.rejects(decide(lead, id), byTheDatabase, 'nothing waits');
  assert.deepEqual(await rolesOf(nurse.id), ['field']);
});

test('a data-protection lead of the partnership confirms where no one of the agency can', async (t) => {
  const { people, application, run, decide, waitingFor, rolesOf, join } = await openTwoAgencies(t);
  const { second, lead, elsewhere, otherAdmin } = people;
  const member = await join();
  const id = await waitingFor(member);
  for (const one of [second, lead])
    await sql`update members set ended_at = ${application.clock.now()}, gone = true where id = ${one.id}`.execute(
      application.db,
    );
  const sees = async (who: typeof lead) => (await run(who, sql`select id from confirmations`)).length;
  assert.deepEqual([await sees(elsewhere), await sees(otherAdmin)], [1, 0]);
  await assert.rejects(decide(otherAdmin, id), byTheDatabase);
  await decide(elsewhere, id);
  assert.equal((await rolesOf(member)).length, 2);
});

test('a member who is refused loses the account at once; a refused role leaves the roles held before', async (t) => {
  const { people, application, run, decide, waitingFor, rolesOf, join } = await openTwoAgencies(t);
  const member = await join();
  await decide(people.lead, await waitingFor(member), { confirmed: false });
  const { rows } = await sql<{ gone: boolean; accounts: number; sessions: number }>`
    select gone, (select count(*)::int from accounts where member_id = ${member}) as accounts,
      (select count(*)::int from sessions where member_id = ${member} and ended_at is null) as sessions
      from members where id = ${member}`.execute(application.db);
  assert.deepEqual(rows[0], { gone: true, accounts: 0, sessions: 0 });
  await run(people.admin, sql`update members set roles = '{field,press}' where id = ${people.nurse.id}`);
  await decide(people.lead, await waitingFor(people.nurse.id), { confirmed: false });
  assert.deepEqual(await rolesOf(people.nurse.id), ['field']);
});

test('a linked account cannot sign in before it is confirmed, and is deleted when it is refused', async (t) => {
  const { people, council, application, run, decide, waitingFor } = await openTwoAgencies(t);
  const { admin, lead, nurse } = people;
  const issuer = 'https://login.example';
  const link = (subject: string) =>
    run(
      admin,
      sql`insert into linked_accounts (agency_id, issuer, subject, member_id, linked_by, linked_at)
        values (${council.id}, ${issuer}, ${subject}, ${nurse.id}, ${admin.id}, ${application.clock.now()})`,
    );
  const member = async (subject: string) =>
    (
      await run(
        admin,
        sql`select ctx.member_of_subject(${council.id}, ${issuer}, ${subject}, ${application.clock.now()}) as member_id`,
      )
    )[0]?.memberId;
  await link('mine');
  assert.equal(await member('mine'), null, 'an administrator’s own account under a nurse’s name');
  await assert.rejects(run(admin, sql`update linked_accounts set waits = false`), byTheDatabase);
  await assert.rejects(decide(admin, await waitingFor(nurse.id)), byTheDatabase);
  await decide(lead, await waitingFor(nurse.id), { confirmed: false });
  assert.equal((await run(admin, sql`select * from linked_accounts`)).length, 0);
  await link('hers');
  await decide(lead, await waitingFor(nurse.id));
  assert.equal(await member('hers'), nurse.id);
});

test('an installation begins with one administrator and one data-protection lead; later ones wait, also from the command line', async (t) => {
  const application = await openApplication(t);
  const council = await application.agency('council', { name: 'Ours' });
  const nobody = {
    ...{ memberId: newId(), memberName: '', agencyId: council.id, agencyName: '', side: 'help' as const },
    ...{ roles: ['administrator' as const], operations: [], partnerOperations: [], teams: [] },
  };
  const add = async (roles: readonly string[]): Promise<string[]> => {
    const id = newId();
    const tx = await beginWriting(application.databases.for('main', 'staff'));
    await setContext(tx, { now: application.clock.now(), actor: nobody });
    await sql`insert into members (id, agency_id, name, title, roles)
      values (${id}, ${council.id}, 'Kit Rowan', 'Ms', ${sql.val([...roles])}::text[])`.execute(tx as never);
    await tx.commit().execute();
    const { rows } = await sql<{ roles: string[] }>`select roles from members where id = ${id}`.execute(application.db);
    return rows[0]?.roles ?? [];
  };
  assert.deepEqual(await add(['partner caseworker']), []);
  assert.deepEqual(await add(['administrator']), ['administrator']);
  assert.deepEqual(await add(['administrator']), []);
  assert.deepEqual(await add(['data-protection lead', 'planner']), []);
  assert.deepEqual(await add(['data-protection lead']), ['data-protection lead']);
  assert.deepEqual(await add(['data-protection lead']), []);
});
