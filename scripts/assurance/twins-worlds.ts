/** Two worlds that are the same to the last row, until one record behind the wall is taken out of one of them. */
import { sql } from 'kysely';
import { house as built } from '../../src/app.ts';
import type { StoreName } from '../../src/platform/access.ts';
import type { Db } from '../../src/platform/database.ts';
import { openWorld, type Row, type World } from '../../src/testing/access/world.ts';
import type { TestHouse } from '../../src/testing/house.ts';

export type Twins = {
  readonly world: World;
  readonly houses: readonly [TestHouse, TestHouse];
  /** Every id that stands in either world from the beginning: these must be the same, in the same places. */
  readonly ids: ReadonlySet<string>;
};

/** A record behind the wall, as a superuser reads it. */
export type Lone = { readonly table: string; readonly row: Row };

const storeOf = (house: TestHouse, store: StoreName): Db => (store === 'main' ? house.db : house.safeguardingDb);

/** One world with a record of every kind, and another that is filled with its rows. */
export async function openTwins(one: TestHouse, other: TestHouse): Promise<Twins> {
  const world = await openWorld(one);
  const ids = new Set<string>();
  for (const store of ['main', 'safeguarding'] as const)
    for (const name of await everyTable(storeOf(one, store))) {
      const { rows } = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.id(name)} t`.execute(
        storeOf(one, store),
      );
      await fill(storeOf(other, store), name, rows);
      for (const [id] of JSON.stringify(rows).matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) ids.add(id);
    }
  return { world, houses: [one, other], ids };
}

async function everyTable(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%' order by 1`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/** As they are, by no trigger and no rule of order. */
const quietly = <Value>(db: Db, work: (tx: Db) => Promise<Value>): Promise<Value> =>
  db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    return work(tx);
  });

async function fill(db: Db, name: string, rows: readonly { readonly row: Row }[]): Promise<void> {
  await quietly(db, async (tx) => {
    await sql`delete from ${sql.id(name)}`.execute(tx);
    await put(tx, name, JSON.stringify(rows.map(({ row }) => row)));
  });
}

async function put(tx: Db, name: string, rows: string): Promise<void> {
  const { rows: columns } = await sql<{ name: string }>`select attname as name from pg_attribute
    where attrelid = ${`public.${name}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`.execute(tx);
  const named = sql.join(columns.map((column) => sql.id(column.name)));
  await sql`insert into ${sql.id(name)} (${named}) overriding system value
    select ${named} from jsonb_populate_recordset(null::${sql.id(name)}, ${rows}::jsonb)`.execute(tx);
}

const keyOf = ({ table, row }: Lone, { world }: Twins) => {
  const { key, columns } = world.table('safeguarding', table);
  const by = (key.length > 0 ? key : columns).map((name) => sql`${sql.id(name)}::text = ${String(row[name])}`);
  return sql.join(by, sql` and `);
};

/** Takes one record out of the second world for as long as `ask` takes, and puts it back. */
export async function without<Value>(twins: Twins, lone: Lone, ask: () => Promise<Value>): Promise<Value> {
  const db = twins.houses[1].safeguardingDb;
  const [taken, ...more] = await quietly(db, async (tx) => {
    const { rows } = await sql<{ row: string }>`with gone as
      (delete from ${sql.id(lone.table)} where ${keyOf(lone, twins)} returning *)
      select to_jsonb(gone)::text as row from gone`.execute(tx);
    return rows;
  });
  if (!taken || more.length > 0) throw new Error(`the worlds do not differ in one record of ${lone.table}`);
  const value = await ask();
  await quietly(db, (tx) => put(tx, lone.table, `[${taken.row}]`));
  return value;
}

/** The tables that hold records of people and of what is done for them; the log of that store is for auditors, and is no record. */
export const tablesBehind = (): string[] => [
  ...new Set(
    Object.values(built.policy)
      .filter(({ store }) => store === 'safeguarding')
      .flatMap(({ tables }) => Object.keys(tables))
      .filter((name) => !/^(access_log|log_)/.test(name)),
  ),
];
