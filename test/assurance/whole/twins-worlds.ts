/** Two identical worlds, until one record of the safeguarding database is taken out of one of them. */
import { cpSync, existsSync } from 'node:fs';
import { type RawBuilder, sql } from 'kysely';
import { databaseDefinition as built } from '../../../src/app.ts';
import type { StoreName } from '../../../src/platform/access-policy/access.ts';
import type { Db } from '../../../src/platform/database/database.ts';
import type { Person } from '../../access-oracle/people.ts';
import { openWorld, type Row, type World } from '../../access-oracle/world.ts';
import type { TestApplication } from '../../fixtures/application.ts';
import { query, withoutTriggers } from '../../harness/sql.ts';
import { askerIn, type Twin, uuids } from './twins-answers.ts';

export type Twins = {
  readonly world: World;
  readonly applications: readonly [TestApplication, TestApplication];
  /** Every id that exists in both worlds from the beginning: these must be the same, in the same places. */
  readonly ids: ReadonlySet<string>;
  /** Up to which row the logs of both have been compared. */
  readonly compared: { upTo: number };
};

/** A record of the safeguarding database, as a superuser reads it; alone, or with every row that names it. */
export type Lone = { readonly table: string; readonly row: Row; readonly whole?: true };

export const storeOf = (application: TestApplication, store: StoreName): Db =>
  store === 'main' ? application.db : application.safeguardingDb;

/** One world with a record of every kind, and another that is filled with its rows, and with the files and halves of keys beside them. */
export async function openTwins(one: TestApplication, other: TestApplication): Promise<Twins> {
  const world = await openWorld(one);
  const ids = new Set<string>();
  for (const store of ['main', 'safeguarding'] as const)
    for (const name of await everyTable(storeOf(one, store))) {
      const rows = await query<{ row: Row }>(storeOf(one, store))`select to_jsonb(t) as row from ${sql.id(name)} t`;
      await fill(storeOf(other, store), name, rows);
      for (const [id] of JSON.stringify(rows).matchAll(uuids)) ids.add(id);
    }
  if (existsSync(one.config.filesFolder)) cpSync(one.config.filesFolder, other.config.filesFolder, { recursive: true });
  return { world, applications: [one, other], ids, compared: { upTo: 0 } };
}

export async function everyTable(db: Db): Promise<string[]> {
  const rows = await query<{ name: string }>(db)`select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_changes' order by 1`;
  return rows.map(({ name }) => name);
}

export const twinOf = ({ applications: [one, other] }: Twins, { token }: Pick<Person, 'token'>): Twin => [
  askerIn(one.app, token),
  askerIn(other.app, token),
];

async function fill(db: Db, name: string, rows: readonly { readonly row: Row }[]): Promise<void> {
  await withoutTriggers(db, async (run, tx) => {
    await run`delete from ${sql.id(name)}`;
    await put(tx, name, JSON.stringify(rows.map(({ row }) => row)));
  });
}

async function put(tx: Db, name: string, rows: string): Promise<void> {
  const columns = await query<{ name: string }>(tx)`select attname as name from pg_attribute
    where attrelid = ${`public.${name}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`;
  const named = sql.join(columns.map((column) => sql.id(column.name)));
  await query(tx)`insert into ${sql.id(name)} (${named}) overriding system value
    select ${named} from jsonb_populate_recordset(null::${sql.id(name)}, ${rows}::jsonb)`;
}

const byKey = ({ table, row }: Lone, { world }: Twins): RawBuilder<unknown> => {
  const { key, columns } = world.table('safeguarding', table);
  const by = (key.length > 0 ? key : columns).map((name) => sql`${sql.id(name)}::text = ${String(row[name])}`);
  return sql.join(by, sql` and `);
};

/** Takes one record out of the second world while `ask` runs, passes it the names of the tables, and puts the record back. */
export async function without<Value>(
  twins: Twins,
  lone: Lone,
  ask: (tables: readonly string[]) => Promise<Value>,
): Promise<Value> {
  const db = twins.applications[1].safeguardingDb;
  const named = sql`to_jsonb(t)::text like ${`%${String(lone.row.id)}%`}`;
  const from = lone.whole ? tablesBehind() : [lone.table];
  const taken = await withoutTriggers(db, async (_, tx) => {
    const all: { readonly table: string; readonly rows: string; readonly many: number }[] = [];
    for (const table of from) {
      const rows = await query<{ rows: string; many: number }>(tx)`with gone as
        (delete from ${sql.id(table)} t where ${lone.whole ? named : byKey(lone, twins)} returning *)
        select coalesce(jsonb_agg(to_jsonb(gone)), '[]')::text as rows, count(*)::integer as many from gone`;
      for (const found of rows) if (found.many > 0) all.push({ table, ...found });
    }
    return all;
  });
  const many = taken.reduce((sum, one) => sum + one.many, 0);
  if (lone.whole ? many < 2 : many !== 1)
    throw new Error(`the worlds differ in ${many} rows about one record of ${lone.table}`);
  try {
    return await ask(taken.map(({ table }) => table));
  } finally {
    await withoutTriggers(db, async (_, tx) => {
      for (const { table, rows } of taken) await put(tx, table, rows);
    });
  }
}

/** Compares rows that each world has added to the main log since the last time, then copies the first world's rows to the second, so that both have one order. Pages of this side show nothing of the safeguarding database. */
export async function sameLog({ applications, ids, compared }: Twins): Promise<{ rows: number; differing: string[] }> {
  const [one, other] = await Promise.all(
    applications.map(async ({ db, app }) => {
      await app.refusals.close();
      const rows = await query<{ id: number; row: Row }>(db)`select id::integer as id, to_jsonb(t) as row
        from access_log t where id > ${compared.upTo} order by id`;
      return rows;
    }),
  );
  // Of what is refused the first thirty of a minute are written after the answer, whichever of those asked at once came first, then their number: that somebody was refused for a reason is compared, and not how often.
  const said = ({ row: { id: _, xid: __, ...row } }: { readonly row: Row }): string =>
    JSON.stringify(row.kind === 'refusal' ? [row.member_id, row.event] : row).replaceAll(uuids, (id) =>
      ids.has(id) ? id : 'minted',
    );
  const left = new Map<string, number>();
  const tally = (rows: typeof one, more: number): void => {
    const refused = new Set<string>();
    for (const each of rows ?? []) {
      const key = said(each);
      if (each.row.kind === 'refusal' && refused.has(key)) continue;
      refused.add(key);
      left.set(key, (left.get(key) ?? 0) + more);
    }
  };
  tally(one, 1);
  tally(other, -1);
  await withoutTriggers(applications[1].db, async (run, tx) => {
    await run`delete from access_log where id > ${compared.upTo}`;
    await put(tx, 'access_log', JSON.stringify((one ?? []).map(({ row }) => row)));
  });
  const last = Math.max(one?.at(-1)?.id ?? 0, other?.at(-1)?.id ?? 0, compared.upTo);
  for (const { db } of applications)
    await query(db)`select setval(pg_get_serial_sequence('access_log', 'id'), ${last})`;
  compared.upTo = last;
  return { rows: one?.length ?? 0, differing: [...left].flatMap(([row, more]) => (more === 0 ? [] : [row])) };
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
