import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { staffRoutes } from '../../../test/harness/routes.ts';
import type { Problem } from '../../platform/http/problem.ts';
import { newId } from '../../vocabulary/ids.ts';
import { openSession, signInMethods } from '../agencies/session.ts';
import { exampleInvitee, findInvitationLink } from './examples.ts';
import { endLeavers } from './store.ts';

const now = { when: 'now', reason: 'moved on' };

/** Paths that need no sign-in. */
const openToAll =
  /^\/staff\/(sign-in|try$|join|temporary-access\/sign-in$|single-sign-on)|^\/staff\/log\/|witness|checkpoint/;

async function openAgency(t: Parameters<typeof openApplication>[0]) {
  const application = await openApplication(t);
  const force = await application.agency('police force', { name: 'Leashire Constabulary' });
  const admin = await application.signIn(await application.member(force, ['administrator'], 'Ada Admin'));
  return { ...application, application, force, admin };
}

async function planOperation({ db }: TestApplication, agencyId: string, memberId: string, endsOn: string) {
  const [week, operation, team, partner] = [newId(), newId(), newId(), newId()];
  await db
    .insertInto('weeks')
    .values({ id: week, agencyId, name: 'A week', lead: 'x', focus: ['x'], startsOn: '2026-09-01', endsOn })
    .execute();
  await db
    .insertInto('operations')
    .values({
      ...{ id: operation, weekId: week, agencyId, codeName: `Until ${endsOn}`, unit: 'x', area: 'x' },
      ...{ startsOn: '2026-09-01', endsOn, plannedBy: memberId },
    })
    .execute();
  await db
    .insertInto('partners')
    .values({
      ...{ id: partner, operationId: operation, agencyId, kind: 'police force', ownUnit: true },
      ...{ printedName: 'x', officialName: 'x' },
    })
    .execute();
  await db
    .insertInto('operationMembers')
    .values({ operationId: operation, memberId, partnerId: partner, duty: 'x' })
    .execute();
  await db.insertInto('teams').values({ id: team, operationId: operation, name: 'Team', leadId: memberId }).execute();
  await db.insertInto('teamMembers').values({ teamId: team, memberId, operationId: operation }).execute();
  const given = {
    operationId: operation,
    memberId,
    since: new Date('2026-09-01T00:00:00Z'),
    until: null,
    givenBy: memberId,
  };
  await db
    .insertInto('grants')
    .values([
      { id: newId(), relation: 'member', subject: operation, ...given },
      { id: newId(), relation: 'team', subject: team, ...given },
    ])
    .execute();
  return { operation, team };
}

test('refuses every old token on every route from the next request on, for every kind of session', async (t) => {
  const { application, app, db, clock, force, admin, member } = await openAgency(t);
  const leaver = await member(force, ['planner', 'field', 'commander'], 'Lee Leaver');
  const tokens = [];
  for (const method of signInMethods)
    for (const sharedWorkstation of [true, false])
      tokens.push(await openSession(db, leaver.id, clock.now(), { method, sharedWorkstation }));
  tokens.push(
    await openSession(db, leaver.id, clock.now(), { method: 'password', sharedWorkstation: false, unfinished: true }),
  );
  const asked = async (token: string, { method, url }: { method: 'GET' | 'POST'; url: string }) =>
    app.inject({ method, url, cookies: { safelight: token } });
  for (const token of tokens.slice(0, -1))
    assert.equal((await asked(token, { method: 'GET', url: '/staff' })).statusCode, 200);

  assert.equal((await admin.post(`/staff/accounts/${leaver.id}/end`, now)).statusCode, 303);

  const routes = staffRoutes(application.app).flatMap(({ methods, at }) =>
    methods.map((method) => ({ method, url: at((name) => (name === 'number' ? '1' : newId())) })),
  );
  assert.ok(routes.length > 150, `${routes.length} routes`);
  for (const token of tokens)
    assert.equal((await asked(token, { method: 'GET', url: '/staff' })).headers.location, '/staff/sign-in');
  const [first = ''] = tokens;
  for (const route of routes.filter(({ url }) => !openToAll.test(url))) {
    const { statusCode, headers, body } = await asked(first, route);
    const nobody = await app.inject(route);
    assert.deepEqual(
      [statusCode, headers.location],
      [nobody.statusCode, nobody.headers.location],
      `${route.method} ${route.url}: as for whoever never signed in`,
    );
    assert.ok([303, 400, 401, 404].includes(statusCode), `${route.method} ${route.url}: ${statusCode}`);
    assert.doesNotMatch(body, /Lee Leaver/);
  }
});

test('everything a leaver holds ends in one transaction; past work and what they wrote keep their name', async (t) => {
  const { application, db, clock, force, admin, member, auditTrail } = await openAgency(t);
  const leaver = await application.signIn(await member(force, ['administrator'], 'Lee Leaver'));
  const { id } = leaver.member;
  const past = await planOperation(application, force.id, id, '2026-09-10');
  const current = await planOperation(application, force.id, id, '2026-09-30');
  const link = findInvitationLink(await leaver.post('/staff/accounts/new', { ...exampleInvitee, roles: 'field' }));
  const bytes = Buffer.alloc(32, 1);
  await db
    .insertInto('passkeys')
    .values({
      id: newId(),
      memberId: id,
      credentialId: bytes,
      publicKey: bytes,
      counter: 0,
      synced: false,
      name: 'x',
      addedAt: clock.now(),
    })
    .execute();
  await db
    .insertInto('codeGenerators')
    .values({ memberId: id, wrappedKey: bytes, secret: bytes, lastStep: 0, addedAt: clock.now() })
    .execute();
  await db
    .insertInto('recoveryCodes')
    .values({ id: newId(), memberId: id, wrappedKey: bytes, codeHash: bytes })
    .execute();
  await db
    .insertInto('linkedAccounts')
    .values({ agencyId: force.id, issuer: 'https://x.example', subject: 's', memberId: id, linkedAt: clock.now() })
    .execute();
  const volunteer = newId();
  await db
    .insertInto('members')
    .values({
      id: volunteer,
      agencyId: force.id,
      name: 'Vi',
      title: 'Volunteer',
      roles: ['volunteer'],
      endedAt: new Date('2026-09-18T20:00:00Z'),
      shiftOnly: true,
    })
    .execute();
  await db
    .insertInto('temporaryAccess')
    .values({
      id: newId(),
      agencyId: force.id,
      operationId: current.operation,
      memberId: volunteer,
      codeHash: bytes,
      startsAt: clock.now(),
      endsAt: new Date('2026-09-18T20:00:00Z'),
      madeBy: id,
      madeAt: clock.now(),
    })
    .execute();

  assert.equal((await admin.post(`/staff/accounts/${id}/end`, now)).statusCode, 303);

  const left = async (table: string, column = 'memberId') =>
    (await db.selectFrom(table).select(column).where(column, '=', id).execute()).length;
  for (const table of ['accounts', 'passkeys', 'codeGenerators', 'recoveryCodes', 'linkedAccounts'])
    assert.equal(await left(table), 0, table);
  const grants = await db.selectFrom('grants').select('until').where('memberId', '=', id).execute();
  assert.ok(grants.length >= 4);
  for (const { until } of grants) assert.ok(until && until <= clock.now(), `${until}`);
  const leads = await db.selectFrom('teams').select(['id', 'leadId']).execute();
  assert.deepEqual(
    new Map(leads.map((team) => [team.id, team.leadId])),
    new Map([
      [past.team, id],
      [current.team, null],
    ]),
  );
  assert.deepEqual(
    (await db.selectFrom('teamMembers').select('operationId').where('memberId', '=', id).execute()).map(
      (one) => one.operationId,
    ),
    [past.operation],
  );
  assert.equal((await application.app.inject(link)).statusCode, 404, 'her invitation');
  const pass = await db.selectFrom('temporaryAccess').select('endedAt').executeTakeFirstOrThrow();
  assert.deepEqual(pass.endedAt, clock.now(), 'the pass that she gave out');
  const kept = await db
    .selectFrom('members')
    .select(['name', 'endedAt', 'gone'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  assert.deepEqual(kept, { name: 'Lee Leaver', endedAt: clock.now(), gone: true });
  assert.ok((await auditTrail()).includes('account.ended'));
  const row = await db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'account.ended')
    .executeTakeFirstOrThrow();
  assert.deepEqual([row.kind, row.subject, row.reason], ['erasure', id, 'moved on']);

  const anew = await admin.post('/staff/accounts/new', {
    ...exampleInvitee,
    roles: 'field',
    email: `${id}@example.org`,
  });
  assert.equal(anew.statusCode, 200, 'and her address is free for whom she becomes elsewhere');
});

for (const [store, action] of [
  ['main', 'account.end'],
  ['safeguarding', 'note.write'],
] as const)
  test(`a change under way in the ${store} store is done before somebody ends, and one that begins after writes nothing`, async (t) => {
    const { application, databases, db, clock, force, admin, member } = await openAgency(t);
    const { Work } = await import('../../platform/http/request.ts');
    const { LookWriter } = await import('../../platform/audit-hook/audit.ts');
    const { access } = await import('../../../test/harness/application.ts');
    const { lockSession: holdSession, resolveActor } = await import('../agencies/session.ts');
    const { accept } = await import('../../vocabulary/result.ts');
    const helper = store === 'main' ? force : await application.agency('council');
    const ender =
      store === 'main' ? admin : await application.signIn(await member(helper, ['administrator'], 'Cee Admin'));
    const found = [...Object.values(access.policy)].flatMap(({ actions, store: at = 'main' }) =>
      at === store ? Object.keys(actions) : [],
    );
    const leaver = await member(helper, store === 'main' ? ['administrator'] : ['safeguarding lead', 'field'], 'Lee');
    const named = found.includes(action) ? action : (found.find((one) => access.action(one).verb === 'add') ?? '');
    const token = await openSession(db, leaver.id, clock.now(), { method: 'password', sharedWorkstation: false });
    const begun = async () => {
      const ground = { databases, looks: new LookWriter(databases), access, holdSession, resolveActor };
      const work = new Work(ground, access.action(named), clock.now());
      await work.begin(token);
      return work;
    };
    const [during, after] = [await begun(), await begun()];
    let inside = () => {};
    const isInside = new Promise<void>((resolve) => (inside = resolve));
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const order: string[] = [];
    const changing = during
      .change('during', null, async () => {
        inside();
        await mayGoOn;
        order.push('changed');
        return accept(true);
      })
      .then((result) => assert.ok(result.ok));
    await isInside;
    const ending = ender.post(`/staff/accounts/${leaver.id}/end`, now).then(({ statusCode }) => {
      order.push('ended');
      assert.equal(statusCode, 303);
    });
    await waitsForLock(application);
    goOn();
    await Promise.all([changing, ending]);
    assert.deepEqual(order, ['changed', 'ended']);

    let ran = false;
    await assert.rejects(
      after.change('after', null, async () => {
        ran = true;
        return accept(true);
      }),
      ({ kind }: Problem) => kind === 'not signed in',
    );
    assert.equal(ran, false);
    const log = store === 'main' ? db : application.safeguardingDb;
    const events = (await log.selectFrom('accessLog').select('event').execute()).map(({ event }) => event);
    assert.deepEqual([events.includes('during'), events.includes('after')], [true, false]);
  });

/** Waits until a transaction of the main database waits for a lock. */
async function waitsForLock({ db }: TestApplication): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      db,
    );
    if ((rows[0]?.count ?? 0) > 0) return;
  }
}

test('a member who leaves on a day works until that day ends, holds nothing afterwards, and may stay after all', async (t) => {
  const { application, db, clock, force, admin, member } = await openAgency(t);
  const leaver = await application.signIn(await member(force, ['field'], 'Lee Leaver'));
  const { id } = leaver.member;
  const { team } = await planOperation(application, force.id, id, '2026-12-30');
  const address = `/staff/accounts/${id}`;
  const onDay = (day: string) => ({
    when: 'on a day',
    'lastDay-day': day,
    'lastDay-month': '9',
    'lastDay-year': '2026',
    reason: 'retires',
  });
  assert.match((await admin.post(`${address}/end`, onDay(''))).body, /Enter/);
  assert.match((await admin.post(`${address}/end`, onDay('17'))).body, /Enter today or a later day/);
  assert.equal((await admin.post(`${address}/end`, onDay('19'))).statusCode, 303);
  assert.match((await admin.get('/staff/accounts?state=leaves')).body, /leaves after/);
  assert.equal((await leaver.get('/staff')).statusCode, 200);
  assert.equal((await admin.post(`${address}/stay`, { reason: 'asked to' })).statusCode, 303);
  assert.match((await admin.get('/staff/accounts?state=here')).body, /Lee Leaver/);
  assert.equal((await admin.post(`${address}/end`, onDay('19'))).statusCode, 303);

  clock.move(new Date('2026-09-19T22:59:59Z'));
  const late = await openSession(db, id, clock.now(), { method: 'password', sharedWorkstation: false });
  assert.equal((await application.app.inject({ url: '/staff', cookies: { safelight: late } })).statusCode, 200);
  clock.move(new Date('2026-09-19T23:00:00Z'));
  assert.equal(
    (await application.app.inject({ url: '/staff', cookies: { safelight: late } })).statusCode,
    303,
    'by the clock alone',
  );
  assert.equal(
    (await db.selectFrom('teams').select('leadId').where('id', '=', team).executeTakeFirstOrThrow()).leadId,
    id,
  );
  await endLeavers(application.databases.for('main', 'leader') as never, clock.now());
  assert.equal(
    (await db.selectFrom('teams').select('leadId').where('id', '=', team).executeTakeFirstOrThrow()).leadId,
    null,
  );
  assert.equal((await db.selectFrom('accounts').select('email').where('memberId', '=', id).execute()).length, 0);
});

test('an agency keeps an administrator until it leaves together with all its members', async (t) => {
  const { application, db, force, admin, member } = await openAgency(t);
  const refused = await admin.post(`/staff/accounts/${admin.member.id}/end`, now);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /your agency’s only administrator/);
  const officer = await application.signIn(await member(force, ['field'], 'Asha Here'));
  const others = await application.signIn(await member(await application.agency('council'), ['field'], 'Cas Council'));
  const link = findInvitationLink(await admin.post('/staff/accounts/new', { ...exampleInvitee, roles: 'field' }));
  assert.match((await admin.get('/staff/accounts/agencies/end')).body, /all 2 people/);
  const address = '/staff/accounts/agencies/end';
  assert.match((await admin.post(address, { name: 'Leashire', reason: 'x' })).body, /not the name/);
  assert.equal((await officer.get('/staff')).statusCode, 200);
  const ended = await admin.post(address, { name: 'Leashire Constabulary', reason: 'ends its part' });
  assert.match(ended.body, /has left the partnership/);
  for (const visitor of [admin, officer]) assert.equal((await visitor.get('/staff')).statusCode, 303);
  assert.equal((await others.get('/staff')).statusCode, 200, 'other agencies go on');
  assert.equal((await application.app.inject(link)).statusCode, 404);
  const gone = await db.selectFrom('members').select('gone').where('agencyId', '=', force.id).execute();
  assert.ok(gone.every((one) => one.gone));
});

test('the database refuses everything that the pages refuse', async (t) => {
  const { db, force, admin, member } = await openAgency(t);
  const officer = await member(force, ['field'], 'Asha Here');
  const acting = (statement: (tx: typeof db) => Promise<unknown>) =>
    db.transaction().execute(async (tx) => {
      await sql`select set_config('safelight.member', ${admin.member.id}, true)`.execute(tx);
      await statement(tx);
    });
  const roles = (id: string, to: string[]) =>
    acting((tx) => tx.updateTable('members').set({ roles: to }).where('id', '=', id).execute());
  await assert.rejects(roles(admin.member.id, ['planner']), /nobody changes her own roles/);
  await assert.rejects(roles(officer.id, ['administrator', 'field']), /holds no other role/);
  await assert.rejects(roles(officer.id, ['field', 'safeguarding lead']), /behind the wall/);
  await roles(officer.id, ['planner']);
  await db
    .updateTable('members')
    .set({ endedAt: new Date('2026-09-01'), gone: true })
    .where('id', '=', officer.id)
    .execute();
  await openSession(db, officer.id, new Date('2026-09-18'), { method: 'password', sharedWorkstation: false });
  assert.equal((await db.selectFrom('sessions').select('id').where('memberId', '=', officer.id).execute()).length, 0);
});
