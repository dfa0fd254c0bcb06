import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { AreaPolicy } from '../../src/platform/access-policy/access.ts';
import { platformPolicy } from '../../src/platform/access-policy/platform-policy.ts';
import { type Db, openDatabase } from '../../src/platform/database/database.ts';
import type { DatabaseDefinition } from '../../src/platform/database/migrate.ts';
import {
  readSchema,
  type Schema,
  type SchemaFile,
  type StoreSchema,
} from '../../src/platform/database/schema-files.ts';
import { openTestDatabases, type TestDatabases } from './database.ts';

const notes: AreaPolicy = {
  note: {
    means: 'a note that staff and nobody else may read',
    marking: 'OFFICIAL',
    looks: { none: 'an example' },
    tables: { notes: {} },
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'operation', verbs: ['read', 'add'] }],
    actions: { 'note.read': ['read', 'operation'] },
  },
};

/** Of the application's files those that both databases have of the platform, and a table beside them. */
const ofPlatform = (files: StoreSchema): StoreSchema => {
  const kept = (some: readonly SchemaFile[]) => some.filter(({ name }) => name.startsWith('platform/both/'));
  const { changes, functions, rights, triggers } = files;
  return { changes: kept(changes), functions: kept(functions), rights: kept(rights), triggers: kept(triggers) };
};

const withChange = (schema: Schema, name: string, text: string): Schema => ({
  ...schema,
  main: { ...schema.main, changes: [...schema.main.changes, { name, text }] },
});

const files = readSchema();
const platform = { main: ofPlatform(files.main), safeguarding: ofPlatform(files.safeguarding) };

const application: DatabaseDefinition = {
  policy: { ...platformPolicy, ...notes },
  schema: withChange(
    platform,
    'notes/main/0002-notes',
    'create table notes (id integer primary key, text text not null)',
  ),
};

const seed = {
  name: 'one note',
  fill: async ({ main }: TestDatabases['addresses']) => {
    const db = openDatabase(main.staff ?? '', { maxConnections: 1 });
    await db.insertInto('notes').values({ id: 1, text: 'from the seed' }).execute();
    await db.destroy();
  },
};

function open(databases: TestDatabases, address: string | undefined): Db {
  const db = openDatabase(address ?? '', { maxConnections: 1 });
  databases.beforeDropping(() => db.destroy());
  return db;
}

const listNotes = (db: Db) => db.selectFrom('notes').select('text').execute();

test('two tests do not see each other', async (t) => {
  const [one, other] = await Promise.all([openTestDatabases(t, application), openTestDatabases(t, application)]);
  await open(one, one.addresses.main.staff).insertInto('notes').values({ id: 1, text: 'mine' }).execute();
  assert.equal((await listNotes(open(one, one.superuser.main))).length, 1);
  assert.equal((await listNotes(open(other, other.superuser.main))).length, 0);
});

test('every process logs in under its own name, and only where it is admitted', async (t) => {
  const databases = await openTestDatabases(t, application);
  for (const store of ['main', 'safeguarding'] as const) {
    for (const [role, address] of Object.entries(databases.addresses[store])) {
      const { rows } = await sql<{ who: string; super: boolean }>`
        select session_user as who, rolsuper as super from pg_roles where rolname = session_user`.execute(
        open(databases, address),
      );
      assert.deepEqual(rows, [{ who: `safelight_${role}`, super: false }]);
    }
  }
  const staffInSafeguarding = databases.addresses.main.staff?.replace(/\/test_\w+/, '$&_safeguarding');
  await assert.rejects(sql`select 1`.execute(open(databases, staffInSafeguarding)), /permission denied for database/);
});

test('row policies and grants are in force', async (t) => {
  const databases = await openTestDatabases(t, application);
  await assert.rejects(listNotes(open(databases, databases.addresses.main.public)), /permission denied/);
  assert.deepEqual(await listNotes(open(databases, databases.addresses.main.staff)), []);
});

test('a seed is filled in once and copied', async (t) => {
  const databases = await openTestDatabases(t, application, { seed });
  assert.deepEqual(await listNotes(open(databases, databases.superuser.main)), [{ text: 'from the seed' }]);
});

test('a different schema makes a different template', async (t) => {
  const schema = withChange(application.schema, 'notes/main/0003-more', 'alter table notes add column more text');
  const databases = await openTestDatabases(t, { ...application, schema });
  await open(databases, databases.superuser.main).selectFrom('notes').select('more').execute();
});

async function databasesOf(t: TestContext): Promise<string> {
  const databases = await openTestDatabases(t, application);
  const client = open(databases, databases.superuser.main);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(client);
  return rows[0]?.name ?? '';
}

test('nothing is left when a test has ended, even where it forgot to close', async (t) => {
  let left = '';
  await t.test('inner', async (inner) => {
    left = await databasesOf(inner);
    const forgotten = await openTestDatabases(inner, application);
    await listNotes(openDatabase(forgotten.addresses.main.staff ?? '', { maxConnections: 1 }));
  });
  const here = await openTestDatabases(t, application);
  const { rows } = await sql`select from pg_database where datname like ${`${left}%`}`.execute(
    open(here, here.superuser.main),
  );
  assert.equal(rows.length, 0);
});

test('a copy takes well under a second', async (t) => {
  await openTestDatabases(t, application);
  const from = performance.now();
  await openTestDatabases(t, application);
  const took = performance.now() - from;
  t.diagnostic(`a pair of databases in ${Math.round(took)} ms`);
  assert.ok(took < 5_000);
});
