/** What `safelight upgrade check` reads of one database: in one read-only transaction, by the owner's login. */
import { sql } from 'kysely';
import type { StoreName } from '../../platform/access-policy/access.ts';
import { findUnsafeStatements, tablesHeld } from '../../platform/database/additive-changes.ts';
import type { Db } from '../../platform/database/database.ts';
import { type DatabaseDefinition, digestOf, guardsOf } from '../../platform/database/migrate.ts';
import { isOnline } from '../../platform/database/online-changes.ts';
import { listPendingChanges } from '../../platform/database/schema-changes.ts';
import {
  beforeStamps,
  listConnectedVersions,
  parseStamp,
  type Stamp,
  versionNeeded,
  wasMadeByLater,
} from '../../platform/database/schema-stamp.ts';
import { listChangedGuards } from '../../platform/database/standing-guards.ts';

export type PendingChange = {
  readonly name: string;
  /** Built beside running work. */
  readonly online: boolean;
  /** The version that every process must have before. */
  readonly needs: string | undefined;
  /** Tables that are held while it is applied. */
  readonly held: readonly string[];
  /** Why it holds them for as long as they have rows, or takes away what the version before uses. */
  readonly unsafe: readonly string[];
};

export type StoreFacts = {
  readonly store: StoreName;
  /** Undefined where nothing was ever migrated. */
  readonly stamp: Stamp | undefined;
  readonly pending: readonly PendingChange[];
  /** Whether anything at all differs from what this version wants. */
  readonly differs: boolean;
  /** Tables whose row policies or triggers are made again. */
  readonly guards: readonly string[];
  readonly tables: number;
  /** In bytes, of each table that a pending change holds. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly connected: readonly string[];
  /** Transactions that have been open for longer than a few seconds. */
  readonly longTransactions: number;
};

/** In seconds: what is open for longer makes a migration try again. */
const longTransaction = 5;

/** Refuses a database of before the first release, or one with a change that this version does not know. Changes nothing. */
export async function readStoreFacts(
  owner: Db,
  store: StoreName,
  definition: DatabaseDefinition,
  version: string,
): Promise<StoreFacts> {
  return owner
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      const { seal, bytes, tables, long } = await readState(tx);
      const stamp = parseStamp(seal);
      const later = stamp && wasMadeByLater(stamp, version);
      const changes = later ? [] : await listPendingChanges(tx, definition.schema[store].changes);
      const pending = changes.map((file) => ({
        name: file.name,
        online: isOnline(file),
        needs: versionNeeded(file),
        held: tablesHeld(file),
        unsafe: [...new Set(findUnsafeStatements(file).map(({ why }) => why))],
      }));
      const wanted = definition.digests?.[store] ?? digestOf(definition, store);
      return {
        store,
        stamp,
        pending,
        differs: !later && !seal?.startsWith(`${wanted} `),
        guards: later || !stamp ? [] : await listChangedGuards(tx, guardsOf(definition, store)),
        tables,
        sizes: await readSizes(tx, [...new Set(pending.flatMap(({ held }) => held))]),
        bytes,
        connected: await listConnectedVersions(tx),
        longTransactions: long,
      };
    });
}

type State = { readonly seal: string | null; readonly bytes: number; readonly tables: number; readonly long: number };

async function readState(tx: Db): Promise<State> {
  const { rows } = await sql<State>`
    select obj_description(to_regnamespace('ctx'), 'pg_namespace') as seal,
           pg_database_size(current_database())::float8 as bytes,
           (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r') as tables,
           (select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
               and xact_start < now() - make_interval(secs => ${longTransaction})) as long`.execute(tx);
  return rows[0] as State;
}

async function readSizes(tx: Db, names: readonly string[]): Promise<Record<string, number>> {
  if (names.length === 0) return {};
  const { rows } = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_table_size(oid)::float8 as bytes from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname = any (${names}::text[])`.execute(tx);
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
}

/** Of a database that was migrated before there were stamps. */
export const isStampOfBefore = (stamp: Stamp | undefined): boolean => stamp?.version === beforeStamps;
