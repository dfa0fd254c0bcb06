/** How the application connects to PostgreSQL: one pool per store and login role, days as text, instants as Date, names in camelCase. */
import { CamelCasePlugin, type ControlledTransaction, Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Actor, StoreName } from '../access-policy/access.ts';
import type { DatabaseRole } from '../config.ts';
import { safelightVersion } from '../version.ts';
import { type CountedPool, countWaits, type StorePool, sumPools } from './pool-use.ts';
import { applicationNameOf } from './schema-stamp.ts';
import { nameStatements, SafelightDialect, Statements } from './statements.ts';
import { refuseUnreplicatedCommits } from './unreplicated.ts';

/** A row as a table holds it, from the type of a record. */
export type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

/** Reads only; `getExecutor` is what a `sql` text runs by. A store's functions name the tables that they may see. */
export type Reader<Tables> = Pick<Kysely<Tables>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn' | 'getExecutor'>;

/** Handed out by `request.change` alone. */
export type Writer<Tables> = Reader<Tables> & Pick<Kysely<Tables>, 'insertInto' | 'updateTable' | 'deleteFrom'>;

declare const audited: unique symbol;
/** Reads people's records. Handed out by `request.look` alone, which has written down that somebody looks. */
export type AuditedReader<Tables> = Reader<Tables> & { readonly [audited]: true };

// biome-ignore lint/suspicious/noExplicitAny: each store narrows this to its own tables
export type AnyTables = any;
export type Db = Kysely<AnyTables>;
export type Transaction = ControlledTransaction<AnyTables>;

const { builtins } = pg.types;
pg.types.setTypeParser(builtins.DATE, (text) => text);
pg.types.setTypeParser(builtins.INT8, Number);
pg.types.setTypeParser(builtins.NUMERIC, Number);
const dayArray = 1182;
pg.types.setTypeParser(dayArray as never, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',')));

export type Addresses = Readonly<Record<StoreName, Readonly<Partial<Record<DatabaseRole | 'owner', string>>>>>;

export type PoolOptions = {
  readonly maxConnections?: number;
  /** Hears each statement with its milliseconds, and the error where it failed. */
  readonly onQuery?: (text: string, milliseconds: number, error?: unknown) => void;
  /** In milliseconds: for how long one statement is waited for. A little later a server that has not even refused it is hung up on. */
  readonly timeoutMs?: number;
  /** In milliseconds: how long a connection may take, where `timeoutMs` does not say it. */
  readonly connectMs?: number;
  /** In milliseconds: when a server is hung up on. Background work sets itself no time limit for some statements. */
  readonly hangUpMs?: number;
};

/** Longer than a server takes to say that it was too long. */
const grace = 1_000;
const longestStatement = 30_000;
/** Longer than any statement takes. */
const longestWork = 600_000;

/** Opens one address. Connections are made when first needed and given back to the server after half a minute idle. */
export const openDatabase = (address: string, options: PoolOptions = {}): Db => openCounted(address, options).db;

type OpenDatabase = { readonly db: Db; readonly use: CountedPool['use'] };

function openCounted(address: string, options: PoolOptions): OpenDatabase {
  const { maxConnections = 8, onQuery, timeoutMs, connectMs = 10_000, hangUpMs = longestWork } = options;
  const pool = new pg.Pool({
    connectionString: address,
    max: maxConnections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: timeoutMs ?? connectMs,
    statement_timeout: timeoutMs ?? longestStatement,
    query_timeout: timeoutMs === undefined ? hangUpMs : timeoutMs + grace,
    idle_in_transaction_session_timeout: 60_000,
    // By it a migration sees which versions are connected.
    application_name: applicationNameOf(safelightVersion),
    pipeline: true,
  });
  // A connection may be lost at any moment: the pool makes another, and a query under way fails by itself.
  pool.on('error', () => {});
  const statements = new Statements();
  pool.on('connect', (client) => {
    client.on('error', () => {});
    refuseUnreplicatedCommits(client);
    nameStatements(client, statements);
  });
  const counted = countWaits(pool, maxConnections);
  const db = new Kysely<AnyTables>({
    dialect: new SafelightDialect({ pool: counted }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    ...(onQuery && {
      log: (event) =>
        onQuery(event.query.sql, event.queryDurationMillis, event.level === 'error' ? event.error : undefined),
    }),
  });
  return { db, use: counted.use };
}

/** Read-only, out of space or memory, shutting down, idle too long, not answered in time. */
const unavailableCodes = /^(25006|25P03|53|55P03|57P|57014|08|ECONN|EPIPE)/;
/** What `pg` says of a connection that was cut, or of none that came free in time: it gives that no code. */
const lostConnectionMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout)/;

/** The database fails us, or the way to it: no bug of ours. */
export const isUnavailable = (error: unknown): boolean => {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return (
    (typeof code === 'string' && unavailableCodes.test(code)) ||
    (typeof message === 'string' && lostConnectionMessages.test(message))
  );
};

/** Public pages ask one short question each. With few connections, whose caches stay warm, the database works a fifth less. The wait is short because readers may have to close the page at any moment. */
const publicPool: PoolOptions = { maxConnections: 5, timeoutMs: 4_000 };
/** A page has its answer before: this only gives the connection back. */
const staffPool: PoolOptions = { hangUpMs: longestStatement + grace };

const poolOptionsFor = (role: DatabaseRole | 'owner'): PoolOptions => {
  if (role === 'public') return publicPool;
  return role === 'leader' || role === 'owner' ? {} : staffPool;
};

/** All pools of one process, opened when first asked for. */
export class Databases {
  readonly #addresses: Addresses;
  readonly #options: PoolOptions;
  readonly #open = new Map<string, OpenDatabase & { readonly store: StoreName; readonly role: string }>();

  constructor(addresses: Addresses, options: PoolOptions = {}) {
    this.#addresses = addresses;
    this.#options = options;
  }

  has(store: StoreName, role: DatabaseRole): boolean {
    return this.#addresses[store][role] !== undefined;
  }

  for(store: StoreName, role: DatabaseRole | 'owner', options: PoolOptions = {}): Db {
    const key = [store, role, options.maxConnections, options.timeoutMs].join('/');
    const open = this.#open.get(key);
    if (open) return open.db;
    const address = this.#addresses[store][role];
    if (!address) throw new Error(`this process has no address for the role ${role} of the ${store} database`);
    const opened = openCounted(address, { ...poolOptionsFor(role), ...this.#options, ...options });
    this.#open.set(key, { ...opened, store, role });
    return opened.db;
  }

  /** How busy the connections are, by database and login. */
  pools(): StorePool[] {
    return sumPools([...this.#open.values()].map(({ store, role, use }) => ({ store, role, ...use() })));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ db }) => db.destroy()));
    this.#open.clear();
  }
}

/** What row policies read. Set for one transaction alone: nothing outlives it, behind a pooler too. */
export type Context = {
  readonly now: Date;
  readonly actor?: Actor | undefined;
  /** Why an earlier version is being replaced; kept with that version. */
  readonly reason?: string | undefined;
  /** In milliseconds: for how long a change waits for a row that another transaction holds. */
  readonly lockMs?: number | undefined;
};

const uuids = (ids: readonly string[]): string => `{${ids.join(',')}}`;

export async function setContext(tx: Reader<AnyTables>, { now, actor, reason, lockMs }: Context): Promise<void> {
  const settings: Record<string, string> = { now: now.toISOString(), reason: reason ?? '' };
  if (actor?.unfinished) settings.unfinished = actor.memberId;
  else if (actor) {
    settings.member = actor.memberId;
    settings.agency = actor.agencyId;
    settings.side = actor.side;
    settings.roles = actor.roles.join(',');
    settings.operations = uuids(actor.operations);
    settings.partner_operations = uuids(actor.partnerOperations);
    settings.teams = uuids(actor.teams);
    settings.glass = actor.glassOperation ?? '';
  }
  const calls = Object.entries(settings).map(
    ([name, value]) => sql`set_config(${`safelight.${name}`}, ${value}, true)`,
  );
  if (lockMs !== undefined) calls.push(sql`set_config('lock_timeout', ${String(Math.ceil(lockMs))}, true)`);
  await sql`select ${sql.join(calls)}`.execute(tx);
}

export const beginReading = (db: Db): Promise<Transaction> =>
  db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();

export const beginWriting = (db: Db): Promise<Transaction> => db.startTransaction().execute();

/** For transactions followed by an act that cannot be undone: the commit is on disk, even on a server that otherwise answers earlier. */
export const forceSynchronousCommit = (tx: Reader<AnyTables>): Promise<unknown> =>
  sql`select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`.execute(
    tx as Db,
  );
