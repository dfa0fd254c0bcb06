/** Reads the tables of the log a piece at a time, whatever their size. */
import type pg from 'pg';

/** A connection inside a transaction. */
export type Connection = Pick<pg.ClientBase, 'query'>;
export type Values = readonly (string | Buffer | null)[];

const bytea = 17;
const asText = (text: string): string => text;
const asBytes = (text: string): Buffer => Buffer.from(text.slice(2), 'hex');
/** Text as the server writes it; bytes as bytes. */
const types = { getTypeParser: (oid: number) => (oid === bytea ? asBytes : asText) };

export async function ask(connection: Connection, text: string): Promise<readonly Values[]> {
  const { rows } = await connection.query({ text, rowMode: 'array', types } as never);
  return rows as unknown as readonly Values[];
}

let opened = 0;

/** The rows of one query, in its order, fetched as they are needed. */
export class Stream {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #piece: number;
  #held: readonly Values[] = [];
  #at = 0;
  #ended = false;

  private constructor(connection: Connection, name: string, piece: number) {
    this.#connection = connection;
    this.#name = name;
    this.#piece = piece;
  }

  static async open(connection: Connection, query: string, piece = 4_000): Promise<Stream> {
    opened += 1;
    const name = `verify_${opened}`;
    await connection.query(`declare ${name} no scroll cursor for ${query}`);
    const stream = new Stream(connection, name, piece);
    await stream.#fetch();
    return stream;
  }

  /** What comes next; undefined after the last. */
  get next(): Values | undefined {
    return this.#held[this.#at];
  }

  /** Goes on by one. Returns a promise only where more must be fetched. */
  advance(): Promise<void> | undefined {
    this.#at += 1;
    return this.#at < this.#held.length || this.#ended ? undefined : this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.#held = await ask(this.#connection, `fetch ${this.#piece} from ${this.#name}`);
    this.#at = 0;
    this.#ended = this.#held.length < this.#piece;
  }

  async close(): Promise<void> {
    await this.#connection.query(`close ${this.#name}`);
  }
}
