import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { application } from '../../../test/harness/application.ts';
import { passwords } from '../../../test/harness/database.ts';
import { roleName } from '../access-policy/row-policies.ts';
import { databaseRoles } from '../config.ts';
import { migrate } from './migrate.ts';
import { findDisabledGuards } from './row-guards.ts';
import { isUpToDate, storeDigest } from './schema-digest.ts';

test('policies that somebody loosened, dropped or granted round are put back at the next start', async (t) => {
  const { db } = await openApplication(t);
  const policies = async () => {
    const { rows } = await sql<{ all: string }>`
      select string_agg(concat_ws(' ', oid, polname, pg_get_expr(polqual, polrelid)), ';' order by oid) as all from pg_policy`.execute(
      db,
    );
    return rows[0]?.all ?? '';
  };
  const before = await policies();
  await migrate(db, 'main', application);
  assert.equal(await policies(), before, 'what stands is left standing');

  for (const tampering of [
    `alter policy "safelight:read:staff" on premises using (true)`,
    `drop policy "safelight:read:staff" on premises`,
    `grant select on premises to safelight_public`,
    `grant select (address) on premises to safelight_statistics`,
    `alter table premises no force row level security`,
    `create policy wider on premises for select to safelight_staff using (true)`,
    `revoke usage on schema ctx from safelight_staff`,
  ]) {
    await sql.raw(tampering).execute(db);
    await migrate(db, 'main', application);
    const { rows } = await sql<{ open: boolean }>`
      select exists (select from pg_policies where tablename = 'premises' and (qual = 'true' or policyname = 'wider') and roles <> '{safelight_relations}')
        or has_table_privilege('safelight_public', 'premises', 'select')
        or has_column_privilege('safelight_statistics', 'premises', 'address', 'select')
        or not (select relforcerowsecurity from pg_class where oid = 'premises'::regclass)
        or not has_schema_privilege('safelight_staff', 'ctx', 'usage')
        or not exists (select from pg_policies where tablename = 'premises' and policyname = 'safelight:read:staff') as open`.execute(
      db,
    );
    assert.equal(rows[0]?.open, false, tampering);
  }
});

test('a start is spared its work only by the same wish, the same state and the same passwords', async (t) => {
  const { db } = await openApplication(t);
  await storeDigest(db, 'this', { version: '0.1.0', earliest: '0.0.0' });
  assert.equal(await isUpToDate(db, 'this', passwords), true);
  assert.equal(await isUpToDate(db, 'that', passwords), false);
  for (const role of databaseRoles.map(roleName))
    assert.equal(await isUpToDate(db, 'this', { ...passwords, [role]: 'another' }), false, role);
  await sql`create view everything as select * from premises`.execute(db);
  assert.equal(await isUpToDate(db, 'this', passwords), false);
});

test('a trigger or a row security that somebody turned off or took away is put back at the next start, which says so once', async (t) => {
  const { db } = await openApplication(t);
  for (const [tampering, named] of [
    [
      'alter table access_log disable trigger user',
      /trigger (fill_owner|never_emptied|only_added_to) of the table access_log was off; it is back/,
    ],
    ['drop trigger never_emptied on log_nodes', /trigger never_emptied of the table log_nodes was missing; it is back/],
    ['drop trigger fill_owner on access_log', /trigger fill_owner of the table access_log was missing; it is back/],
    [
      'alter table sessions disable trigger ended_stays_ended',
      /trigger ended_stays_ended of the table sessions was off/,
    ],
    ['alter table access_log disable row level security', /row security of the table access_log was off; it is back/],
  ] as const) {
    await sql.raw(tampering).execute(db);
    const said: string[] = [];
    await migrate(db, 'main', application, {}, (sentence) => said.push(sentence));
    assert.ok(said.length > 0 && said.every((sentence) => named.test(sentence)), `${tampering}: ${said.join(' ')}`);
    assert.deepEqual(await findDisabledGuards(db), [], tampering);
    await migrate(db, 'main', application, {}, () => assert.fail('said again'));
  }
  await sql`alter table log_cosignatures disable trigger all`.execute(db);
  for (let start = 1; start <= 2; start += 1) {
    const said: string[] = [];
    await migrate(db, 'main', application, {}, (sentence) => said.push(sentence));
    assert.match(
      said.join(' '),
      /RI_ConstraintTrigger.* is off, and the superuser’s alone to put back/,
      `start ${start}`,
    );
  }
});

test('no table is without row security, not even the list of applied files, and migrating goes on working', async (t) => {
  const { db, databases } = await openApplication(t);
  const owner = databases.for('main', 'owner');
  const { rows } = await sql<{ relname: string }>`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and not (relrowsecurity and relforcerowsecurity)`.execute(db);
  assert.deepEqual(rows, []);
  const { main } = application.schema;
  const later = 'platform/main/9999-later';
  const withLater = {
    ...application,
    schema: { ...application.schema, main: { ...main, changes: [...main.changes, { name: later, text: 'select 1' }] } },
  };
  assert.deepEqual(await migrate(owner, 'main', withLater), [later]);
  await assert.rejects(
    migrate(owner, 'main', application),
    /has the change platform\/main\/9999-later, which this version/,
  );
});
