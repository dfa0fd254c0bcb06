/** Brings one database up to date: roles, the schema files that it lacks, then functions, policies, rights and triggers again. */
import { sql } from 'kysely';
import type { AreaPolicy, StoreName } from '../access-policy/access.ts';
import { relationStatements } from '../access-policy/relation-functions.ts';
import { policyStatements } from '../access-policy/row-policies.ts';
import { digest } from '../crypto/crypto.ts';
import { clearCurrent, createTriggers, recreateFunctions, runFile, showAllRows } from './current-schema.ts';
import type { Db } from './database.ts';
import { ensureRoles, grantConnect, type RolePasswords } from './roles.ts';
import { describeRestoredGuard, findDisabledGuards } from './row-guards.ts';
import {
  changesTable,
  createChangesTable,
  listPendingChanges,
  recordChange,
  secureChangesTable,
} from './schema-changes.ts';
import { isUpToDate, storeDigest } from './schema-digest.ts';
import type { Schema, SchemaFile, StoreSchema } from './schema-files.ts';

export type DatabaseDefinition = {
  readonly policy: AreaPolicy;
  readonly schema: Schema;
  /** What `digestOf` gives for each database, where it was computed when the bundle was built. */
  readonly digests?: Readonly<Record<StoreName, string>> | undefined;
  /** The policy for people, and where each version of it is kept when it comes into force. */
  readonly accessRules?: {
    readonly of: (policy: AreaPolicy) => string;
    readonly keep: (tx: Db, words: string) => Promise<void>;
  };
};

/** One process migrates a database; the others wait, and find it done. */
const oneMigration = 7_220_022;

/** Returns the names of the schema files that were applied; a single query when nothing has changed. One transaction: a database is as before, or as this version wants it. Reports each row guard that was off. Refuses a database of an earlier version, and a table without a policy class. */
export async function migrate(
  owner: Db,
  store: StoreName,
  definition: DatabaseDefinition,
  passwords: RolePasswords = {},
  tell: (sentence: string) => void = () => {},
): Promise<string[]> {
  const wanted = definition.digests?.[store] ?? digestOf(definition, store);
  if (await isUpToDate(owner, wanted, passwords)) return [];
  const { schema, policies, functions, words } = statementsFor(definition, store);
  await listPendingChanges(owner, schema.changes);
  // Asked before tables are added, which have no guards yet.
  const fallen = await findDisabledGuards(owner);
  await ensureRoles(owner, passwords);
  const applied = await owner.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${oneMigration})`.execute(tx);
    if (await isUpToDate(tx, wanted, passwords)) return [];
    const pending = await listPendingChanges(tx, schema.changes);
    await createChangesTable(tx);
    await applyChanges(tx, pending, false);
    await grantConnect(tx, store);
    await clearCurrent(tx);
    await recreateFunctions(tx, async () => {
      for (const file of schema.functions) await runFile(tx, file);
      await applyChanges(tx, pending, true);
      if (words) await definition.accessRules?.keep(tx, words);
      await sql.raw([...policies, ...functions].join(';\n')).execute(tx);
    });
    for (const file of schema.rights) await runFile(tx, file);
    await showAllRows(tx);
    await createTriggers(tx, schema.triggers);
    await secureChangesTable(tx);
    await refuseUncoveredTables(tx, definition.policy, store);
    await storeDigest(tx, wanted);
    return pending.map(({ name }) => name);
  });
  for (const guard of fallen) tell(describeRestoredGuard(guard));
  return applied;
}

function statementsFor({ schema, policy, accessRules }: DatabaseDefinition, store: StoreName) {
  return {
    schema: schema[store],
    policies: policyStatements(policy, store),
    functions: relationStatements(policy, store),
    words: store === 'main' ? accessRules?.of(policy) : undefined,
  };
}

/** Of everything that a database is migrated to: kept in it, and compared at each start. */
export function digestOf(definition: DatabaseDefinition, store: StoreName): string {
  const { schema, policies, functions, words } = statementsFor(definition, store);
  return digest([schemaText(schema), ...policies, ...functions, words ?? ''].join(';'));
}

/** All files of a database, for a digest. */
export const schemaText = ({ changes, functions, rights, triggers }: StoreSchema): string =>
  [...changes, ...functions, ...rights, ...triggers].map(({ name, text }) => `${name} ${text}`).join(';');

/** Files for constraints come after the functions that a constraint may call. */
async function applyChanges(tx: Db, pending: readonly SchemaFile[], constraints: boolean): Promise<void> {
  for (const file of pending) {
    if (file.name.endsWith('-constraints') !== constraints) continue;
    await runFile(tx, file);
    await recordChange(tx, file);
  }
}

async function refuseUncoveredTables(tx: Db, policy: AreaPolicy, store: StoreName): Promise<void> {
  const guarded = Object.values(policy)
    .filter((recordClass) => (recordClass.store ?? 'main') === store)
    .flatMap((recordClass) => Object.keys(recordClass.tables));
  const { rows } = await sql<{ tablename: string }>`
    select tablename from pg_tables where schemaname = 'public' and tablename <> ${changesTable}`.execute(tx);
  const open = rows.map(({ tablename }) => tablename).filter((name) => !guarded.includes(name));
  if (open.length > 0) throw new Error(`no policy covers the table ${open.join(', ')}`);
}
