import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readShape } from '../scripts/schema-shape.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { compareVersions, versionNeeded } from '../src/platform/database/schema-stamp.ts';
import { application } from './harness/application.ts';
import { openTestDatabases } from './harness/database.ts';

const folder = join(import.meta.dirname, 'fixtures/versions');

/** Of each table its columns, of each function itself: `main weeks.name text`, `main ctx.member(): uuid`. */
const itemsOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const [, table, columns = ''] = /^(\w+ \w+): (.+)$/.exec(line) ?? [];
    return table ? columns.split(/, (?=\w+ )/).map((column) => `${table}.${column}`) : [line];
  });

test('what the last version uses of the databases is there, unless a file of the contract half took it away', async (t) => {
  const [last = ''] = readdirSync(folder)
    .flatMap((name) => /^(.+)\.txt$/.exec(name)?.[1] ?? [])
    .sort((one, other) => compareVersions(other, one));
  const used = itemsOf(
    readFileSync(join(folder, `${last}.txt`), 'utf8')
      .trim()
      .split('\n'),
  );
  assert.ok(used.length > 1_500, 'the fixture was read');
  const databases = await openTestDatabases(t, application);
  const lines: string[] = [];
  for (const store of ['main', 'safeguarding'] as const) {
    const db = openDatabase(databases.addresses[store].owner ?? '', { maxConnections: 1 });
    databases.beforeDropping(() => db.destroy());
    lines.push(...(await readShape(db, store)));
  }
  const there = new Set(itemsOf(lines));
  const { main, safeguarding } = application.schema;
  const contracts = [...main.changes, ...safeguarding.changes].filter((file) => versionNeeded(file) !== undefined);
  const isTakenAway = (item: string): boolean => {
    const name = /^\w+ (?:ctx\.)?(?:\w+\.)?(\w+)/.exec(item)?.[1] ?? item;
    return contracts.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
  };
  const missing = used.filter((item) => !there.has(item) && !isTakenAway(item));
  assert.deepEqual(missing, [], `${last} uses these: see “Change the database” in CONTRIBUTING.md`);
});
