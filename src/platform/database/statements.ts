/** How statements travel: a read's end, the next read's beginning and its first question leave together, and what is asked again and again is parsed once a connection. */
import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';

/** A statement earns its name by being asked this often; a connection keeps no more than so many. A plan with its row policies takes some 45 kB of the database. */
const namingThreshold = 20;
const mostNamed = 300;
const mostCounted = 2_000;

/** What a server says that lets one client meet another's statements (an old pooler), or that has changed a table under a statement. */
const missingStatementCodes = new Set(['26000', '42P05']);
export const changedTableCode = '0A000';

/** A table got another column since its statement was named: nothing was done, and asked again it is answered. */
export const isChangedTable = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | undefined)?.code === changedTableCode;

/** The named statements of one pool. The name is a digest of the text, so no name can ever mean another text. */
export class Statements {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #kept = true;
  #generation = 0;

  /** Part of each name: after a table changed, every connection uses new names. */
  get generation(): number {
    return this.#generation;
  }

  /** A statement met a changed table under the names of `generation`. Many may meet it at once. */
  renew(generation: number): void {
    if (generation === this.#generation) this.#generation += 1;
  }

  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || !this.#kept || this.#names.size >= mostNamed) return this.#kept ? known : undefined;
    if (this.#counts.size >= mostCounted) this.#counts.clear();
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    if (count < namingThreshold) return undefined;
    this.#counts.delete(text);
    const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
    this.#names.set(text, name);
    return name;
  }

  /** Names are given up, for good, where the server does not keep them for this client alone. */
  disable(): void {
    this.#kept = false;
  }
}

const beginReading = CompiledQuery.raw('start transaction isolation level repeatable read read only');
const endReading = CompiledQuery.raw('commit /* of a read */');
/** Ends one read and begins the next. */
const nextReading = 'commit and chain';
const committedResult = { command: 'COMMIT', rowCount: null, oid: 0, fields: [], rows: [] } satisfies pg.QueryResult;

/** In milliseconds: so long the end of a read, which nobody waits for, stays here for the next read to travel with. A packet of its own costs both sides more than what it says. */
const endDelay = 5;

type Query = (text: unknown, values?: unknown) => Promise<pg.QueryResult>;

type DatabaseError = Error & { readonly code?: string };

/** A question by the name of its statement; as a configuration it would be copied property by property each time. */
class NamedQuery extends pg.Query {
  constructor(
    name: string,
    text: string,
    values: unknown[],
    done: (error: DatabaseError | undefined, found: pg.QueryResult) => void,
  ) {
    super(text, values, done);
    Object.assign(this, { name });
  }
}

/** Lets a connection use named statements. After a table changes, all connections of the pool use new names. */
export function nameStatements(client: pg.ClientBase, statements: Statements): void {
  const query = client.query.bind(client) as Query;
  let endTimer: NodeJS.Timeout | undefined;
  let chains = true;
  const cancelEnd = (): boolean => {
    const was = endTimer !== undefined;
    clearTimeout(endTimer);
    endTimer = undefined;
    return was;
  };
  const end = (): void => {
    if (cancelEnd()) ignoreFailure(query(endReading.sql));
  };
  const sendQuery: Query = (text, values) => {
    if (text === endReading.sql) {
      endTimer ??= setTimeout(end, endDelay).unref();
      return Promise.resolve(committedResult);
    }
    if (text === beginReading.sql) {
      batchWrites(client);
      if (!chains) end();
      return query(cancelEnd() ? nextReading : text).catch((error) => {
        chains = false; // Where one read did not begin, the next may not count on it.
        throw error;
      });
    }
    end();
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 && statements.nameOf(text);
    if (!name) return query(text, values);
    const { generation } = statements;
    return new Promise((done, failed) => {
      const heard = (error: DatabaseError | undefined, found: pg.QueryResult): void => {
        if (error && isChangedTable(error)) statements.renew(generation);
        if (error?.code !== undefined && missingStatementCodes.has(error.code)) statements.disable();
        if (error) failed(error);
        else done(found);
      };
      void query(new NamedQuery(`${name}_${generation}`, text, values, heard));
    });
  };
  (client as { query: unknown }).query = sendQuery;
}
/** What is sent in this turn leaves in one packet. */
function batchWrites(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  setImmediate(() => stream.uncork());
}

class SafelightDriver extends PostgresDriver {
  readonly #reading = new WeakSet<DatabaseConnection>();

  /** A read's beginning is not waited for: should it fail, what follows has no context and so no rows. A change's beginning is. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode !== 'read only') return super.beginTransaction(connection, settings);
    this.#reading.add(connection);
    ignoreFailure(connection.executeQuery(beginReading));
  }

  /** The end of a read is not awaited either, because it loses nothing. PostgreSQL answers the connection's next user after it, in the order sent. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#reading.delete(connection)) ignoreFailure(connection.executeQuery(endReading));
    else await super.commitTransaction(connection);
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#reading.delete(connection);
    await super.rollbackTransaction(connection as never);
  }
}

/** A connection that is lost says so to the next that is asked of it. */
const ignoreFailure = (sent: Promise<unknown>): void => void sent.catch(() => {});

export class SafelightDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new SafelightDriver(this.#config);
  }
}
