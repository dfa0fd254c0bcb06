import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables, renderSchemaPages } from '../scripts/schema-pages.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { application } from './harness/application.ts';
import { openTestDatabases } from './harness/database.ts';

const folder = join(import.meta.dirname, '../docs/schema');

test('docs/schema describes the tables that there are', async (t) => {
  const databases = await openTestDatabases(t, application);
  const read = async (address: string) => {
    const db = openDatabase(address, { maxConnections: 1 });
    databases.beforeDropping(() => db.destroy());
    return readTables(db);
  };
  const tables = {
    main: await read(databases.superuser.main),
    safeguarding: await read(databases.superuser.safeguarding),
  };
  const pages = renderSchemaPages(application, tables);
  assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
  for (const [name, text] of pages)
    assert.ok(readFileSync(join(folder, name), 'utf8') === text, `docs/schema/${name} is old: run npm run schema`);

  for (const [name, text] of pages) {
    const unexplained = [...text.matchAll(/^\| `.*\| {2}\|$|^### .*\n\n\.$/gm)].map(([line]) => line);
    assert.deepEqual(unexplained, [], `${name}: say at the end of the line in the schema file what it means`);
  }
  const all = [...pages.values()].join('\n');
  for (const { name } of [...tables.main, ...tables.safeguarding])
    assert.ok(all.includes(`\n### ${name}\n`) || all.includes(`are in \`${name}\`.`), `${name} is not described`);

  const visits = pages.get('visits.md') ?? '';
  assert.match(visits, /\n### visits\n/);
  assert.match(visits, /\| `id` \| uuid \| → `planned_visits`/);
  assert.match(visits, /\| `answer` \| text, optional \| `no reply`, `refused entry`/);
  assert.match(visits, /planned_visits \|\|--o\{ visits : id/);
  assert.doesNotMatch(pages.get('README.md') ?? '', /visits_versions/);
});
