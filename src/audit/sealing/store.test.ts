import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { testLogKeys as keys, sealAll as seal, sealOnce } from '../../../test/fixtures/audit-log.ts';
import type { StoreName } from '../../platform/access-policy/access.ts';
import { createLogRow, writeLog } from '../../platform/audit-hook/audit.ts';
import { beginWriting, type Db } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { addRows, exampleRow } from '../log/examples.ts';
import { formatFinding } from '../verify/findings.ts';
import { type Key, readKey, readNote } from '../verify/note.ts';
import { verifyAddress } from '../verify/open.ts';
import type { VerifyResult } from '../verify/verify.ts';
import { timeOfLine } from './checkpoint.ts';

const published = (store: StoreName): Key[] => keys[store].publicKeys.map((text) => readKey(text) as Key);

/** As an auditor does it. */
async function verified(db: Db, store: StoreName = 'main', held?: string): Promise<VerifyResult> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  [address.username, address.password] = ['safelight_auditor', 'only-for-tests'];
  address.pathname = `/${rows[0]?.name}`;
  const asked = { keys: published(store), ...(held && { held: [{ from: 'what I held', text: held }] }) };
  return verifyAddress(address.href, asked);
}

const wrongWith = ({ findings }: VerifyResult): string => findings.map(formatFinding).join('\n');

async function sealedApplication(t: TestContext, rows = 300): Promise<TestApplication> {
  const application = await openApplication(t);
  await addRows(application.databases.for('main', 'staff'), rows);
  await seal(application);
  return application;
}

test('rows become leaves, and the auditor finds every one', async (t) => {
  const application = await sealedApplication(t);
  await addRows(application.databases.for('main', 'staff'), 7);
  await seal(application);
  await addRows(application.databases.for('main', 'staff'), 3);
  const found = await verified(application.db);
  assert.equal(wrongWith(found), '');
  assert.deepEqual([found.size, found.tail], [307, 3]);
  // A transaction under way anywhere on the server may hold a row back for the next checkpoint: two or more.
  const { rows } = await sql<{ kept: number }>`select count(*)::int as kept from log_checkpoints`.execute(
    application.db,
  );
  assert.ok(found.checkpoints >= 2);
  assert.equal(found.checkpoints, rows[0]?.kept);
});

test('the safeguarding store has a log of its own, and its checkpoints tell the hour alone', async (t) => {
  const application = await openApplication(t, { time: '12:34' });
  await addRows(application.databases.for('safeguarding', 'safeguarding'), 5, {
    at: floorToHour(application.clock.now()),
  });
  await seal(application);
  const found = await verified(application.safeguardingDb, 'safeguarding');
  assert.equal(wrongWith(found), '');
  assert.equal(found.origin, keys.safeguarding.origin);
  const times = readNote(found.checkpoint ?? '')?.lines.map(({ text }) => timeOfLine(text));
  assert.deepEqual(times?.at(-1), floorToHour(application.clock.now()));
});

test('a row of a transaction under way is not overtaken', async (t) => {
  const application = await openApplication(t);
  const staff = application.databases.for('main', 'staff');
  const slow = await beginWriting(staff);
  await writeLog(slow, [exampleRow({ event: 'slow' })]);
  await addRows(staff, 2);
  await sealOnce(application, 'main');
  assert.equal((await verified(application.db)).size, 0);
  await slow.commit().execute();
  await seal(application);
  const found = await verified(application.db);
  assert.equal(wrongWith(found), '');
  assert.deepEqual([found.size, found.tail], [3, 0]);
});

test('who held an earlier checkpoint finds the log grown from it, and finds a log that was rewound', async (t) => {
  const application = await sealedApplication(t, 20);
  const held = (await verified(application.db)).checkpoint;
  assert.ok(held);
  await addRows(application.databases.for('main', 'staff'), 20);
  await seal(application);
  assert.equal(wrongWith(await verified(application.db, 'main', held)), '');
  await application.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['log_leaves', 'log_nodes', 'log_checkpoints'])
      await sql`delete from ${sql.id(table)}`.execute(tx);
  });
  await seal(application);
  assert.match(wrongWith(await verified(application.db, 'main', held)), /rewritten: its first 20 leaves/);
  assert.equal(wrongWith(await verified(application.db)), '', 'only who held something can know');
});

test('a row that was changed is named by leaf, row and time, and not by what it says', async (t) => {
  const application = await sealedApplication(t, 30);
  await application.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update access_log set reason = 'a secret' where id = (select id from log_leaves where index = 17)`.execute(
      tx,
    );
  });
  const said = wrongWith(await verified(application.db));
  assert.match(said, /^leaf 17, row \d+\/\d+, event of 2026-09-18 10:59:30\.123\+00: the row or its opening/);
  assert.doesNotMatch(said, /secret/);
});

test('nobody changes or empties what was sealed, not even the superuser by mistake', async (t) => {
  const { db } = await sealedApplication(t, 3);
  for (const statement of [
    `update access_log set reason = 'x'`,
    'delete from access_log',
    'delete from log_leaves',
    'update log_leaves set opening = null',
    `update log_checkpoints set note = 'x'`,
    'truncate log_nodes',
    'truncate log_checkpoints cascade',
  ])
    await assert.rejects(sql.raw(statement).execute(db), /the log is only added to/, statement);
});

test('no process adds to the tree, and none adds a row where the log is already sealed', async (t) => {
  const { databases } = await sealedApplication(t, 3);
  const leaf = sql`insert into log_leaves values (99, '1', 1, decode(repeat('00', 32), 'hex'), null)`;
  for (const role of ['staff', 'statistics', 'publisher', 'auditor', 'public'] as const)
    await assert.rejects(leaf.execute(databases.for('main', role)), /permission denied/, role);
  const early = { ...exampleRow(), xid: '1' };
  const erasure = exampleRow({ kind: 'erasure', event: 'log.erased', fields: ['0'] });
  for (const role of ['staff', 'auditor'] as const)
    for (const row of [early, erasure])
      await assert.rejects(
        databases.for('main', role).insertInto('accessLog').values(row).execute(),
        /row-level security/,
        role,
      );
  await assert.rejects(
    sql`select opening from log_leaves`.execute(databases.for('main', 'staff')),
    /permission denied/,
  );
});

test('an erasure that names nothing before it destroys nothing, and holds up nothing', async (t) => {
  const application = await sealedApplication(t, 3);
  const leader = application.databases.for('main', 'leader');
  for (const fields of [[], ['every row'], ['4000']])
    await writeLog(leader as never, [exampleRow({ kind: 'erasure', event: 'log.erased', purpose: 'audit', fields })]);
  await seal(application);
  const found = await verified(application.db);
  assert.equal(wrongWith(found), '');
  assert.deepEqual([found.size, found.erased, found.tail], [6, 0, 0]);
});

test('a row is erased once an erasure that names it is sealed, and the log still verifies', async (t) => {
  const application = await sealedApplication(t, 12);
  const { databases, db, clock } = application;
  const who = { now: clock.now(), actor: undefined, requestId: exampleRow().requestId };
  const action = { name: 'log.erase', purpose: 'audit', store: 'main' } as never;
  const row = createLogRow({ ...who, action }, 'log.erased', null, 'erasure', { fields: ['3', '7', '11', '4000'] });
  await sql`select ctx.destroy_erased('1', 1)`.execute(databases.for('main', 'leader')).then(
    () => assert.fail('destroyed without an erasure'),
    (error: Error) => assert.match(error.message, /only a sealed erasure/),
  );
  await writeLog(databases.for('main', 'leader') as never, [row]);
  await seal(application);
  const found = await verified(db);
  assert.equal(wrongWith(found), '');
  assert.deepEqual([found.size, found.erased], [13, 3]);
  const { rows } = await sql`
    select from access_log join log_leaves using (xid, id)
    where index in (3, 7, 11) and (opening is not null or subject is not null or event <> 'erased')`.execute(db);
  assert.equal(rows.length, 0);
  await sql`alter table access_log disable trigger user; update access_log set event = 'other' where event = 'erased'`.execute(
    db,
  );
  assert.match(wrongWith(await verified(db)), /its leaf was erased, and the row is not empty/);
});

test('reports an opening that is gone without an erasure', async (t) => {
  const { db } = await sealedApplication(t, 5);
  await sql`alter table log_leaves disable trigger user; update log_leaves set opening = null where index = 2`.execute(
    db,
  );
  assert.match(wrongWith(await verified(db)), /leaf 2.*no erasure in the log names it/);
});

test('sealing refuses to go on from a tree that is not what was signed', async (t) => {
  const application = await sealedApplication(t, 5);
  await sql`alter table log_leaves disable trigger user; update log_leaves set commitment = decode(repeat('00', 32), 'hex') where index = 4`.execute(
    application.db,
  );
  await addRows(application.databases.for('main', 'staff'), 1);
  await assert.rejects(seal(application), /not what its checkpoint says/);
});
