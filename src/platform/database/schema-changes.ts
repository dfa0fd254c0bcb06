/** Which numbered schema files a database has, and whether this version may work with it. */
import { sql } from 'kysely';
import { BadConfiguration } from '../config.ts';
import { digest } from '../crypto/crypto.ts';
import type { Db } from './database.ts';
import type { SchemaFile } from './schema-files.ts';

/** Where the names of the applied files are kept: the owner's alone. */
export const changesTable = 'schema_changes';

type Applied = { readonly name: string; readonly digest: string };

/** Spaces and comments do not count: a file may be explained better, and still be the one that was applied. */
export const changeDigest = ({ text }: SchemaFile): string =>
  digest(text.replace(/('(?:[^']|'')*')|--.*$/gm, '$1').replace(/\s+/g, ' '));

const tooOld =
  'This database was made by a version of Safelight before its first release and cannot be upgraded: start with an empty data folder (set SAFELIGHT_DATA, or move the old folder away), or on a server of your own with two empty databases.';
const tooNew = (name: string) =>
  `This database has the change ${name}, which this version of Safelight does not know: start the version that you used last, or a later one.`;

/** The files that are still to be applied. Refuses, in a sentence, a database of an earlier or a later version. */
export async function listPendingChanges(owner: Db, changes: readonly SchemaFile[]): Promise<readonly SchemaFile[]> {
  const { rows: known } = await sql<{ old: boolean; present: boolean }>`
    select to_regclass('public.kysely_migration') is not null as old,
           to_regclass(${`public.${changesTable}`}) is not null as present`.execute(owner);
  if (known[0]?.old) throw new BadConfiguration(tooOld);
  if (!known[0]?.present) return changes;
  const { rows } = await sql<Applied>`select name, digest from ${sql.id(changesTable)}`.execute(owner);
  const ours = new Map(changes.map((file) => [file.name, changeDigest(file)]));
  for (const one of rows) {
    if (!ours.has(one.name)) throw new BadConfiguration(tooNew(one.name));
    if (ours.get(one.name) !== one.digest) throw new BadConfiguration(tooOld);
  }
  const applied = new Set(rows.map(({ name }) => name));
  return changes.filter(({ name }) => !applied.has(name));
}

export async function createChangesTable(tx: Db): Promise<void> {
  await sql`
    create table if not exists ${sql.id(changesTable)} (
      name        text primary key,
      digest      text not null,
      applied_at  timestamptz not null default now()
    )`.execute(tx);
}

export async function recordChange(tx: Db, file: SchemaFile): Promise<void> {
  await sql`insert into ${sql.id(changesTable)} (name, digest) values (${file.name}, ${changeDigest(file)})`.execute(
    tx,
  );
}
