/** Schema files named `NNNN-what-online`: indexes and checks that are built beside running work, one statement at a time, after the transaction of a migration. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { listPendingChanges, recordChange } from './schema-changes.ts';
import { type SchemaFile, splitStatements } from './schema-files.ts';

export const isOnline = ({ name }: Pick<SchemaFile, 'name'>): boolean => name.endsWith('-online');

const oneBuilder = 7_220_023;
const builtIndex = /^create (?:unique )?index concurrently (?:if not exists )?(\w+)/i;

/** Applies those that are pending. Returns their names. One process at a time; a file that was stopped half-way is begun again. */
export async function applyOnline(owner: Db, changes: readonly SchemaFile[]): Promise<string[]> {
  if (!changes.some(isOnline)) return [];
  return owner.connection().execute(async (db) => {
    await sql`set statement_timeout = 0`.execute(db);
    await sql`select pg_advisory_lock(${oneBuilder})`.execute(db);
    try {
      const pending = (await listPendingChanges(db, changes)).filter(isOnline);
      for (const file of pending) {
        for (const statement of splitStatements(file)) await runStatement(db, statement);
        await recordChange(db, file);
      }
      return pending.map(({ name }) => name);
    } finally {
      await sql`select pg_advisory_unlock(${oneBuilder})`.execute(db);
      await sql`reset statement_timeout`.execute(db);
    }
  });
}

async function runStatement(db: Db, statement: string): Promise<void> {
  const index = builtIndex.exec(statement)?.[1];
  if (index) {
    // One that was stopped is there, and of no use.
    const { rows } = await sql<{ valid: boolean }>`
      select indisvalid as valid from pg_index where indexrelid = to_regclass(${`public.${index}`})`.execute(db);
    if (rows[0]?.valid) return;
    if (rows[0]) await sql`drop index concurrently ${sql.id(index)}`.execute(db);
  }
  await sql.raw(statement).execute(db);
}
