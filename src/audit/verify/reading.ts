/** Reads the tables of the log a piece at a time, whatever their size. */
import type pg from 'pg';

/** A connection inside a transaction. */
export type Connection = Pick<pg.ClientBase, 'query'>;
export type RowValues = readonly (string | Buffer | null)[];

const bytea = 17;
const parseText = (text: string): string => text;
const parseBytes = (text: string): Buffer => Buffer.from(text.slice(2), 'hex');
/** Text as the server writes it; bytes as bytes. */
const types = { getTypeParser: (oid: number) => (oid === bytea ? parseBytes : parseText) };

export async function queryRows(connection: Connection, text: string): Promise<readonly RowValues[]> {
  const { rows } = await connection.query<(string | Buffer | null)[]>({ text, rowMode: 'array', types });
  return rows;
}

let cursorCount = 0;

/** The rows of one query, in its order, fetched as they are needed. */
export class RowCursor {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #piece: number;
  #held: readonly RowValues[] = [];
  #at = 0;
  #ended = false;

  private constructor(connection: Connection, name: string, piece: number) {
    this.#connection = connection;
    this.#name = name;
    this.#piece = piece;
  }

  static async open(connection: Connection, query: string, piece = 4_000): Promise<RowCursor> {
    cursorCount += 1;
    const name = `verify_${cursorCount}`;
    await connection.query(`declare ${name} no scroll cursor for ${query}`);
    const stream = new RowCursor(connection, name, piece);
    await stream.#fetch();
    return stream;
  }

  /** What comes next; undefined after the last. */
  get next(): RowValues | undefined {
    return this.#held[this.#at];
  }

  /** Goes on by one. Returns a promise only where more must be fetched. */
  advance(): Promise<void> | undefined {
    this.#at += 1;
    return this.#at < this.#held.length || this.#ended ? undefined : this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.#held = await queryRows(this.#connection, `fetch ${this.#piece} from ${this.#name}`);
    this.#at = 0;
    this.#ended = this.#held.length < this.#piece;
  }

  async close(): Promise<void> {
    await this.#connection.query(`close ${this.#name}`);
  }
}
