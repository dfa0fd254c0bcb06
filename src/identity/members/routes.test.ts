import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { exampleInvitee, findInvitationLink, findSessionCookie, password, submitForm } from './examples.ts';

const pageWithout = (body: string): string => body.replaceAll(/value="[\w.-]+"/g, '');

test('an invited person reads what they join, chooses a password and is signed in; the link works once', async (t) => {
  const { app, db, agency, signIn, auditTrail } = await openApplication(t);
  const admin = await signIn('account.read', await agency('council', { name: 'Ours', officialName: 'Ours in Full' }));
  const made = await admin.post('/staff/accounts/new', exampleInvitee);
  const link = findInvitationLink(made);
  assert.match(link, /^\/staff\/join\/[\w-]{43}$/, '256 bits');
  const [kept] = await db.selectFrom('invitations').selectAll().execute();
  assert.doesNotMatch(JSON.stringify(kept), new RegExp(link.slice(12)), 'the link is kept nowhere');
  assert.equal((await db.selectFrom('accounts').select('email').execute()).length, 1, 'no account before she joins');

  const page = await app.inject(link);
  assert.equal(page.statusCode, 200);
  for (const words of ['Join Ours in Full', 'Nurse Sam New', 'sam@example.org', 'field and safeguarding lead'])
    assert.match(page.body, new RegExp(words));
  const short = await submitForm(app, link, { password: 'short' });
  assert.equal(short.statusCode, 422);
  const unlike = await submitForm(app, link, { password, again: `${password}!` });
  assert.match(unlike.body, /not the same/);
  const joined = await submitForm(app, link, { password, again: password });
  assert.equal(joined.statusCode, 303);
  const home = await app.inject({ url: '/staff', cookies: { safelight: findSessionCookie(joined) } });
  assert.match(home.body, /Sam New/);
  const again = await submitForm(app, '/staff/sign-in', { email: 'sam@example.org', password });
  assert.equal(again.statusCode, 303, 'and signs in with it from now on');

  const used = await app.inject(link);
  const unknown = await app.inject('/staff/join/nothing');
  assert.deepEqual([used.statusCode, unknown.statusCode], [404, 404]);
  assert.equal(used.body, unknown.body, 'used and unknown are told alike');
  assert.equal((await submitForm(app, link, { password })).statusCode, 400, 'no form, no way to send one');
  const member = await db.selectFrom('members').selectAll().where('name', '=', 'Sam New').executeTakeFirstOrThrow();
  assert.equal(member.id, kept?.memberId, 'the log spoke of her from the first day');
  assert.deepEqual(await auditTrail(), ['invitation.made', 'invitation.accepted', 'session.opened']);
});

test('a link that expired, was withdrawn or renewed, or is of an agency that left opens nothing; all get the same answer', async (t) => {
  const { app, db, clock, agency, signIn } = await openApplication(t);
  const ours = await agency('council', { name: 'Ours' });
  const admin = await signIn('account.read', ours);
  const invite = async (email: string) =>
    findInvitationLink(await admin.post('/staff/accounts/new', { ...exampleInvitee, email }));
  const links = {
    withdrawn: await invite('a@example.org'),
    renewed: await invite('b@example.org'),
    over: await invite('c@example.org'),
  };
  const idOf = async (email: string) =>
    (await db.selectFrom('invitations').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id;
  assert.equal(
    (await admin.post(`/staff/accounts/invitations/${await idOf('a@example.org')}/withdraw`)).statusCode,
    303,
  );
  const fresh = findInvitationLink(
    await admin.post(`/staff/accounts/invitations/${await idOf('b@example.org')}/renew`),
  );
  assert.equal((await app.inject(fresh)).statusCode, 200);
  const unknown = await app.inject(`/staff/join/${'x'.repeat(43)}`);
  for (const link of [links.withdrawn, links.renewed]) assert.equal((await app.inject(link)).body, unknown.body);

  clock.move(new Date(clock.now().getTime() + 72 * 3_600_000 - 1));
  assert.equal((await app.inject(links.over)).statusCode, 200);
  clock.move(new Date(clock.now().getTime() + 1));
  assert.equal((await app.inject(links.over)).body, unknown.body);
  clock.move(new Date(clock.now().getTime() - 1));
  assert.equal((await app.inject(links.over)).statusCode, 200);
  await db.updateTable('agencies').set({ endedAt: clock.now() }).where('id', '=', ours.id).execute();
  assert.equal((await app.inject(links.over)).body, unknown.body);
});

test('two people race for one link: one joins', async (t) => {
  const { app, db, agency, signIn } = await openApplication(t);
  const admin = await signIn('account.read', await agency('council'));
  const link = findInvitationLink(await admin.post('/staff/accounts/new', exampleInvitee));
  const both = await Promise.all([1, 2, 3].map(() => submitForm(app, link, { password })));
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 404, 404]);
  assert.equal((await db.selectFrom('members').select('id').where('name', '=', 'Sam New').execute()).length, 1);
});

test('an address belongs to one person, and roles follow the rules', async (t) => {
  const { agency, signIn } = await openApplication(t);
  const admin = await signIn('account.read', await agency('police force'));
  const refused = await admin.post('/staff/accounts/new', exampleInvitee);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /cannot hold a safeguarding role/);
  assert.match(refused.body, /value="Sam New"/, 'keeps what was typed');
  const both = await admin.post('/staff/accounts/new', { ...exampleInvitee, roles: ['administrator', 'field'] });
  assert.match(both.body, /Select no other role for an administrator/);
  const officer = { ...exampleInvitee, roles: 'field' };
  assert.equal((await admin.post('/staff/accounts/new', officer)).statusCode, 200);
  assert.match((await admin.post('/staff/accounts/new', officer)).body, /is invited with this address already/);
  const own = await admin.post('/staff/accounts/new', { ...officer, email: `${admin.member.id}@example.org` });
  assert.match(own.body, /already signs in/);
});

test('refuses to invite an address that looks like a colleague’s or has letters other than a to z', async (t) => {
  const { app, agency, signIn, db } = await openApplication(t);
  const admin = await signIn('account.read', await agency('council'));
  const edith = { ...exampleInvitee, email: 'edith.rown@example.org' };
  await submitForm(app, findInvitationLink(await admin.post('/staff/accounts/new', edith)), { password });
  for (const [email, words] of [
    ['edith.rown@example.org', /already signs in/],
    ['EDITH.rown@example.org', /already signs in/],
    ['edith.rowrn@example.org', undefined],
    ['edith.r0wn@example.org', /looks the same/],
    ['edİth.rown@example.org', /plain letters/],
    ['еdith.rown@example.org', /plain letters/],
  ] as const) {
    const answer = await admin.post('/staff/accounts/new', { ...edith, email });
    assert.equal(answer.statusCode, words ? 422 : 200, email);
    if (words) assert.match(answer.body, words, email);
  }
  // Another agency's administrator does not learn who works here: the database refuses when the person joins.
  const elsewhere = await signIn('account.read', await agency('council', { name: 'Another' }));
  const link = findInvitationLink(
    await elsewhere.post('/staff/accounts/new', { ...exampleInvitee, email: 'edith.r0wn@example.org' }),
  );
  const joined = await submitForm(app, link, { password });
  assert.equal(joined.statusCode, 422);
  assert.match(joined.body, /your address, or with one that looks the same/);
  assert.equal((await db.selectFrom('accounts').select('email').where('email', 'like', 'edith%').execute()).length, 1);
});

test('wrong links from an address do not block right ones from there', async (t) => {
  const { app, agency, signIn } = await openApplication(t);
  const admin = await signIn('account.read', await agency('council'));
  const link = findInvitationLink(await admin.post('/staff/accounts/new', exampleInvitee));
  for (let wrong = 0; wrong < 80; wrong += 1) assert.equal((await app.inject(`/staff/join/${wrong}`)).statusCode, 404);
  assert.equal((await submitForm(app, link, { password })).statusCode, 303);
});

test('each role says in a line what it lets somebody do, where it is given and where it is changed', async (t) => {
  const { agency, member, signIn } = await openApplication(t);
  const ours = await agency('council');
  const admin = await signIn('account.read', ours);
  const someone = await member(ours, ['press']);
  for (const page of ['/staff/accounts/new', `/staff/accounts/${someone.id}/roles`]) {
    const { body } = await admin.get(page);
    const hinted = [...body.matchAll(/<div id="roles[^"]*-item-hint"/g)];
    assert.equal(hinted.length, roles.length, page);
    assert.match(body, /Counts the results of an operation, and signs the return/);
  }
});

test('an administrator sees and changes only the people of their own agency', async (t) => {
  const { agency, member, signIn } = await openApplication(t);
  const [ours, theirs] = [await agency('council', { name: 'Ours' }), await agency('health', { name: 'Theirs' })];
  const stranger = await member(theirs, ['field'], 'Hidden Stranger');
  const admin = await signIn('account.read', ours);
  const other = await signIn('account.read', theirs);
  await other.post('/staff/accounts/new', { ...exampleInvitee, name: 'Hidden Joiner' });
  assert.doesNotMatch((await admin.get('/staff/accounts')).body, /Hidden/);
  for (const way of ['', '/roles', '/end', '/stay']) {
    const hidden = await admin.get(`/staff/accounts/${stranger.id}${way}`);
    const nobody = await admin.get(`/staff/accounts/${newId()}${way}`);
    assert.deepEqual([hidden.statusCode, nobody.statusCode], [404, 404], way);
    assert.equal(pageWithout(hidden.body), pageWithout(nobody.body), 'hidden and absent are told alike');
  }
  for (const way of ['/roles', '/end', '/stay']) {
    const answers = { title: 'X', roles: 'field', when: 'now', reason: 'because' };
    assert.equal((await admin.post(`/staff/accounts/${stranger.id}${way}`, answers)).statusCode, 404, way);
  }
});

test('the list is searched by name and filtered by state, and says what to do when it is empty', async (t) => {
  const { clock, agency, member, signIn } = await openApplication(t);
  const ours = await agency('council');
  const admin = await signIn('account.read', ours);
  await member(ours, ['field'], 'Asha Here');
  const leaver = await member(ours, ['field'], 'Lee Leaver');
  await admin.post('/staff/accounts/new', { ...exampleInvitee, name: 'Ina Invited' });
  await admin.post(`/staff/accounts/${leaver.id}/end`, { when: 'now', reason: 'moved on' });
  const names = async (query: string) =>
    [...(await admin.get(`/staff/accounts?${query}`)).body.matchAll(/<th scope="row"[^>]*><a[^>]*>([^<]+)/g)].map(
      ([, name]) => name,
    );
  assert.deepEqual(await names(''), ['Ina Invited', 'Asha Here', 'Robin Test', 'Lee Leaver']);
  assert.deepEqual(await names('q=LEE'), ['Lee Leaver']);
  assert.deepEqual(await names('state=invited'), ['Ina Invited']);
  assert.deepEqual(await names('state=left'), ['Lee Leaver']);
  assert.deepEqual(await names('state=nonsense&q='), await names(''));
  assert.match((await admin.get('/staff/accounts?q=zzz')).body, /No member matches/);
  clock.move(new Date(clock.now().getTime() + 73 * 3_600_000));
  const later = await signIn(admin.member);
  assert.match((await later.get('/staff/accounts')).body, /invitation over/);
});

test('a move is logged with its reason and ends every session; members cannot move themselves', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const ours = await agency('police force');
  const admin = await signIn('account.read', ours);
  const officer = await signIn(await member(ours, ['field'], 'Asha Here'));
  const roles = `/staff/accounts/${officer.member.id}/roles`;
  assert.equal((await officer.get('/staff')).statusCode, 200);
  const moved = { title: 'Inspector', roles: ['planner'], reason: 'promoted' };
  assert.match((await admin.post(roles, { ...moved, reason: '' })).body, /Enter why this changes/);
  assert.match((await admin.post(roles, { ...moved, roles: 'safeguarding lead' })).body, /cannot hold a safeguarding/);
  assert.match((await admin.post(roles, { ...moved, title: 'Officer', roles: 'field' })).body, /already\. Change one/);
  assert.equal((await officer.get('/staff')).statusCode, 200, 'a refusal ends nothing');
  assert.equal((await admin.post(roles, moved)).statusCode, 303);
  assert.equal((await officer.get('/staff')).statusCode, 303, 'signed out');
  const row = await db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'account.moved')
    .executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.kind, row.reason, row.fields, row.subject],
    ['alteration', 'promoted', ['title', 'roles'], officer.member.id],
  );
  const shown = await admin.get(`/staff/accounts/${officer.member.id}`);
  assert.match(shown.body, /planner[\s\S]*field/, 'roles over time, the latest first');

  const own = await admin.post(`/staff/accounts/${admin.member.id}/roles`, { ...moved, roles: ['planner'] });
  assert.equal(own.statusCode, 422);
  assert.match(own.body, /Nobody changes their own roles/);
});

test('a safeguarding role needs a member whom a data-protection lead recorded by name, and ends with that record', async (t) => {
  const { db, agency, member, signIn } = await openApplication(t);
  const force = await agency('police force');
  const admin = await signIn('account.read', force);
  const officer = await member(force, ['field'], 'Asha Here');
  const lead = await signIn(await member(await agency('council'), ['data-protection lead'], 'Dee Lead'));
  const nurse = await member(await agency('health'), ['field'], 'Not There');
  const roles = { title: 'Detective', roles: ['field', 'safeguarding lead'], reason: 'asked to' };
  assert.equal((await admin.post(`/staff/accounts/${officer.id}/roles`, roles)).statusCode, 422);
  assert.equal((await admin.get('/staff/exceptions')).statusCode, 403, 'not the agency’s own to record');
  assert.match((await lead.get('/staff/exceptions')).body, /No exceptions are recorded/);
  const wrong = await lead.post('/staff/exceptions/new', { memberId: nurse.id, reason: 'x' });
  assert.match(wrong.body, /Other members need no exception/);
  assert.equal((await lead.post('/staff/exceptions/new', { memberId: officer.id, reason: 'agreed' })).statusCode, 303);
  assert.match((await lead.post('/staff/exceptions/new', { memberId: officer.id, reason: 'x' })).body, /already/);
  assert.equal((await admin.post(`/staff/accounts/${officer.id}/roles`, roles)).statusCode, 303);

  const { id } = await db.selectFrom('safeguardingExceptions').select('id').executeTakeFirstOrThrow();
  assert.equal((await lead.post(`/staff/exceptions/${id}/end`, { reason: 'over' })).statusCode, 303);
  const after = await db.selectFrom('members').select('roles').where('id', '=', officer.id).executeTakeFirstOrThrow();
  assert.deepEqual(after.roles, ['field']);
  assert.equal((await lead.post(`/staff/exceptions/${id}/end`, { reason: 'over' })).statusCode, 404);
});

test('an administrator adds an agency of any side, once, and a planner finds it among the partners to choose from', async (t) => {
  const { agency, member, signIn, db, auditTrail } = await openApplication(t);
  const force = await agency('police force');
  const administrator = await signIn(await member(force, ['administrator']));
  const charity = {
    name: 'Harbour Light',
    officialName: 'Harbour Light Trust',
    kind: 'voluntary',
    firstResponder: 'yes',
  };
  const address = '/staff/accounts/agencies/new';
  assert.match((await administrator.get('/staff/accounts/agencies')).body, new RegExp(`href="${address}"`));
  const bad = await administrator.post(address, { ...charity, kind: '', firstResponder: '' });
  assert.equal(bad.statusCode, 422);
  assert.match(bad.body, /Select the kind of agency/);
  assert.match(bad.body, /value="Harbour Light"/);
  assert.equal((await administrator.post(address, charity)).statusCode, 303);
  assert.match((await administrator.get('/staff/accounts/agencies')).body, /Harbour Light Trust/);
  const twice = await administrator.post(address, { ...charity, name: 'harbour light' });
  assert.match(twice.body, /An agency of that name, or one that looks the same, is in the partnership already/);
  for (const name of ['Harbour  Light', 'HarbourLight', 'Hárbour-Light'])
    assert.match((await administrator.post(address, { ...charity, name })).body, /looks the same/, name);
  for (const name of ['Harbour Light\nYou must agree', 'Hаrbour Light', 'Harbour\u200bLight'])
    assert.match((await administrator.post(address, { ...charity, name })).body, /on one line in Latin letters/, name);
  const kept = await db.selectFrom('agencies').selectAll().where('name', '=', 'Harbour Light').execute();
  assert.deepEqual(
    kept.map(({ side, firstResponder }) => [side, firstResponder]),
    [['help', true]],
  );
  assert.deepEqual(await auditTrail(), ['agency.added']);
  const planner = await signIn(await member(force, ['planner']));
  assert.equal((await planner.get(address)).statusCode, 403);
});
