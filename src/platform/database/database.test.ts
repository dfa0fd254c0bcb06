import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { beginReading, beginWriting, forceSynchronousCommit, isUnavailable, openDatabase } from './database.ts';

test('a lost connection fails the query under way, and the next one finds another', async (t) => {
  const { databases, db, app } = await openApplication(t);
  const staff = databases.for('main', 'staff');
  const cut = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safelight_staff' and datname = current_database()`.execute(
      db,
    );
  const heard = () => new Promise((done) => setTimeout(done, 200)); // The pool hears of it a moment later.
  await sql`select 1`.execute(staff); // Leaves one connection idle.
  await cut();
  await heard();
  const held = await beginReading(staff); // One is held and asks nothing at the moment.
  await sql`select 1`.execute(held);
  const asking = assert.rejects(sql`select pg_sleep(20)`.execute(staff)); // One is waiting for its answer.
  await new Promise((done) => setTimeout(done, 100));
  await cut();
  await asking;
  await assert.rejects(sql`select 1`.execute(held));
  await held
    .rollback()
    .execute()
    .catch(() => {});
  await heard();
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(staff);
  assert.equal(rows[0]?.one, 1);
  assert.equal((await app.inject('/staff/sign-in')).statusCode, 200);
});

/** A way to the server on which, from a moment on, nothing is heard any more: nothing is refused and nothing ends. */
async function hangingWay(t: TestContext, server: URL) {
  let hangs = false;
  const ends: Socket[] = [];
  const way = createServer((here) => {
    ends.push(here);
    here.on('error', () => {});
    if (hangs) return;
    const folder = server.searchParams.get('host');
    const there = folder ? connect(`${folder}/.s.PGSQL.${server.port}`) : connect(Number(server.port), server.hostname);
    ends.push(there);
    there.on('error', () => {});
    here.on('data', (piece) => hangs || there.write(piece));
    there.on('data', (piece) => hangs || here.write(piece));
  });
  await new Promise<void>((done) => way.listen(0, '127.0.0.1', done));
  t.after(() => {
    for (const end of ends) end.destroy();
    way.close();
  });
  const address = new URL(server);
  address.searchParams.delete('host');
  [address.hostname, address.port] = ['127.0.0.1', String((way.address() as AddressInfo).port)];
  return { address: address.href, hang: () => (hangs = true) };
}

test('a server that no longer answers is noticed, by the holder of a connection and by the next to ask for one', async (t) => {
  const { address, hang } = await hangingWay(t, new URL(process.env.SAFELIGHT_TEST_SERVER ?? ''));
  const db = openDatabase(address, { maxConnections: 1, timeoutMs: 200 });
  t.after(() => db.destroy());
  await sql`select 1`.execute(db);
  hang();
  const asked = [1, 2, 3].map(() => sql`select 1`.execute(db));
  for (const one of await Promise.allSettled(asked))
    assert.ok(one.status === 'rejected' && isUnavailable(one.reason), String('reason' in one && one.reason));
});

test('a statement that waits too long is given up by the server too', async (t) => {
  const db = openDatabase(process.env.SAFELIGHT_TEST_SERVER ?? '', { maxConnections: 1, timeoutMs: 200 });
  t.after(() => db.destroy());
  await assert.rejects(sql`select pg_sleep(20)`.execute(db), (error) => isUnavailable(error));
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
  assert.equal(rows[0]?.one, 1, 'over the same connection');
});

test('what cannot be undone waits for the disk, also on a server that answers before; and nothing else does', async (t) => {
  const db = openDatabase(process.env.SAFELIGHT_TEST_SERVER ?? '', { maxConnections: 1 });
  t.after(() => db.destroy());
  const now = async (of: typeof db) =>
    (await sql<{ said: string }>`select current_setting('synchronous_commit') as said`.execute(of)).rows[0]?.said;
  await sql`set synchronous_commit = off`.execute(db);
  const tx = await beginWriting(db);
  await forceSynchronousCommit(tx);
  assert.equal(await now(tx), 'on');
  await tx.commit().execute();
  assert.equal(await now(db), 'off');
  await sql`set synchronous_commit = remote_apply`.execute(db);
  await forceSynchronousCommit(db);
  assert.equal(await now(db), 'remote_apply', 'a server that waits for more goes on waiting for it');
});
