import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { addRows } from '../log/examples.ts';
import { sealAll, testLogKeys } from '../log/log.testing.ts';
import { openHouse } from '../testing/house.ts';
import { typed } from '../testing/terminal.ts';

test('a log is verified, held to what was held before, and a changed row named', async (t) => {
  const house = await openHouse(t);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-held-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await addRows(house.databases.for('main', 'staff'), 12);
  await sealAll(house);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(house.db);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  [address.username, address.password, address.pathname] = ['safelight_auditor', 'only-for-tests', `/${rows[0]?.name}`];
  const given = ['audit', 'verify', '--address', address.href, '--held', join(folder, 'held')];
  const keys = testLogKeys.main.published.flatMap((key) => ['--key', key]);

  const first = await typed([...given, ...keys]);
  assert.equal(first.code, 0, first.said.join('\n'));
  assert.match(readFileSync(join(folder, 'held'), 'utf8'), /12/);
  assert.equal((await typed([...given, ...keys])).code, 0);
  const trusting = await typed(given);
  assert.equal(trusting.code, 0);
  assert.match(trusting.told.join('\n'), /proves nothing against whoever runs it/);

  await sql`alter table access_log disable trigger user; update access_log set reason = 'x' where id = 5`.execute(
    house.db,
  );
  const tampered = await typed([...given, ...keys]);
  assert.equal(tampered.code, 4);
  assert.match(tampered.said.join('\n'), /WRONG {2}leaf 4, row \d+\/5, event of 2026-09-18/);

  const other = testLogKeys.safeguarding.published.flatMap((key) => ['--key', key]);
  assert.equal((await typed([...given, ...other])).code, 4);
  assert.equal((await typed([...given, '--key', 'no key'])).code, 2);
  address.pathname = '/no_such_database';
  assert.equal((await typed(['audit', 'verify', '--address', address.href])).code, 1);
  assert.ok(existsSync(join(folder, 'held')));
});

test('the log behind the wall is verified by the same login', async (t) => {
  const house = await openHouse(t);
  await addRows(house.databases.for('safeguarding', 'safeguarding'), 5);
  await sealAll(house);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(house.safeguardingDb);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  [address.username, address.password, address.pathname] = ['safelight_auditor', 'only-for-tests', `/${rows[0]?.name}`];
  const keys = testLogKeys.safeguarding.published.flatMap((key) => ['--key', key]);

  const verified = await typed(['audit', 'verify', '--address', address.href, ...keys]);
  assert.equal(verified.code, 0, verified.said.join('\n'));
  assert.match(verified.said.join('\n'), /5 leaves/);
});
