/** How statements travel: the beginning of a read goes out together with what follows it, and what is asked again and again is parsed once a connection. */
import { createHash } from 'node:crypto';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';

/** A statement earns its name by being asked this often; a connection keeps no more than so many. */
const often = 20;
const mostNamed = 100;
const mostCounted = 2_000;

/** What a server says that lets one client meet another's statements (an old pooler), or that has changed a table under a statement. */
const notKeptHere = new Set(['26000', '42P05']);
const changedTable = '0A000';

/** Which statements have a name, in one pool. The name is a digest of the text, so that no name can ever stand for another text. */
export class Statements {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #kept = true;

  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || !this.#kept || this.#names.size >= mostNamed) return this.#kept ? known : undefined;
    if (this.#counts.size >= mostCounted) this.#counts.clear();
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    if (count < often) return undefined;
    this.#counts.delete(text);
    const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
    this.#names.set(text, name);
    return name;
  }

  /** Names are given up, for good, where the server does not keep them for this client alone. */
  giveUp(): void {
    this.#kept = false;
  }
}

type Query = (text: unknown, values?: unknown) => Promise<pg.QueryResult>;

/** Lets a connection name its statements. After a table has changed under it, it names them anew. */
export function nameStatements(client: pg.ClientBase, statements: Statements): void {
  const query = client.query.bind(client) as Query;
  let generation = 0;
  const asked: Query = (text, values) => {
    const name = typeof text === 'string' && Array.isArray(values) ? statements.nameOf(text) : undefined;
    if (name === undefined) return query(text, values);
    return query({ name: `${name}_${generation}`, text, values }).catch((error: { code?: string }) => {
      if (error.code === changedTable) generation += 1;
      if (error.code !== undefined && notKeptHere.has(error.code)) statements.giveUp();
      throw error;
    });
  };
  (client as { query: unknown }).query = asked;
}

class HouseDriver extends PostgresDriver {
  readonly #begun = new WeakMap<DatabaseConnection, Promise<unknown>>();

  /** A read's beginning is not waited for: should it fail, what follows has no context and so no rows, and its end says so. A change's beginning is. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode !== 'read only') return super.beginTransaction(connection, settings);
    const begun = connection.executeQuery(beginReading);
    begun.catch(() => {}); // Heard at the end.
    this.#begun.set(connection, begun);
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const begun = this.#begun.get(connection);
    this.#begun.delete(connection);
    await Promise.all([begun, super.commitTransaction(connection)]);
  }
}

const beginReading = CompiledQuery.raw('start transaction isolation level repeatable read read only');

export class HouseDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new HouseDriver(this.#config);
  }
}
