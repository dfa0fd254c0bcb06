import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { application } from '../../../test/harness/application.ts';
import { compareCatalogues, readCatalogue } from '../../../test/harness/catalogue.ts';
import { openTestDatabases, passwords } from '../../../test/harness/database.ts';
import { BadConfiguration } from '../config.ts';
import { safelightVersion } from '../version.ts';
import { type Db, openDatabase } from './database.ts';
import { type DatabaseDefinition, migrate } from './migrate.ts';
import type { SchemaFile } from './schema-files.ts';
import { compareVersions, readStamp } from './schema-stamp.ts';
import { waitForMigration } from './versions-beside.ts';

const later = '99.0.0';
const column = 'alter table premises add column parking text';

type Given = { readonly version?: string; readonly name?: string };

/** The application one version on, with one more file. */
const next = (text: string, { version = later, name = '9000-more' }: Given = {}): DatabaseDefinition => {
  const file: SchemaFile = { name: `operations/main/${name}`, text };
  const { main } = application.schema;
  return {
    ...application,
    version,
    schema: { ...application.schema, main: { ...main, changes: [...main.changes, file] } },
  };
};

async function open(t: TestContext): Promise<{ readonly db: Db; readonly address: string }> {
  const { addresses, beforeDropping } = await openTestDatabases(t, application);
  const address = addresses.main.owner ?? '';
  // A second connection would count as a process of this version.
  const db = openDatabase(address, { maxConnections: 1 });
  beforeDropping(() => db.destroy());
  return { db, address };
}

/** Another process, with a transaction of its own. */
async function connect(t: TestContext, address: string, name = 'a reader'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address, application_name: name });
  client.on('error', () => {});
  await client.connect();
  t.after(() => client.end().catch(() => {}));
  return client;
}

const refusal = (sentence: RegExp) => (error: Error) => {
  assert.ok(error instanceof BadConfiguration, String(error));
  assert.match(error.message, sentence);
  return true;
};

/** Tries often, and calls `meanwhile` in each pause. */
const patient = (meanwhile: () => Promise<unknown>, tries = 3) => ({ lockMs: 50, tries, pause: meanwhile });
const impatient = patient(async () => {}, 1);

test('a change of one table waits for no reader of another', async (t) => {
  const { db, address } = await open(t);
  const reader = await connect(t, address);
  await reader.query('begin; select from weeks; select from members; select from access_log');
  const applied = await migrate(db, 'main', next(column), passwords, () => {}, impatient);
  assert.deepEqual(applied, ['operations/main/9000-more']);
  await reader.query('commit');
});

test('a change of a function locks no table but the versions of the policy', async (t) => {
  const { db, address } = await open(t);
  const reader = await connect(t, address);
  const { rows } = await reader.query(
    "select relname from pg_class where relkind = 'r' and relnamespace = 2200 and relname <> 'policy_versions'",
  );
  await reader.query(`begin; lock table ${rows.map(({ relname }) => relname).join(', ')} in row exclusive mode`);
  const { main } = application.schema;
  const text = 'create or replace function more() returns integer language sql as $$ select 1 $$';
  const functions = [...main.functions, { name: 'operations/main/more', text }];
  const more = { ...application, schema: { ...application.schema, main: { ...main, functions } } };
  await migrate(db, 'main', more, passwords, () => {}, impatient);
  assert.equal((await sql<{ more: number }>`select more()`.execute(db)).rows[0]?.more, 1);
});

test('while a table is in use a migration gives back what it holds, and tries again', async (t) => {
  const { db, address } = await open(t);
  const [reader, other] = [await connect(t, address), await connect(t, address)];
  await reader.query('begin; select from premises');
  let pauses = 0;
  const patience = patient(async () => {
    pauses += 1;
    await other.query("set lock_timeout = '1ms'; select from premises; select from operations");
    if (pauses === 2) await reader.query('commit');
  });
  const said: string[] = [];
  const text = `alter table operations add column parking text;\n${column}`;
  await migrate(db, 'main', next(text), passwords, (sentence) => said.push(sentence), patience);
  assert.equal(pauses, 2);
  assert.match(said.join(), /^A table is in use\./);
});

test('where a table never comes free the migration ends with what to do, and nothing is changed', async (t) => {
  const { db, address } = await open(t);
  const reader = await connect(t, address);
  const before = await readCatalogue(db);
  await reader.query('begin; select from premises');
  const migrating = migrate(
    db,
    'main',
    next(column),
    passwords,
    () => {},
    patient(async () => {}, 2),
  );
  await assert.rejects(migrating, refusal(/in 2 tries.*9000-more\.sql.*lock timeout.*upgrade\.md/));
  assert.deepEqual(compareCatalogues(before, await readCatalogue(db)), []);
});

test('an earlier version leaves a database of a later one as it is, and works with it', async (t) => {
  const { db } = await open(t);
  await migrate(db, 'main', next(column), passwords);
  assert.deepEqual(await readStamp(db), { version: later, earliest: '0.0.0' });
  const before = await readCatalogue(db);
  const said: string[] = [];
  assert.deepEqual(await migrate(db, 'main', application, passwords, (sentence) => said.push(sentence)), []);
  assert.deepEqual(compareCatalogues(before, await readCatalogue(db)), []);
  assert.match(said.join(), /^Safelight 99\.0\.0 has migrated this database\. This is .*changes nothing\.$/);
  assert.deepEqual(await readStamp(db), { version: later, earliest: '0.0.0' });
});

test('an earlier version does not touch a database that a later one is changing', async (t) => {
  const { db } = await open(t);
  const { main } = application.schema;
  const more = next(column);
  const broken = { name: 'operations/main/broken', text: 'create trigger nothing' };
  const schema = { ...more.schema, main: { ...more.schema.main, triggers: [...main.triggers, broken] } };
  await assert.rejects(migrate(db, 'main', { ...more, schema }, passwords), /broken\.sql/);
  const before = await readCatalogue(db);
  assert.deepEqual(await migrate(db, 'main', application, passwords), []);
  assert.deepEqual(compareCatalogues(before, await readCatalogue(db)), []);
  assert.deepEqual(await readStamp(db), { version: later, earliest: '0.0.0' });
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
    await migrate(db, 'main', more, passwords);
  };
  await waitForMigration(db, { version: later, tell: () => {}, pause });
  assert.equal(pauses, 1, 'a later one waits until it is finished');
});

test('an earlier version refuses a database without what it needs, and says which version to start', async (t) => {
  const { db } = await open(t);
  await migrate(db, 'main', next(`-- contract: needs ${later}\n${column}`), passwords);
  const sentence = /99\.0\.0 is the earliest version that can work with it.*start 99\.0\.0, or restore the backup/;
  await assert.rejects(migrate(db, 'main', application, passwords), refusal(sentence));
  const waiting = { version: safelightVersion, tell: () => {}, pause: async () => {} };
  await assert.rejects(waitForMigration(db, waiting), refusal(sentence));
});

test('what a running process needs is not taken away', async (t) => {
  const { db, address } = await open(t);
  const contract = next(`-- contract: needs 98.0.0\n${column}`);
  const earlier = await connect(t, address, 'safelight 97.5.0');
  const before = await readCatalogue(db);
  await assert.rejects(
    migrate(db, 'main', contract, passwords),
    refusal(/needs every process to be Safelight 98\.0\.0/),
  );
  assert.deepEqual(compareCatalogues(before, await readCatalogue(db)), []);
  await earlier.end();
});

test('an index is built beside running work, and again where it was stopped half-way', async (t) => {
  const { db, address } = await open(t);
  const online = next('create index concurrently premises_by_town on premises (town);', { name: '9000-towns-online' });
  const stopped = await connect(t, address);
  const reader = await connect(t, address);
  // It waits for who might still read the table as it was, and leaves an index that is of no use.
  await reader.query('begin isolation level repeatable read; select from premises');
  await stopped.query("set statement_timeout = '200ms'");
  await assert.rejects(stopped.query('create index concurrently premises_by_town on premises (town)'));
  await reader.query('commit');
  assert.deepEqual(await migrate(db, 'main', online, passwords), ['operations/main/9000-towns-online']);
  const { rows } = await sql<{ valid: boolean }>`
    select indisvalid as valid from pg_index where indexrelid = 'premises_by_town'::regclass`.execute(db);
  assert.deepEqual(rows, [{ valid: true }]);
  assert.deepEqual(await migrate(db, 'main', online, passwords), []);
});

test('a process without the owner’s login waits until somebody has migrated', async (t) => {
  const { db } = await open(t);
  const said: string[] = [];
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
    if (pauses === 2) await migrate(db, 'main', next(column), passwords);
  };
  await waitForMigration(db, { version: later, tell: (sentence) => said.push(sentence), pause });
  assert.equal(pauses, 2);
  assert.deepEqual(said.length, 1);
  assert.match(said.join(), /not yet at Safelight 99\.0\.0/);
  const never = waitForMigration(db, { version: '100.0.0', tell: () => {}, pause: async () => {} });
  await assert.rejects(never, refusal(/within ten minutes\. Run “safelight migrate”/));
});

test('versions are compared by their numbers', () => {
  assert.ok(compareVersions('0.10.0', '0.9.9') > 0);
  assert.ok(compareVersions('1.0.0', '0.99.0') > 0);
  assert.equal(compareVersions('0.1.0', '0.1.0'), 0);
});
