/** Reads every row that belongs to an agency, as all of them stood at one moment. By a login that row policies hide nothing from: the one for backups. */
import pg from 'pg';
import { lackingRight, unreachable } from '../../platform/backup/index.ts';
import { keysAbove, type StoredRow } from './open-row.ts';
import { type OwnedTable, recordTableOf } from './owned-tables.ts';

const rowsAtOnce = 200;
const insufficientPrivilege = '42501';

export type Column = { readonly name: string; readonly type: string };

/** One store’s database in a read-only snapshot, until it is closed. */
export class Snapshot {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** Refuses a login that sees only some rows. */
  static async open(address: string): Promise<Snapshot> {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
    client.on('error', () => {}); // The query under way fails by itself.
    await client.connect().catch((error: Error) => {
      throw unreachable(address, error);
    });
    await client.query('begin isolation level repeatable read read only');
    await client.query("set local row_security = off; set local timezone = 'UTC'");
    return new Snapshot(client);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  /** Whether the log of this database has a row of the request. */
  async hasLogOf(requestId: string): Promise<boolean> {
    const { rows } = await this.#query('select from access_log where request_id = $1 limit 1', [requestId]);
    return rows.length > 0;
  }

  async listTables(): Promise<readonly string[]> {
    const { rows } = await this.#client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    );
    return rows.map(({ name }) => name);
  }

  async listColumns(table: string): Promise<readonly Column[]> {
    const { rows } = await this.#client.query<Column>(
      `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
       from pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [pg.escapeIdentifier(table)],
    );
    return rows;
  }

  /** In pieces, so that no more than a few hundred rows are in memory. */
  async *readRows({ name, row, belongs }: OwnedTable, agencyId: string): AsyncGenerator<readonly StoredRow[]> {
    await this.#query(
      `declare leaving no scroll cursor for
       select ${row} as row, ${keyAboveOf(name)} as "keyAbove" from ${pg.escapeIdentifier(name)} x where ${belongs}`,
      `${row}${belongs}`.includes('$1') ? [agencyId] : [],
    );
    for (;;) {
      const { rows } = await this.#query<StoredRow>(`fetch ${rowsAtOnce} from leaving`);
      if (rows.length === 0) break;
      yield rows;
    }
    await this.#client.query('close leaving');
  }

  async #query<Row extends pg.QueryResultRow>(text: string, values: string[] = []): Promise<pg.QueryResult<Row>> {
    try {
      return await this.#client.query<Row>(text, values);
    } catch (error) {
      if ((error as pg.DatabaseError).code !== insufficientPrivilege) throw error;
      throw lackingRight(error as Error);
    }
  }
}

/** The key in the record above, as JSON writes bytes. Of an earlier version it is that of the record. */
function keyAboveOf(name: string): string {
  const above = keysAbove[recordTableOf(name)];
  if (!above) return 'null';
  const [table, column, key] = above;
  const id = recordTableOf(name) !== name ? `(x.record ->> '${column}')::uuid` : `x.${column}`;
  return `(select to_jsonb(p.${key}) from ${pg.escapeIdentifier(table)} p where p.id = ${id})`;
}
