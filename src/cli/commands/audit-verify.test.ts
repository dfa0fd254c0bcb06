import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { sealAll, testLogKeys } from '../../../test/fixtures/audit-log.ts';
import { typed } from '../../../test/fixtures/terminal.ts';
import { addRows } from '../../audit/log/examples.ts';

test('verifies a log against an earlier checkpoint and names a changed row', async (t) => {
  const application = await openApplication(t);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-held-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await addRows(application.databases.for('main', 'staff'), 12);
  await sealAll(application);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(application.db);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  [address.username, address.password, address.pathname] = ['safelight_auditor', 'only-for-tests', `/${rows[0]?.name}`];
  const given = ['audit', 'verify', '--address', address.href, '--held', join(folder, 'held')];
  const keys = testLogKeys.main.publicKeys.flatMap((key) => ['--key', key]);

  const first = await typed([...given, ...keys]);
  assert.equal(first.code, 0, first.said.join('\n'));
  assert.match(readFileSync(join(folder, 'held'), 'utf8'), /12/);
  assert.equal((await typed([...given, ...keys])).code, 0);
  const trusting = await typed(given);
  assert.equal(trusting.code, 0);
  assert.match(trusting.told.join('\n'), /proves nothing against the people who run it/);

  await sql`alter table access_log disable trigger user; update access_log set reason = 'x' where id = 5`.execute(
    application.db,
  );
  const tampered = await typed([...given, ...keys]);
  assert.equal(tampered.code, 4);
  assert.match(tampered.said.join('\n'), /WRONG {2}leaf 4, row \d+\/5, event of 2026-09-18/);

  assert.match(tampered.said.join('\n'), /WRONG {2}the trigger fill_owner of access_log is off/);

  const other = testLogKeys.safeguarding.publicKeys.flatMap((key) => ['--key', key]);
  assert.equal((await typed([...given, ...other])).code, 4);
  assert.equal((await typed([...given, '--key', 'no key'])).code, 2);
  address.pathname = '/no_such_database';
  assert.equal((await typed(['audit', 'verify', '--address', address.href])).code, 1);
  assert.ok(existsSync(join(folder, 'held')));
});

test('verifies the log of the safeguarding database with the same login', async (t) => {
  const application = await openApplication(t);
  await addRows(application.databases.for('safeguarding', 'safeguarding'), 5);
  await sealAll(application);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(application.safeguardingDb);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  [address.username, address.password, address.pathname] = ['safelight_auditor', 'only-for-tests', `/${rows[0]?.name}`];
  const keys = testLogKeys.safeguarding.publicKeys.flatMap((key) => ['--key', key]);

  const verified = await typed(['audit', 'verify', '--address', address.href, ...keys]);
  assert.equal(verified.code, 0, verified.said.join('\n'));
  assert.match(verified.said.join('\n'), /5 leaves/);
});

test('names a disabled or missing protection of the log, even if every row is unchanged', async (t) => {
  const application = await openApplication(t);
  await addRows(application.databases.for('main', 'staff'), 3);
  await sealAll(application);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(application.db);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  [address.username, address.password, address.pathname] = ['safelight_auditor', 'only-for-tests', `/${rows[0]?.name}`];
  const keys = testLogKeys.main.publicKeys.flatMap((key) => ['--key', key]);
  const verify = () => typed(['audit', 'verify', '--address', address.href, ...keys]);
  assert.equal((await verify()).code, 0);
  for (const [broken, mended, named] of [
    [
      'alter table log_keys disable trigger never_emptied',
      'alter table log_keys enable trigger user',
      'trigger never_emptied of log_keys is off',
    ],
    [
      'alter table log_leaves enable replica trigger only_added_to',
      'alter table log_leaves enable trigger user',
      'trigger only_added_to of log_leaves is off',
    ],
    [
      'alter table log_cosignatures disable trigger all',
      'alter table log_cosignatures enable trigger all',
      'RI_ConstraintTrigger',
    ],
    [
      'alter table log_witnesses no force row level security',
      'alter table log_witnesses force row level security',
      'row security of log_witnesses is not forced',
    ],
    [
      'alter table access_log disable row level security',
      'alter table access_log enable row level security',
      'row security of access_log is off',
    ],
    ['drop trigger fill_owner on access_log', 'select 1', 'trigger fill_owner of access_log is missing'],
  ] as const) {
    await sql.raw(broken).execute(application.db);
    const { code, said } = await verify();
    assert.equal(code, 4, broken);
    assert.match(said.join('\n'), new RegExp(`WRONG  .*${named}`));
    await sql.raw(mended).execute(application.db);
  }
});
