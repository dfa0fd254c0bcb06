import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openEmptyDatabase } from '../../../test/harness/database.ts';
import { beginWriting, type Db, isUnavailable, openDatabase } from './database.ts';
import { UnreplicatedCommit } from './unreplicated.ts';

const cancelWaits = async (admin: Db): Promise<number> => {
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      select count(pg_cancel_backend(pid)) as n from pg_stat_activity
      where datname = current_database() and wait_event = 'SyncRep'`.execute(admin);
    if (rows[0]?.n) return rows[0].n;
  }
};

test('a commit whose wait for a replica was cancelled is no success, and the connection is not used again', async (t) => {
  const address = await openEmptyDatabase(t);
  const [admin, db] = [openDatabase(address, { maxConnections: 1 }), openDatabase(address, { maxConnections: 1 })];
  t.after(() => Promise.all([admin.destroy(), db.destroy()]));
  await sql`create table acts (id integer primary key)`.execute(admin);
  const pidOf = async (of: Db) => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(of)).rows[0]?.pid;
  const ways: Record<string, (id: number) => Promise<unknown>> = {
    'a statement alone': (id) => sql`insert into acts values (${id})`.execute(db),
    'a transaction': async (id) => {
      const tx = await beginWriting(db);
      await sql`insert into acts values (${id})`.execute(tx);
      await tx
        .commit()
        .execute()
        .finally(() =>
          tx
            .rollback()
            .execute()
            .catch(() => {}),
        );
    },
  };
  for (const [at, [way, write]] of Object.entries(ways).entries()) {
    await sql`set synchronous_commit = on`.execute(db);
    const before = await pidOf(db);
    const written = write(at).then(
      () => 'answered yes',
      (error: unknown) => error,
    );
    assert.equal(await cancelWaits(admin), 1, way);
    const said = await written;
    assert.ok(said instanceof UnreplicatedCommit, `${way}: ${said}`);
    assert.ok(isUnavailable(said), way);
    assert.notEqual(await pidOf(db), before, way);
    const { rows } = await sql`select id from acts where id = ${at}`.execute(db);
    assert.equal(rows.length, 1, `${way}: this server alone has it, which is why nobody may be told so`);
  }
});

test('another notice leaves the connection as it is', async (t) => {
  const db = openDatabase(await openEmptyDatabase(t), { maxConnections: 1 });
  t.after(() => db.destroy());
  await sql`do $$ begin raise warning 'canceling wait for synchronous replication due to user request'; end $$`.execute(
    db,
  );
  await sql`drop table if exists never`.execute(db);
  assert.equal((await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]?.one, 1);
});
