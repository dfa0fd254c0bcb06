import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { computeCommitment, coveredColumns } from '../verify/row.ts';
import { commitment, encodeRow, leafColumns } from './leaf.ts';

test('no two rows read the same', () => {
  const rows = [
    ['a', 'b'],
    ['ab', ''],
    ['', 'ab'],
    [null, 'ab'],
    ['-', 'ab'],
    ['1:a,', 'b'],
    ['1:a,1:b,', ''],
    ['é', 'b'],
    ['e\u0301', 'b'],
    ['{NULL}', 'b'],
    ['{"NULL"}', 'b'],
  ];
  assert.equal(new Set(rows.map(encodeRow)).size, rows.length);
});

test('the writer and the stranger commit to the same row in the same way', () => {
  for (const row of [['1', null, 'words, with 3: marks', 'ünïcode ✓'], leafColumns.map((name) => name), []]) {
    const opening = randomBytes(32);
    assert.deepEqual(commitment(opening, row), computeCommitment(opening, row));
    assert.notDeepEqual(commitment(opening, row), computeCommitment(randomBytes(32), row));
  }
});

test('a leaf covers every column of the log, in both stores', async (t) => {
  const { db, safeguardingDb } = await openApplication(t);
  for (const store of [db, safeguardingDb]) {
    const { rows } = await sql<{ name: string }>`
      select column_name as name from information_schema.columns where table_name = 'access_log'`.execute(store);
    const names = rows.map(({ name }) => name).sort();
    assert.deepEqual([...leafColumns].sort(), names);
    assert.deepEqual(coveredColumns, [...leafColumns]);
  }
});
