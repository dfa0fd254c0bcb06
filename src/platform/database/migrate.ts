/** Brings one database up to date: roles, the schema files that it lacks, then functions, rights, row policies and triggers as this version has them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AreaPolicy, StoreName } from '../access-policy/access.ts';
import { relationParts } from '../access-policy/relation-functions.ts';
import { policyParts } from '../access-policy/row-policies.ts';
import { digest } from '../crypto/crypto.ts';
import { safelightVersion } from '../version.ts';
import { isAddition } from './additive-changes.ts';
import { clearRights, recreateFunctions, runFile } from './current-schema.ts';
import type { Db } from './database.ts';
import { defaultPatience, inShortLocks, type LockPatience } from './lock-patience.ts';
import { applyOnline, isOnline } from './online-changes.ts';
import { ensureRoles, grantConnect, type RolePasswords } from './roles.ts';
import { describeRestoredGuard, findDisabledGuards } from './row-guards.ts';
import { changesTable, createChangesTable, listPendingChanges, recordChange } from './schema-changes.ts';
import { isUpToDate, markUnfinished, storeDigest } from './schema-digest.ts';
import type { Schema, SchemaFile, StoreSchema } from './schema-files.ts';
import { earliestFor, readStamp, refuseIfTooNew, type Stamp, wasMadeByLater } from './schema-stamp.ts';
import { settleGuards, splitTriggers } from './standing-guards.ts';
import { describeBeside, refuseEarlierProcesses } from './versions-beside.ts';

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
  /** The version that this is: of the application, unless a test says another. */
  readonly version?: string;
};

/** One process migrates a database; the others wait, and find it done. */
const oneMigration = 7_220_022;

/** Returns the names of the schema files that were applied; a single query when nothing has changed. Of a database in use, files that only add come first, each by itself. The rest is one transaction, and indexes that are built beside running work come after it. What was stopped half-way goes on at the next start. A database that a later version migrated is left as it is, or refused where this version cannot work with it. Reports each row guard that was off. Refuses a table without a policy class. */
export async function migrate(
  owner: Db,
  store: StoreName,
  definition: DatabaseDefinition,
  passwords: RolePasswords = {},
  tell: (sentence: string) => void = () => {},
  patience: LockPatience = defaultPatience(sleep),
): Promise<string[]> {
  const wanted = definition.digests?.[store] ?? digestOf(definition, store);
  if (await isUpToDate(owner, wanted, passwords)) return [];
  const { changes } = definition.schema[store];
  const stamp: Stamp = { version: definition.version ?? safelightVersion, earliest: earliestFor(changes) };
  const found = await readStamp(owner);
  if (found && wasMadeByLater(found, stamp.version)) {
    refuseIfTooNew(found, stamp.version);
    tell(describeBeside(found, stamp.version));
    await ensureRoles(owner, passwords);
    return [];
  }
  await refuseEarlierProcesses(owner, await listPendingChanges(owner, changes));
  // Asked before tables are added, which have no guards yet.
  const fallen = await findDisabledGuards(owner);
  await ensureRoles(owner, passwords);
  const added = found ? await applyAdditions(owner, changes, { stamp, patience, tell }) : [];
  const applied = await inShortLocks(owner, patience, tell, async (tx, limitLocks) => {
    await sql`select pg_advisory_xact_lock(${oneMigration})`.execute(tx);
    await limitLocks();
    if (await isUpToDate(tx, wanted, passwords)) return [];
    return applyAll(tx, { store, definition, wanted, stamp });
  });
  const online = await applyOnline(owner, changes);
  if (online.length > 0) await owner.transaction().execute((tx) => storeDigest(tx, wanted, stamp));
  for (const guard of fallen) tell(describeRestoredGuard(guard));
  return [...added, ...applied, ...online];
}

type Adding = {
  readonly stamp: Stamp;
  readonly patience: LockPatience;
  readonly tell: (sentence: string) => void;
};

/** The pending files up to the first that does more than add, so that no table is held while functions are made. The database says from then on that a later version works on it. */
async function applyAdditions(
  owner: Db,
  changes: readonly SchemaFile[],
  { stamp, patience, tell }: Adding,
): Promise<string[]> {
  const pending = (await listPendingChanges(owner, changes)).filter((file) => !isOnline(file));
  const other = pending.findIndex((file) => !isAddition(file));
  const applied: string[] = [];
  for (const file of other < 0 ? pending : pending.slice(0, other))
    await inShortLocks(owner, patience, tell, async (tx, limitLocks) => {
      await sql`select pg_advisory_xact_lock(${oneMigration})`.execute(tx);
      await limitLocks();
      if (!(await listPendingChanges(tx, changes)).some(({ name }) => name === file.name)) return;
      await markUnfinished(tx, stamp);
      await runFile(tx, file);
      await recordChange(tx, file);
      applied.push(file.name);
    });
  return applied;
}

type Wanted = {
  readonly store: StoreName;
  readonly definition: DatabaseDefinition;
  readonly wanted: string;
  readonly stamp: Stamp;
};

async function applyAll(tx: Db, { store, definition, wanted, stamp }: Wanted): Promise<string[]> {
  const { schema, policies, relations, words } = partsFor(definition, store);
  const pending = await listPendingChanges(tx, schema.changes);
  await refuseEarlierProcesses(tx, pending);
  await createChangesTable(tx);
  await applyChanges(tx, pending, false);
  await grantConnect(tx, store);
  await clearRights(tx);
  const dropOthers = await recreateFunctions(tx, async () => {
    for (const file of schema.functions) await runFile(tx, file);
    await applyChanges(tx, pending, true);
    if (words) await definition.accessRules?.keep(tx, words);
    await sql.raw([...policies.grants, ...relations.statements].join(';\n')).execute(tx);
  });
  for (const file of schema.rights) await runFile(tx, file);
  await settleGuards(tx, { guarded: policies.guarded, statements: guardsOf(definition, store) });
  await dropOthers();
  await refuseUncoveredTables(tx, definition.policy, store);
  const now = pending.filter((file) => !isOnline(file));
  if (now.length === pending.length) await storeDigest(tx, wanted, stamp);
  return now.map(({ name }) => name);
}

function partsFor({ schema, policy, accessRules }: DatabaseDefinition, store: StoreName) {
  return {
    schema: schema[store],
    policies: policyParts(policy, store),
    relations: relationParts(policy, store),
    words: store === 'main' ? accessRules?.of(policy) : undefined,
  };
}

/** The statements of the row policies and triggers of one database. */
export function guardsOf(definition: DatabaseDefinition, store: StoreName): string[] {
  const { schema, policies, relations } = partsFor(definition, store);
  return [...policies.policies, ...relations.guards, ...schema.triggers.flatMap(splitTriggers)];
}

/** Of everything that a database is migrated to: kept in it, and compared at each start. */
export function digestOf(definition: DatabaseDefinition, store: StoreName): string {
  const { schema, policies, relations, words } = partsFor(definition, store);
  const { grants, guarded, policies: rows } = policies;
  const parts = [...grants, ...guarded, ...rows, ...relations.statements, ...relations.guards];
  return digest([schemaText(schema), ...parts, words ?? ''].join(';'));
}

/** All files of a database, for a digest. */
export const schemaText = ({ changes, functions, rights, triggers }: StoreSchema): string =>
  [...changes, ...functions, ...rights, ...triggers].map(({ name, text }) => `${name} ${text}`).join(';');

/** Files for constraints come after the functions that a constraint may call. */
async function applyChanges(tx: Db, pending: readonly SchemaFile[], constraints: boolean): Promise<void> {
  for (const file of pending) {
    if (isOnline(file) || file.name.endsWith('-constraints') !== constraints) continue;
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
