import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { application } from '../../../test/harness/application.ts';
import { compareCatalogues, readCatalogue } from '../../../test/harness/catalogue.ts';
import { openEmptyDatabase, passwords } from '../../../test/harness/database.ts';
import type { StoreName } from '../access-policy/access.ts';
import { BadConfiguration } from '../config.ts';
import { recreateFunctions, runFile } from './current-schema.ts';
import { type Db, openDatabase } from './database.ts';
import { type DatabaseDefinition, migrate } from './migrate.ts';
import { createChangesTable, listPendingChanges, recordChange } from './schema-changes.ts';
import type { SchemaFile, StoreSchema } from './schema-files.ts';

const stores: readonly StoreName[] = ['main', 'safeguarding'];

async function openEmpty(t: TestContext): Promise<Db> {
  const db = openDatabase(await openEmptyDatabase(t), { maxConnections: 2 });
  t.after(() => db.destroy());
  return db;
}

/** The application with other files for one database. */
const withFiles = (store: StoreName, files: Partial<StoreSchema>): DatabaseDefinition => ({
  ...application,
  schema: { ...application.schema, [store]: { ...application.schema[store], ...files } },
});

async function migrated(t: TestContext, store: StoreName, definition: DatabaseDefinition = application): Promise<Db> {
  const db = await openEmpty(t);
  await migrate(db, store, definition, passwords);
  return db;
}

/** The tables as they were first released, and nothing later. */
async function applyBaseline(db: Db, { changes, functions }: StoreSchema): Promise<void> {
  const baseline = changes.filter(({ name }) => /-baseline(-constraints)?$/.test(name));
  const apply = async (tx: Db, files: readonly SchemaFile[]) => {
    for (const file of files) {
      await runFile(tx, file);
      await recordChange(tx, file);
    }
  };
  await db.transaction().execute(async (tx) => {
    await createChangesTable(tx);
    await apply(
      tx,
      baseline.filter(({ name }) => !name.endsWith('-constraints')),
    );
    await sql`grant usage, create on schema ctx to safelight_relations`.execute(tx);
    await recreateFunctions(tx, async () => {
      for (const file of functions) await runFile(tx, file);
    });
    await apply(
      tx,
      baseline.filter(({ name }) => name.endsWith('-constraints')),
    );
  });
}

for (const store of stores) {
  test(`a database of the first release, upgraded, is the same as a new one: ${store}`, async (t) => {
    const fresh = await migrated(t, store);
    const upgraded = await openEmpty(t);
    await applyBaseline(upgraded, application.schema[store]);
    await migrate(upgraded, store, application, passwords);
    const catalogue = await readCatalogue(fresh);
    assert.ok(catalogue.length > 1_000, 'the catalogue was read');
    assert.deepEqual(compareCatalogues(catalogue, await readCatalogue(upgraded)), []);
  });
}

test('the comparison notices a later change that does not do what the baseline would', async (t) => {
  const later = (text: string): SchemaFile => ({ name: 'operations/main/9000-later', text });
  const { changes } = application.schema.main;
  const add = later('alter table premises add column parking text; create index premises_by_town on premises (town)');
  const fresh = await readCatalogue(await migrated(t, 'main', withFiles('main', { changes: [...changes, add] })));
  const db = await migrated(t, 'main');
  const other = later("alter table premises add column parking text not null default ''");
  assert.deepEqual(await migrate(db, 'main', withFiles('main', { changes: [...changes, other] })), [other.name]);
  const differences = compareCatalogues(fresh, await readCatalogue(db));
  assert.equal(differences.length, 3, differences.join('\n'));
  assert.match(differences.join('\n'), /- column \d+ premises\.parking text not null f/);
  assert.match(differences.join('\n'), /\+ column \d+ premises\.parking text not null t default ''::text/);
  assert.match(differences.join('\n'), /- index CREATE INDEX premises_by_town/);
});

test('a function, a trigger, a caller and a right that the files no longer name are gone after the next change', async (t) => {
  const fresh = await readCatalogue(await migrated(t, 'main'));
  const { functions, rights, triggers } = application.schema.main;
  const file = (text: string): SchemaFile => ({ name: 'operations/main/more', text });
  const db = await migrated(
    t,
    'main',
    withFiles('main', {
      functions: [
        ...functions,
        file(`create function refuse_all() returns trigger language plpgsql as $$ begin return null; end $$;
          set local role safelight_relations;
          create function ctx.every_town() returns setof text language sql security definer as $$ select town from premises $$;
          reset role`),
      ],
      rights: [
        ...rights,
        file(`grant delete on premises to safelight_relations;
          grant select on weeks to safelight_relations;
          set local role safelight_relations;
          grant execute on function ctx.every_town() to safelight_public;
          grant execute on function ctx.briefing_at(uuid) to safelight_public;
          reset role`),
      ],
      triggers: [
        ...triggers,
        file('create trigger refuse_all before insert on premises for each row execute function refuse_all()'),
      ],
    }),
  );
  assert.ok(compareCatalogues(fresh, await readCatalogue(db)).length >= 8);
  await migrate(db, 'main', application);
  assert.deepEqual(compareCatalogues(fresh, await readCatalogue(db)), []);
});

test('every function is valid with the tables that there are', async (t) => {
  for (const store of stores) {
    const db = await migrated(t, store);
    await db.transaction().execute(async (tx) => {
      await sql`set local check_function_bodies = on`.execute(tx);
      for (const file of application.schema[store].functions) await runFile(tx, file);
    });
  }
});

test('a migration that fails names the file, keeps only what was added, and goes on at the next start', async (t) => {
  const db = await migrated(t, 'main');
  const before = await readCatalogue(db);
  const { changes, triggers } = application.schema.main;
  const added = { name: 'operations/main/9000-later', text: 'alter table premises add column parking text' };
  const definition = withFiles('main', {
    changes: [...changes, added],
    triggers: [...triggers, { name: 'operations/main/broken', text: 'create trigger nothing' }],
  });
  await assert.rejects(
    migrate(db, 'main', definition),
    /operations\/main\/broken\.sql: this makes no trigger: create trigger nothing/,
  );
  const differences = compareCatalogues(before, await readCatalogue(db));
  assert.equal(differences.length, 1);
  assert.match(differences[0] ?? '', /column \d+ premises\.parking/);
  assert.deepEqual(await migrate(db, 'main', withFiles('main', { changes: [...changes, added] })), []);
});

test('a file that does more than add is applied with all the rest, or not at all', async (t) => {
  const db = await migrated(t, 'main');
  const before = await readCatalogue(db);
  const { changes, triggers } = application.schema.main;
  const text = 'alter table premises add column parking text;\ncreate index premises_by_parking on premises (parking);';
  const definition = withFiles('main', {
    changes: [...changes, { name: 'operations/main/9000-later', text }],
    triggers: [...triggers, { name: 'operations/main/broken', text: 'create trigger nothing' }],
  });
  await assert.rejects(migrate(db, 'main', definition));
  assert.deepEqual(compareCatalogues(before, await readCatalogue(db)), []);
});

test('no login compiles its plans', async (t) => {
  const db = await migrated(t, 'main');
  const { rows } = await sql<{ name: string; settings: string[] | null }>`
    select rolname as name, rolconfig as settings from pg_roles
    where rolname like 'safelight\\_%' and rolcanlogin and not rolsuper and not rolcreaterole`.execute(db);
  assert.ok(rows.length >= 6, `${rows.length} logins`);
  for (const { name, settings } of rows) {
    const planned = ['safelight_staff', 'safelight_safeguarding'].includes(name);
    assert.deepEqual(settings, ['jit=off', ...(planned ? ['plan_cache_mode=force_generic_plan'] : [])], name);
  }
});

test('two processes that migrate one database at once both succeed, and one applies the files', async (t) => {
  const db = await openEmpty(t);
  const applied = await Promise.all([1, 2].map(() => migrate(db, 'safeguarding', application, passwords)));
  assert.deepEqual(applied.map(({ length }) => length > 0).sort(), [false, true]);
});

test('a database of a version before the first release is refused with what to do, and stays as it was', async (t) => {
  const older = await openEmpty(t);
  await sql`create table kysely_migration (name text primary key)`.execute(older);
  const edited = await openEmpty(t);
  await createChangesTable(edited);
  const [first] = application.schema.main.changes;
  assert.ok(first);
  await recordChange(edited, { ...first, text: `${first.text} create table more (id uuid)` });
  for (const db of [older, edited]) {
    const before = await readCatalogue(db);
    await assert.rejects(migrate(db, 'main', application, passwords), (error: Error) => {
      assert.ok(error instanceof BadConfiguration);
      assert.match(error.message, /before its first release and cannot be upgraded: start with an empty data folder/);
      return true;
    });
    assert.deepEqual(await readCatalogue(db), before);
  }
});

test('a file may be explained better after it was applied', async (t) => {
  const db = await migrated(t, 'safeguarding');
  const { changes } = application.schema.safeguarding;
  const explained = changes.map((file) => ({
    ...file,
    text: `-- More about it.\n${file.text.replaceAll(',\n', ', -- more\n')}\n\n`,
  }));
  assert.deepEqual(await listPendingChanges(db, explained), []);
});

test('the numbered files are numbered once for the whole project', () => {
  const names = new Set(stores.flatMap((store) => application.schema[store].changes.map(({ name }) => name)));
  const numbers = [...names].map((name) => name.split('/')[2]?.slice(0, 4));
  assert.deepEqual(
    numbers.filter((number, place) => numbers.indexOf(number) !== place),
    [],
  );
});
