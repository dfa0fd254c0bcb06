import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { beginReading } from '../../platform/database/database.ts';
import type { Role } from '../../vocabulary/people.ts';
import { closeSession, openSession, resolveActor, type SessionOptions } from './session.ts';
import { endMember } from './store.ts';

const password = { method: 'password', sharedWorkstation: false } as const;
const minutes = (from: Date, count: number): Date => new Date(from.getTime() + count * 60_000);

const someone = async ({ agency, member }: TestApplication, roles: readonly Role[] = ['planner']) =>
  member(await agency('council'), roles);

/** The owner of the token according to the database, and the values bound to the transaction. */
async function entering(application: TestApplication, token: string, at: Date, role: DatabaseRole = 'staff') {
  const tx = await beginReading(application.databases.for('main', role));
  try {
    const actor = await resolveActor(tx, token, at);
    const bound = await tx.selectNoFrom((on) => [
      on.fn('ctx.member').as('member'),
      on.fn('ctx.agency').as('agency'),
      on.fn('ctx.roles').as('roles'),
      on.fn('ctx.unfinished').as('unfinished'),
    ]);
    return { actor, bound: await bound.executeTakeFirstOrThrow() };
  } finally {
    await tx.commit().execute();
  }
}

test('a session lasts by the shortest limit of all that fit', async (t) => {
  const application = await openApplication(t);
  const now = application.clock.now();
  const cases: readonly (readonly [readonly Role[], SessionOptions, idle: number, whole: number])[] = [
    [['planner'], password, 60, 720],
    [['administrator'], password, 15, 480],
    [['field', 'custodian'], password, 15, 480],
    [['data-protection lead'], password, 30, 480],
    [['volunteer'], password, 30, 480],
    [['planner'], { ...password, sharedWorkstation: true }, 10, 480],
    [['planner'], { ...password, unfinished: true }, 15, 15],
  ];
  for (const [roles, opening, idle, whole] of cases) {
    const token = await openSession(application.db, (await someone(application, roles)).id, now, opening);
    const held = async (at: Date) => (await entering(application, token, at)).actor !== undefined;
    const what = `${roles} ${JSON.stringify(opening)}`;
    assert.equal(await held(minutes(now, idle - 0.1)), true, what);
    assert.equal(await held(minutes(now, idle)), false, `${what}: idle`);
    await application.db
      .updateTable('sessions')
      .set({ seenAt: minutes(now, whole) })
      .execute();
    assert.equal(await held(minutes(now, whole - 0.1)), true, `${what}: in use all the time`);
    assert.equal(await held(minutes(now, whole)), false, `${what}: at its end`);
  }
});

test('a session that never existed, was closed, or belongs to a former member signs in no one and binds nothing', async (t) => {
  const application = await openApplication(t);
  const now = application.clock.now();
  const nobody = { actor: undefined, bound: { member: null, agency: null, roles: null, unfinished: null } };
  const member = await someone(application);
  const [closed, left] = [
    await openSession(application.db, member.id, now, password),
    await openSession(application.db, member.id, now, password),
  ];
  assert.equal((await entering(application, left, now)).bound.member, member.id);
  await closeSession(application.db, closed);
  assert.deepEqual(await entering(application, closed, now), nobody);
  await endMember(application.db, member.id, now);
  for (const role of ['staff', 'statistics', 'publisher', 'auditor'] as const)
    assert.deepEqual(await entering(application, left, now, role), nobody, role);
  assert.deepEqual(await entering(application, 'a token that nobody made', now), nobody);
  const none = await openSession(application.db, member.id, now, password);
  assert.deepEqual(await entering(application, none, now), nobody, 'a member who has left is not signed in');
  await assert.rejects(
    application.db.updateTable('sessions').set({ endedAt: null }).execute(),
    /a session that has ended stays ended/,
  );
});

test('an unfinished session is nobody to the row policies, under every role', async (t) => {
  const application = await openApplication(t);
  const now = application.clock.now();
  const member = await someone(application, ['planner']);
  const token = await openSession(application.db, member.id, now, { ...password, unfinished: true });
  for (const role of ['staff', 'statistics', 'publisher', 'auditor'] as const) {
    const { actor, bound } = await entering(application, token, now, role);
    assert.deepEqual(bound, { member: null, agency: null, roles: null, unfinished: member.id });
    assert.deepEqual([actor?.unfinished, actor?.roles], [true, []]);
  }
  const answer = await application.app.inject({ url: '/staff/operations', cookies: { safelight: token } });
  assert.notEqual(answer.statusCode, 200);
});

test('a session in use is kept from ending, by one write a minute that no answer waits for', async (t) => {
  const application = await openApplication(t);
  const officer = await application.signIn(await someone(application));
  const seenAt = async () =>
    (await application.db.selectFrom('sessions').select('seenAt').executeTakeFirstOrThrow()).seenAt;
  const began = application.clock.now();
  const seenBy = async (at: Date) => {
    for (let tries = 0; tries < 200 && (await seenAt()) < at; tries += 1) await sleep(10);
    return seenAt();
  };
  for (let hour = 1; hour <= 3; hour += 1) {
    application.clock.move(minutes(began, hour * 50));
    assert.equal((await officer.get('/staff')).statusCode, 200, `after ${hour} times fifty minutes`);
    assert.deepEqual(await seenBy(application.clock.now()), application.clock.now());
  }
  const before = await seenAt();
  application.clock.move(new Date(before.getTime() + 30_000));
  await officer.get('/staff');
  assert.deepEqual(await seenAt(), before, 'half a minute later there is nothing new to write');
  application.clock.move(minutes(before, 61));
  assert.equal((await officer.get('/staff')).statusCode, 303);
});
