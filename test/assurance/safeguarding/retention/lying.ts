/** The contents of a database server: its files, its write-ahead log, a backup by `pg_basebackup` and a dump of every row. Finds where a person's words occur in them. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../../../src/platform/database/database.ts';
import { needle } from './world.ts';

export type File = { readonly name: string; readonly read: () => Buffer };

export async function dataFolder(db: Db): Promise<string> {
  const { rows } = await sql<{ dataDirectory: string }>`show data_directory`.execute(db);
  return rows[0]?.dataDirectory ?? '';
}

const oidOf = async (db: Db): Promise<string> =>
  String(
    (await sql<{ oid: number }>`select oid::int as oid from pg_database where datname = current_database()`.execute(db))
      .rows[0]?.oid,
  );

/** All that the server holds in memory is written to its files. An ordinary checkpoint leaves out unlogged tables; that before a database is copied by files does not. */
export async function flush(db: Db): Promise<void> {
  await sql`create database flushed template template0 strategy file_copy`.execute(db);
  await sql`drop database flushed`.execute(db);
}

/** Of these databases the tables and indexes, and of the whole server the write-ahead log. */
export async function liveFiles(dbs: readonly Db[]): Promise<File[]> {
  const [first] = dbs as [Db];
  await flush(first);
  const root = await dataFolder(first);
  const found: File[] = filesIn(join(root, 'pg_wal'));
  for (const db of dbs) found.push(...filesIn(join(root, 'base', await oidOf(db))));
  return found;
}

const filesIn = (folder: string): File[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name: join(folder, name), read: () => readFileSync(join(folder, name)) }));

/** Files as they lie while the server says that a backup is taken; of unlogged tables what `pg_basebackup` takes: nothing. */
export async function backUp(dbs: readonly Db[], to: string): Promise<File[]> {
  const [first] = dbs as [Db];
  const root = await dataFolder(first);
  mkdirSync(to, { recursive: true });
  await first.connection().execute(async (held) => {
    await sql`select pg_backup_start('assurance', true)`.execute(held);
    for (const db of dbs) {
      const folder = join(root, 'base', await oidOf(db));
      const unlogged = new Set(readdirSync(folder).flatMap((name) => /^(\d+)_init$/.exec(name)?.[1] ?? []));
      for (const name of readdirSync(folder))
        if (name.endsWith('_init') || !unlogged.has(/^\d+/.exec(name)?.[0] ?? ''))
          if (statSync(join(folder, name)).isFile()) cpSync(join(folder, name), join(to, `${await oidOf(db)}-${name}`));
    }
    await sql`select pg_backup_stop()`.execute(held);
    for (const name of readdirSync(join(root, 'pg_wal')))
      if (statSync(join(root, 'pg_wal', name)).isFile() && existsSync(join(root, 'pg_wal', name)))
        cpSync(join(root, 'pg_wal', name), join(to, `wal-${name}`));
  });
  return filesIn(to);
}

export type Dumped = { readonly store: string; readonly table: string; readonly text: string };

/** Every row of every table as text, as a dump has it; unlogged tables without their rows. */
export async function dump(stores: Readonly<Record<string, Db>>): Promise<Dumped[]> {
  const found: Dumped[] = [];
  for (const [store, db] of Object.entries(stores)) {
    const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace and relpersistence = 'p' order by 1`.execute(db);
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(
        db,
      );
      for (const { row } of rows) found.push({ store, table: name, text: row });
    }
  }
  return found;
}

/** Which of the needles occur in there as typed: checks each place where one begins. */
export function found(bytes: Buffer, needles: ReadonlySet<string>): string[] {
  const hits: string[] = [];
  const longest = Math.max(...[...needles].map(({ length }) => length));
  for (const start of Object.values(needle))
    for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
      const text = bytes.subarray(at, at + longest).toString('latin1');
      for (let length = start.length; length <= longest; length += 1)
        if (needles.has(text.slice(0, length))) hits.push(text.slice(0, length));
    }
  return hits;
}
