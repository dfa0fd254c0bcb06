/** Looks for secrets wherever the database keeps or tells anything: every column, a plain dump, its log, what it says of running statements, its files. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { StoreName } from '../../../src/platform/access-policy/access.ts';
import type { Db } from '../../../src/platform/database/database.ts';
import type { Viewer } from './canary-forms.ts';
import { found, mark, spellings } from './canary-secrets.ts';
import type { World } from './world.ts';

/** Where a secret was met. `at`: the address of a page, a file, or `store table.column`. */
export type Place = 'output' | 'page' | 'column' | 'dump' | 'server’s log' | 'statements' | 'files';
export type Found = {
  readonly place: Place;
  readonly at: string;
  readonly index: number;
  readonly viewer?: Viewer;
};

const stores = ['main', 'safeguarding'] as const;
const dbOf = (world: World, store: StoreName): Db => (store === 'main' ? world.db : world.safeguardingDb);

/** Every column of every table that holds one, whatever its type. */
export async function columns(world: World): Promise<Found[]> {
  const all: Found[] = [];
  for (const store of stores) {
    const db = dbOf(world, store).withoutPlugins();
    const { rows: tables } = await sql<{ schema: string; table: string }>`
      select n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^(pg_|information_schema$)'`.execute(db);
    const like = sql`any (${spellings.map((one) => `%${one}%`)}::text[])`;
    for (const { schema, table } of tables) {
      const { rows } = await sql<{ held: Record<string, unknown> }>`
        select to_jsonb(t) as held from ${sql.table(`${schema}.${table}`)} t where t::text ilike ${like}`.execute(db);
      for (const { held } of rows)
        for (const [column, value] of Object.entries(held))
          for (const index of found(JSON.stringify(value)))
            all.push({ place: 'column', at: `${store} ${inPublic(`${schema}.${table}`)}.${column}`, index });
    }
  }
  return once(all);
}

const inPublic = (table: string): string => table.replace(/^public\./, '');

/** `pg_dump` is not among the programs that come with the embedded database: one of the machine's, where it has one. */
function findDump(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.filter((version) => Number(version) >= 17).map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return places.map((place) => join(place, 'pg_dump')).find((path) => existsSync(path) && dumpsOurs(path));
}

/** An older one refuses a newer server. */
const dumpsOurs = (program: string): boolean =>
  Number(/ (\d+)/.exec(spawnSync(program, ['--version']).stdout?.toString() ?? '')?.[1]) >= 17;

/** Both stores as a plain dump, and in which column of it each secret lies. Undefined where this machine cannot dump. */
export async function dumps(world: World): Promise<Found[] | undefined> {
  const program = findDump();
  if (!program) return undefined;
  const all: Found[] = [];
  for (const store of stores) {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(dbOf(world, store));
    const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
    address.pathname = `/${rows[0]?.name}`;
    const { status, stdout, stderr } = spawnSync(program, ['--dbname', address.href], { maxBuffer: 1e9 });
    if (status !== 0) throw new Error(`pg_dump of the ${store} store: ${stderr.toString().slice(0, 500)}`);
    all.push(...inDump(store, stdout.toString()));
  }
  return once(all);
}

export function inDump(store: StoreName, dump: string): Found[] {
  let table: { readonly name: string; readonly columns: readonly string[] } | undefined;
  return dump.split('\n').flatMap((line) => {
    const [, name, listed] = /^COPY (\S+) \((.*)\) FROM stdin;$/.exec(line) ?? [];
    if (name && listed) table = { name: inPublic(name), columns: listed.replaceAll('"', '').split(', ') };
    else if (line === '\\.') table = undefined;
    const within = table;
    if (!within) return found(line).map((index) => ({ place: 'dump' as const, at: `${store} outside tables`, index }));
    return line.split('\t').flatMap((value, column) =>
      found(value).map((index) => ({
        place: 'dump' as const,
        at: `${store} ${within.name}.${within.columns[column]}`,
        index,
      })),
    );
  });
}

/** Asks again and again what the server tells of running statements. */
export function watchStatements({ db }: World): () => Found[] {
  const all: Found[] = [];
  const timer = setInterval(() => {
    sql<{ query: string }>`
      select query from pg_stat_activity where query like ${`%${mark}%`} and pid <> pg_backend_pid()`
      .execute(db)
      .then(({ rows }) => {
        for (const { query } of rows)
          for (const index of found(query)) all.push({ place: 'statements', at: query.slice(0, 40), index });
      })
      .catch(() => {});
  }, 250);
  return () => {
    clearInterval(timer);
    return once(all);
  };
}

/** The server's own log, and all its files: tables, indexes, the write-ahead log. */
export async function filesOfTheServer({ db }: World): Promise<Found[]> {
  const { rows } = await sql<{ data: string }>`select current_setting('data_directory') as data`.execute(db);
  const data = rows[0]?.data ?? '';
  await sql`checkpoint`.execute(db);
  const log = found(readFileSync(logOf(data), 'latin1'));
  const all: Found[] = log.map((index) => ({ place: 'server’s log', at: 'the server’s log', index }));
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (!existsSync(path)) continue; // The server drops files while we read.
    const bytes = readFileSync(path);
    if (!spellings.some((one) => bytes.includes(one))) continue;
    for (const index of found(bytes.toString('latin1')))
      all.push({ place: 'files', at: path.slice(data.length), index });
  }
  return all;
}

/** What the server's process writes to: beside its data, or where those had to be moved, elsewhere. */
function logOf(data: string): string {
  const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  const standardError = `/proc/${pid}/fd/2`;
  const file = existsSync(standardError) ? readlinkSync(standardError) : '';
  return file.startsWith('/') ? file : join(data, '..', 'postgres.log');
}

const once = (all: readonly Found[]): Found[] => [
  ...new Map(all.map((one) => [`${one.at} ${one.index}`, one])).values(),
];
