/** Brings one database up to date: roles, migrations in the order of their global numbers, then every policy again. */
import { type Kysely, sql } from 'kysely';
import type { AreaPolicy, StoreName } from '../access-policy/access.ts';
import { relationStatements } from '../access-policy/relation-functions.ts';
import { policyStatements } from '../access-policy/row-policies.ts';
import { digest } from '../crypto/crypto.ts';
import type { Db } from './database.ts';
import { ensureRoles, grantConnect, type RolePasswords } from './roles.ts';
import { findDisabledGuards, restoreGuards } from './row-guards.ts';
import { isUpToDate, storeDigest } from './schema-digest.ts';

/** `{ '0007-visits': up }`: forward only, never edited once released. */
export type Migrations = Readonly<Record<string, (db: Kysely<unknown>) => Promise<void>>>;

export type DatabaseDefinition = {
  readonly policy: AreaPolicy;
  readonly migrations: Readonly<Record<StoreName, Migrations>>;
  /** The policy for people, and where each version of it is kept when it comes into force. */
  readonly accessRules?: {
    readonly of: (policy: AreaPolicy) => string;
    readonly keep: (tx: Db, words: string) => Promise<void>;
  };
};

/** Returns the names of the migrations that ran; a single query when nothing has changed. Reports each row guard that was off. Refuses to leave a table without a policy class. */
export async function migrate(
  owner: Db,
  store: StoreName,
  definition: DatabaseDefinition,
  passwords: RolePasswords = {},
  tell: (sentence: string) => void = () => {},
): Promise<string[]> {
  const migrations = definition.migrations[store];
  const rights = [...policyStatements(definition.policy, store), ...relationStatements(definition.policy, store)];
  const words = store === 'main' ? definition.accessRules?.of(definition.policy) : undefined;
  const wanted = digest([...Object.keys(migrations), ...rights, words ?? ''].join(';'));
  if (await isUpToDate(owner, wanted, passwords)) return [];
  // Asked before tables are added, which have no guards yet.
  const fallen = await findDisabledGuards(owner);
  await ensureRoles(owner, passwords);
  const { Migrator } = await import('kysely/migration');
  const migrator = new Migrator({
    db: owner,
    allowUnorderedMigrations: true,
    provider: {
      getMigrations: async () => Object.fromEntries(Object.entries(migrations).map(([name, up]) => [name, { up }])),
    },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  await grantConnect(owner, store);
  const said = await owner.transaction().execute(async (tx) => {
    if (words) await definition.accessRules?.keep(tx, words);
    await sql.raw(rights.join(';\n')).execute(tx);
    await secureMigratorTables(tx);
    await refuseUncoveredTables(tx, definition.policy, store);
    const back = await restoreGuards(tx, fallen);
    await storeDigest(tx, wanted);
    return back;
  });
  for (const sentence of said) tell(sentence);
  return (results ?? []).map(({ migrationName }) => migrationName);
}

/** The migrator's own tables are their owner's alone, so that no table is without row security. */
async function secureMigratorTables(tx: Db): Promise<void> {
  for (const table of ['kysely_migration', 'kysely_migration_lock']) {
    await sql`alter table ${sql.id(table)} enable row level security`.execute(tx);
    await sql`alter table ${sql.id(table)} force row level security`.execute(tx);
    await sql`create policy owner on ${sql.id(table)} to current_user using (true)`.execute(tx);
  }
}

async function refuseUncoveredTables(tx: Db, policy: AreaPolicy, store: StoreName): Promise<void> {
  const guarded = Object.values(policy)
    .filter((recordClass) => (recordClass.store ?? 'main') === store)
    .flatMap((recordClass) => Object.keys(recordClass.tables));
  const { rows } = await sql<{ tablename: string }>`
    select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`.execute(tx);
  const open = rows.map(({ tablename }) => tablename).filter((name) => !guarded.includes(name));
  if (open.length > 0) throw new Error(`no policy covers the table ${open.join(', ')}`);
}
