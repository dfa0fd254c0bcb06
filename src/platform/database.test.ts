import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openHouse } from '../testing/house.ts';
import { beginReading } from './database.ts';

test('a lost connection fails the query under way, and the next one finds another', async (t) => {
  const { databases, db, app } = await openHouse(t);
  const staff = databases.for('main', 'staff');
  const cut = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'safelight_staff' and datname = current_database()`.execute(
      db,
    );
  const heard = () => new Promise((done) => setTimeout(done, 200)); // The pool hears of it a moment later.
  await sql`select 1`.execute(staff); // One lies idle.
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
