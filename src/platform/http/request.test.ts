import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { sql } from 'kysely';
import {
  holdSession,
  openApplication,
  resolveActor,
  type TestApplication,
} from '../../../test/fixtures/application.ts';
import { access } from '../../../test/harness/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { LookWriter } from '../audit-hook/audit.ts';
import { Work } from './request.ts';
import { sessionCookie } from './sites.ts';

async function someWork(
  { databases, db, clock, agency, member }: TestApplication,
  action: string,
  roles: Parameters<TestApplication['member']>[1],
  looks = new LookWriter(databases),
): Promise<Work> {
  const { openSession } = await import('../../../test/fixtures/application.ts');
  const who = await member(await agency('council'), roles);
  const token = await openSession(db, who.id, clock.now(), { method: 'password', sharedWorkstation: false });
  const work = new Work({ databases, looks, access, holdSession, resolveActor }, access.action(action), clock.now());
  await work.begin(token);
  return work;
}

test('a refusal leaves neither the change nor a row in the log', async (t) => {
  const application = await openApplication(t);
  const work = await someWork(application, 'account.add', ['administrator']);
  const refused = await work.change('account.added', newId(), async (tx) => {
    await tx.insertInto('outbox').values({ id: newId(), event: 'x', at: work.now }).execute();
    return refuse('changed my mind');
  });
  assert.deepEqual(refused, { ok: false, refusal: 'changed my mind' });
  assert.deepEqual(await application.auditTrail(), []);
  assert.deepEqual(await application.db.selectFrom('outbox').selectAll().execute(), []);
});

test('a change and its row are one: when the row cannot be written, nothing was changed', async (t) => {
  const application = await openApplication(t);
  const work = await someWork(application, 'account.add', ['administrator']);
  await sql`revoke insert on access_log from safelight_staff`.execute(application.db);
  await assert.rejects(
    work.change('account.added', newId(), async (tx) => {
      await tx.insertInto('outbox').values({ id: newId(), event: 'x', at: work.now }).execute();
      return accept(1);
    }),
  );
  assert.deepEqual(await application.db.selectFrom('outbox').selectAll().execute(), []);
});

test('knows that a change may be saved once its commit was sent to a database that then ends', async (t) => {
  const application = await openApplication(t);
  const { db } = application;
  const add = (work: Work) =>
    work.change('account.added', newId(), async (tx) => {
      await tx.insertInto('outbox').values({ id: newId(), event: 'x', at: work.now }).execute();
      return accept(1);
    });
  const atCommit = async (what: string) => {
    await sql
      .raw(`create or replace function at_commit() returns trigger language plpgsql as
      $$ begin ${what}; return null; end $$`)
      .execute(db);
  };
  await atCommit('perform pg_terminate_backend(pg_backend_pid())');
  await sql`create constraint trigger at_commit after insert on outbox deferrable initially deferred
    for each row execute function at_commit()`.execute(db);
  const lost = await someWork(application, 'account.add', ['administrator']);
  await assert.rejects(add(lost), { kind: 'unavailable' });
  assert.equal(lost.mayHaveChanged, true);

  await atCommit(`raise exception using errcode = '53100'`);
  const refused = await someWork(application, 'account.add', ['administrator']);
  await assert.rejects(add(refused), { kind: 'unavailable' });
  assert.equal(refused.mayHaveChanged, false, 'PostgreSQL answered that it saved nothing');
});

test('a look that cannot be written down is refused', async (t) => {
  const application = await openApplication(t);
  const work = await someWork(application, 'member.read', ['planner']);
  work.look('somebody looked', newId(), { fields: ['name'] });
  await sql`revoke insert on access_log from safelight_staff`.execute(application.db);
  await assert.rejects(work.settle(), /access log cannot be written/);
});

test('looks of many readers are committed together, each with who, what and which fields', async (t) => {
  const application = await openApplication(t);
  const works = [];
  const looks = new LookWriter(application.databases);
  for (let reader = 0; reader < 20; reader += 1) {
    const work = await someWork(application, 'member.read', ['planner'], looks);
    work.look('read', newId(), { fields: ['name'] });
    await work.endReading();
    works.push(work);
  }
  await Promise.all(works.map((work) => work.settle()));
  const rows = await application.db.selectFrom('accessLog').selectAll().execute();
  assert.equal(rows.length, 20);
  assert.equal(new Set(rows.map(({ memberId }) => memberId)).size, 20);
  assert.deepEqual(rows[0]?.fields, ['name']);
  assert.equal(rows[0]?.kind, 'consultation');
  const xids = new Set(rows.map(({ xid }) => xid));
  assert.ok(xids.size <= 3, `${xids.size} transactions for 20 looks`);
});

test('a read that the access log cannot keep is refused alone: other reads at that moment are answered', async (t) => {
  const application = await openApplication(t);
  const looks = new LookWriter(application.databases);
  const works = [];
  for (const reason of ['one', 'two', 'half a letter: \ud800', 'four']) {
    const work = await someWork(application, 'member.read', ['planner'], looks);
    work.look('read', newId(), { reason });
    await work.endReading();
    works.push(work);
  }
  const settled = await Promise.allSettled(works.map((work) => work.settle()));
  assert.deepEqual(
    settled.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal((await application.db.selectFrom('accessLog').selectAll().execute()).length, 3);
});

test('a route that does not say who may ask stops the start', async (t) => {
  const { app } = await openApplication(t);
  assert.ok(app);
  const bare = Fastify();
  bare.addHook('onRoute', (route) => {
    if (!route.config?.action) throw new Error('does not say who may ask');
  });
  assert.throws(() => bare.get('/open', async () => ''), /does not say who may ask/);
  await bare.close();
});

test('two hundred who stop half-way through a body and two hundred who hang up cost the others nothing', async (t) => {
  const application = await openApplication(t);
  const visitor = await application.signIn('home.read');
  await application.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = application.app.server.address() as { port: number };
  const sockets = [];
  for (let index = 0; index < 200; index += 1) {
    const half = connect(port, '127.0.0.1');
    half.on('error', () => {});
    half.write(
      'POST /staff/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nemail=a',
    );
    const gone = connect(port, '127.0.0.1');
    gone.on('error', () => {});
    gone.write(`GET /staff HTTP/1.1\r\nHost: x\r\nCookie: ${sessionCookie}=nobody\r\n\r\n`);
    gone.once('data', () => gone.destroy());
    sockets.push(half, gone);
  }
  await sleep(400);
  const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.get('/staff')));
  assert.ok(answers.every(({ statusCode }) => statusCode === 200));
  const held = async (): Promise<number | undefined> => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(
      application.db,
    );
    return rows[0]?.n;
  };
  // Those who hung up are still being answered for a while; what is held stays held.
  let last = await held();
  for (let tries = 0; tries < 50 && last !== 0; tries += 1) {
    await sleep(100);
    last = await held();
  }
  assert.equal(last, 0, 'no connection of the database is held');
  for (const socket of sockets) socket.destroy();
});

test('a body over the limit is 413, an unknown page 404, and neither prints a stack', async (t) => {
  const { app } = await openApplication(t);
  const long = await app.inject({
    method: 'POST',
    url: '/staff/sign-in',
    payload: `email=${'a'.repeat(70_000)}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(long.statusCode, 413);
  const unknown = await app.inject('/no/such/page');
  assert.equal(unknown.statusCode, 404);
  for (const [odd, like] of [
    ['/%E0%A4%A', '/no/such/page'],
    ['/%', '/no/such/page'],
    ['/staff/%E0%A4%A', '/staff/no/such/page'],
  ] as const) {
    const [answer, other] = [await app.inject(odd), await app.inject(like)];
    assert.equal(answer.statusCode, 404, odd);
    assert.equal(answer.body, other.body, 'as any other that nobody has');
    assert.deepEqual(Object.keys(answer.headers).sort(), Object.keys(other.headers).sort());
    for (const header of ['content-security-policy', 'cache-control', 'content-type'])
      assert.equal(answer.headers[header], other.headers[header], header);
  }
  const strange = await app.inject({ url: '/staff/accounts/%00', cookies: { [sessionCookie]: '\u0000' } });
  for (const { body } of [long, unknown, strange]) assert.doesNotMatch(body, /at \w+.*\.ts|node_modules/);
});

test('a connection that is cut in the middle of a read is said to be that, and no bug', async (t) => {
  const { db, signIn, agency, member } = await openApplication(t);
  const visitor = await signIn(await member(await agency('police force'), ['planner']));
  const answer = await db.transaction().execute(async (tx) => {
    await sql`lock table weeks in access exclusive mode`.execute(tx);
    const asked = visitor.get('/staff/weeks');
    const cut = sql<{ cut: boolean }>`select pg_terminate_backend(pid) as cut from pg_stat_activity
      where usename = 'safelight_staff' and datname = current_database() and wait_event_type = 'Lock'`;
    while ((await cut.execute(tx)).rows.length === 0) {
      await sleep(20);
      await sql`select pg_stat_clear_snapshot()`.execute(tx);
    }
    return asked;
  });
  assert.equal(answer.statusCode, 503);
});

test('for who has hung up nothing more is read', async (t) => {
  const work = await someWork(await openApplication(t), 'member.read', ['planner']);
  assert.equal(work.isDisconnected, false);
  await work.disconnect();
  assert.equal(work.isDisconnected, true);
  assert.throws(() => work.db);
});

test('all forms of one answer bear the same token, and the cookie that it holds by', async (t) => {
  const { app, signIn, agency, member } = await openApplication(t);
  const { token } = await signIn(await member(await agency('police force'), ['planner']));
  const { body, cookies } = await app.inject({ url: '/staff/weeks/new', cookies: { [sessionCookie]: token } });
  const tokens = [...body.matchAll(/name="_csrf" value="([^"]+)"/g)].map(([, one]) => one);
  assert.ok(tokens.length > 1);
  assert.equal(new Set(tokens).size, 1);
  const form = cookies.find(({ name }) => name === 'safelight-form');
  const signOut = await app.inject({
    method: 'POST',
    url: '/staff/sign-out',
    cookies: { [sessionCookie]: token, 'safelight-form': form?.value ?? '' },
    payload: new URLSearchParams({ _csrf: tokens[0] ?? '' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(signOut.statusCode, 303);
});

test('what is no form is not read: neither JSON that nests without end nor half a letter in it falls over', async (t) => {
  const { app } = await openApplication(t);
  for (const payload of [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, '{"email":"\\ud800@example.org"}']) {
    const answer = await app.inject({
      method: 'POST',
      url: '/staff/sign-in',
      payload,
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(answer.statusCode, 400);
  }
});
