import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { readShape } from '../scripts/schema-shape.ts';
import { verifyAddress } from '../src/audit/verify/open.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { members } from '../src/tour/index.ts';
import type { PersonId } from '../src/vocabulary/ids.ts';
import { recordPaths } from '../src/vocabulary/paths/safeguarding/record.ts';
import { openDemonstration } from './fixtures/demonstration.ts';
import { countKeptRows, olderSeed, olderVersions } from './fixtures/older-version.ts';
import { application } from './harness/application.ts';
import { openTestDatabases } from './harness/database.ts';
import { query, rowOf } from './harness/sql.ts';

assert.ok(olderVersions.includes('0.1.0'), 'the databases of 0.1.0 are kept');

for (const version of olderVersions)
  test(`databases of ${version} come straight up to this version, with every row, a log that verifies, and pages that open`, async (t) => {
    const restored = await openDemonstration(t, {}, { seed: olderSeed(version) });
    const fresh = await openTestDatabases(t, application);
    for (const store of ['main', 'safeguarding'] as const) {
      const [db, empty] = [restored.addresses[store].owner, fresh.addresses[store].owner].map((address) =>
        openDatabase(address ?? '', { maxConnections: 1 }),
      );
      fresh.beforeDropping(async () => void (await Promise.all([db?.destroy(), empty?.destroy()])));
      if (!db || !empty) continue;
      assert.deepEqual(await readShape(db, store), await readShape(empty, store));
      const all = store === 'main' ? restored.db : restored.safeguardingDb;
      const kept = countKeptRows(version, store);
      assert.ok(kept.size > 20, `${store}: the rows were read`);
      for (const [table, rows] of kept) {
        const [there] = await query<{ count: number }>(all)`select count(*) from ${sql.table(table)}`;
        assert.ok(Number(there?.count) >= rows, `${store} ${table}: ${rows} rows were there`);
      }
      const log = await verifyAddress(restored.addresses[store].auditor ?? '', { keys: [], trusting: true });
      assert.deepEqual(log.findings, []);
      assert.ok(log.size > 0, 'the log has sealed rows');
    }
    const worked = new Set(
      (await query<{ name: string }>(restored.db)`select name from members`).map(({ name }) => name),
    );
    const ofThen = members.filter(({ name }) => worked.has(name));
    assert.ok(ofThen.length > 20, 'the cast of that version, which may be smaller');
    for (const { key } of ofThen) {
      const home = await (await restored.as(key)).get('/staff');
      assert.ok(home.statusCode < 400, `${key}: ${home.statusCode}`);
    }
    const { id, authorId } = await rowOf(restored.safeguardingDb, 'persons');
    const author = await restored.signIn((await rowOf(restored.db, 'members', { id: authorId })) as never);
    const record = await author.get(recordPaths.record(id as PersonId));
    assert.equal(record.statusCode, 200, 'what was sealed then opens now');
  });
