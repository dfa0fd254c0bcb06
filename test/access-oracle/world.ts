/** The world that access is tried in, and its rows as a superuser reads them: what an oracle decides on. */
import { sql } from 'kysely';
import { databaseDefinition as built } from '../../src/app.ts';
import type { StoreName } from '../../src/platform/access-policy/access.ts';
import type { Db } from '../../src/platform/database/database.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { type Cast, openCast } from './people.ts';
import { addRecords } from './records.ts';

export const stores: readonly StoreName[] = ['main', 'safeguarding'];

/** In the database's own column names. */
export type Row = Readonly<Record<string, unknown>>;
export type Table = {
  readonly store: StoreName;
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** The columns that an added row may set. */
  readonly written: readonly string[];
  readonly rows: readonly Row[];
};
export type World = {
  readonly application: TestApplication;
  readonly cast: Cast;
  readonly tables: readonly Table[];
  readonly table: (store: StoreName, name: string) => Table;
  readonly now: Date;
};

export async function openWorld(application: TestApplication): Promise<World> {
  const cast = await openCast(application);
  await addRecords(application, cast);
  return readWorld(application, cast);
}

/** As its rows are by now. */
export async function readWorld(application: TestApplication, cast: Cast): Promise<World> {
  const tables: Table[] = [];
  for (const store of stores) {
    const db = store === 'main' ? application.db : application.safeguardingDb;
    for (const name of tablesOf(store)) tables.push(await readTable(db, store, name));
  }
  const byName = new Map(tables.map((table) => [`${table.store}/${table.name}`, table]));
  const empty: Omit<Table, 'store' | 'name'> = { key: [], columns: [], written: [], rows: [] };
  return {
    application,
    cast,
    tables,
    table: (store, name) => byName.get(`${store}/${name}`) ?? { ...empty, store, name },
    now: application.clock.now(),
  };
}

/** Every table that a record class of the store names. */
export const tablesOf = (store: StoreName): string[] => [
  ...new Set(
    Object.values(built.policy)
      .filter((recordClass) => (recordClass.store ?? 'main') === store)
      .flatMap(({ tables }) => Object.keys(tables)),
  ),
];

/** The key of a row as one text: as SQL for the database, and computed in our code. */
export const keySql = ({ key }: Pick<Table, 'key'>): string =>
  `concat_ws('/', ${key.map((name) => `"${name}"::text`).join(', ')})`;
export const keyOf = ({ key }: Pick<Table, 'key'>, row: Row): string => key.map((name) => String(row[name])).join('/');

async function readTable(db: Db, store: StoreName, name: string): Promise<Table> {
  const { rows: columns } = await sql<{ name: string; generated: boolean; key: boolean }>`
    select a.attname as name, a.attgenerated <> '' or a.attidentity = 'a' as generated,
           coalesce(a.attnum = any (i.indkey), false) as key
    from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = ${`public.${name}`}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`.execute(
    db,
  );
  const { rows } = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.id(name)} t`.execute(db);
  return {
    store,
    name,
    key: columns.filter(({ key }) => key).map((column) => column.name),
    columns: columns.map((column) => column.name),
    written: columns.filter(({ generated }) => !generated).map((column) => column.name),
    rows: rows.map(({ row }) => row),
  };
}

/** What a class has no example of is not tried: each is named. */
export const withoutExample = ({ tables }: World): string[] =>
  tables
    .filter(({ rows }) => rows.length === 0)
    .map(({ store, name }) => `no row of ${name} in the ${store} store: add one to test/access-oracle/records.ts`);
