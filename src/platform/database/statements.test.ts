import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { actorOf } from '../../../test/fixtures/as-member.ts';
import { newId } from '../../vocabulary/ids.ts';
import { beginReading, beginWriting, openDatabase, setContext } from './database.ts';
import { Statements } from './statements.ts';

test('a statement earns its name by being asked often, and the name says which text it is', () => {
  const statements = new Statements();
  const asked = Array.from({ length: 25 }, () => statements.nameOf('select 1'));
  assert.equal(asked.filter((name) => name === undefined).length, 19);
  assert.notEqual(asked.at(-1), undefined);
  const others = Array.from({ length: 25 }, () => statements.nameOf('select 2')).at(-1);
  assert.notEqual(others, asked.at(-1));
  statements.disable();
  assert.equal(statements.nameOf('select 1'), undefined);
});

test('the end of a read is not waited for, and the next reader gets nothing of it', async (t) => {
  const application = await openApplication(t);
  const actor = await actorOf(application, await application.member(await application.agency(), ['planner']));
  const staff = application.databases.for('main', 'staff', { maxConnections: 1 });
  const who = async (context: boolean) => {
    const tx = await beginReading(staff);
    if (context) await setContext(tx, { now: application.clock.now(), actor });
    const { rows } = await sql<{ member: string | null }>`select ctx.member() as member`.execute(tx);
    await tx.commit().execute();
    return rows[0]?.member;
  };
  for (let turn = 0; turn < 50; turn += 1)
    assert.equal(await who(turn % 2 === 0), turn % 2 === 0 ? actor.memberId : null);
});

test('a read that no other follows ends by itself, and before a change on its connection', async (t) => {
  const application = await openApplication(t);
  const staff = application.databases.for('main', 'staff', { maxConnections: 1 });
  const read = async (): Promise<number> => {
    const tx = await beginReading(staff);
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await tx.commit().execute();
    return rows[0]?.pid ?? 0;
  };
  const pid = await read();
  const open = async (): Promise<boolean> => {
    const { rows } = await sql<{ state: string }>`select state from pg_stat_activity where pid = ${pid}`.execute(
      application.db,
    );
    return rows[0]?.state !== 'idle';
  };
  for (let tries = 0; (await open()) && tries < 400; tries += 1) await new Promise((done) => setTimeout(done, 5));
  assert.equal(await open(), false);
  await read();
  const writing = await beginWriting(staff);
  const { rows } = await sql<{ it: string }>`select current_setting('transaction_read_only') as it`.execute(writing);
  await writing.rollback().execute();
  assert.equal(rows[0]?.it, 'off');
});

test('a table that changes under a named statement fails one question, and the next is answered', async (t) => {
  const application = await openApplication(t);
  await application.agency();
  const staff = application.databases.for('main', 'staff', { maxConnections: 1 });
  const actor = await actorOf(application, await application.member(await application.agency(), ['planner']));
  const ask = async () => {
    const tx = await beginReading(staff);
    try {
      await setContext(tx, { now: application.clock.now(), actor });
      return (await tx.selectFrom('agencies').selectAll().where('name', '<>', '').execute()).length;
    } finally {
      await tx.commit().execute();
    }
  };
  for (let turn = 0; turn < 30; turn += 1) assert.equal(await ask(), 2);
  await sql`alter table agencies add column since date`.execute(application.db);
  await ask().catch(() => {});
  assert.equal(await ask(), 2);
});

test('a reader of a page whose table an upgrade has just changed is answered', async (t) => {
  const { signIn, db } = await openApplication(t);
  const planner = await signIn('week.read');
  const ask = async () => (await planner.get(`/staff/weeks/${newId()}`)).statusCode;
  for (let turn = 0; turn < 45; turn += 1) assert.equal(await ask(), 404);
  await sql`alter table weeks add column trial date`.execute(db);
  assert.equal(await ask(), 404);
});

test('where names are not kept, as behind an old pooler, they are given up', async (t) => {
  const application = await openApplication(t);
  const db = openDatabase(process.env.SAFELIGHT_TEST_SERVER ?? '', { maxConnections: 1 });
  t.after(() => db.destroy());
  const ask = () => sql<{ it: number }>`select ${7}::int as it`.execute(db);
  for (let turn = 0; turn < 25; turn += 1) await ask();
  await sql`deallocate all`.execute(db);
  await assert.rejects(ask, { code: '26000' });
  assert.equal((await ask()).rows[0]?.it, 7);
  assert.equal(application.clock.today(), '2026-09-18');
});
