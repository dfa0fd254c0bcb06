import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { beginReading } from '../../platform/database/database.ts';
import type { Role } from '../../vocabulary/people.ts';
import { closeSession, type Opening, openSession, resolveActor } from './session.ts';
import { endMember } from './store.ts';

const password = { method: 'password', sharedWorkstation: false } as const;
const minutes = (from: Date, count: number): Date => new Date(from.getTime() + count * 60_000);

const someone = async ({ agency, member }: TestApplication, roles: readonly Role[] = ['planner']) =>
  member(await agency('council'), roles);

/** The owner of the token according to the database, and the values bound to the transaction. */
async function entering(house: TestApplication, token: string, at: Date, role: DatabaseRole = 'staff') {
  const tx = await beginReading(house.databases.for('main', role));
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
  const house = await openApplication(t);
  const now = house.clock.now();
  const cases: readonly (readonly [readonly Role[], Opening, idle: number, whole: number])[] = [
    [['planner'], password, 60, 720],
    [['administrator'], password, 15, 480],
    [['field', 'custodian'], password, 15, 480],
    [['data-protection lead'], password, 30, 480],
    [['volunteer'], password, 30, 480],
    [['planner'], { ...password, sharedWorkstation: true }, 10, 480],
    [['planner'], { ...password, unfinished: true }, 15, 15],
  ];
  for (const [roles, opening, idle, whole] of cases) {
    const token = await openSession(house.db, (await someone(house, roles)).id, now, opening);
    const held = async (at: Date) => (await entering(house, token, at)).actor !== undefined;
    const what = `${roles} ${JSON.stringify(opening)}`;
    assert.equal(await held(minutes(now, idle - 0.1)), true, what);
    assert.equal(await held(minutes(now, idle)), false, `${what}: idle`);
    await house.db
      .updateTable('sessions')
      .set({ seenAt: minutes(now, whole) })
      .execute();
    assert.equal(await held(minutes(now, whole - 0.1)), true, `${what}: in use all the time`);
    assert.equal(await held(minutes(now, whole)), false, `${what}: at its end`);
  }
});

test('a session that never existed, was closed, or belongs to a former member signs in no one and binds nothing', async (t) => {
  const house = await openApplication(t);
  const now = house.clock.now();
  const nobody = { actor: undefined, bound: { member: null, agency: null, roles: null, unfinished: null } };
  const member = await someone(house);
  const [closed, left] = [
    await openSession(house.db, member.id, now, password),
    await openSession(house.db, member.id, now, password),
  ];
  assert.equal((await entering(house, left, now)).bound.member, member.id);
  await closeSession(house.db, closed);
  assert.deepEqual(await entering(house, closed, now), nobody);
  await endMember(house.db, member.id, now);
  for (const role of ['staff', 'statistics', 'publisher', 'auditor'] as const)
    assert.deepEqual(await entering(house, left, now, role), nobody, role);
  assert.deepEqual(await entering(house, 'a token that nobody made', now), nobody);
  const none = await openSession(house.db, member.id, now, password);
  assert.deepEqual(await entering(house, none, now), nobody, 'nobody who has left is signed in');
  await assert.rejects(
    house.db.updateTable('sessions').set({ endedAt: null }).execute(),
    /a session that has ended stays ended/,
  );
});

test('an unfinished session is nobody to the row policies, under every role', async (t) => {
  const house = await openApplication(t);
  const now = house.clock.now();
  const member = await someone(house, ['planner']);
  const token = await openSession(house.db, member.id, now, { ...password, unfinished: true });
  for (const role of ['staff', 'statistics', 'publisher', 'auditor'] as const) {
    const { actor, bound } = await entering(house, token, now, role);
    assert.deepEqual(bound, { member: null, agency: null, roles: null, unfinished: member.id });
    assert.deepEqual([actor?.unfinished, actor?.roles], [true, []]);
  }
  const answer = await house.app.inject({ url: '/staff/operations', cookies: { safelight: token } });
  assert.notEqual(answer.statusCode, 200);
});

test('a session in use is kept from ending, by one write a minute that no answer waits for', async (t) => {
  const house = await openApplication(t);
  const officer = await house.signIn(await someone(house));
  const seenAt = async () => (await house.db.selectFrom('sessions').select('seenAt').executeTakeFirstOrThrow()).seenAt;
  const began = house.clock.now();
  const seenBy = async (at: Date) => {
    for (let tries = 0; tries < 200 && (await seenAt()) < at; tries += 1) await sleep(10);
    return seenAt();
  };
  for (let hour = 1; hour <= 3; hour += 1) {
    house.clock.move(minutes(began, hour * 50));
    assert.equal((await officer.get('/staff')).statusCode, 200, `after ${hour} times fifty minutes`);
    assert.deepEqual(await seenBy(house.clock.now()), house.clock.now());
  }
  const before = await seenAt();
  house.clock.move(new Date(before.getTime() + 30_000));
  await officer.get('/staff');
  assert.deepEqual(await seenAt(), before, 'half a minute later there is nothing new to write');
  house.clock.move(minutes(before, 61));
  assert.equal((await officer.get('/staff')).statusCode, 303);
});
