/** The write-ahead log as a server sends it over its replication protocol, by `pg` alone. */
import type pg from 'pg';
import { systemClock } from '../../clock.ts';
import { formatLsn } from './lsn.ts';

export type LogPiece = { readonly start: bigint; readonly bytes: Buffer };

type Connection = {
  readonly query: (text: string) => void;
  readonly sendCopyFromChunk: (chunk: Buffer) => void;
  readonly stream: { pause(): void; resume(): void };
};

/** The largest amount that waits between the server and the file, and the largest that is written at once. */
const mostWaiting = 4 * 1_048_576;
const mostAtOnce = 1_048_576;

const headerBytes = 25;
const replyAsked = 17;
/** PostgreSQL counts microseconds from the year 2000. */
const year2000 = Date.UTC(2000, 0, 1);

/** `pg` calls submit and the handle… functions. */
export class LogStream {
  readonly #text: string;
  readonly #waiting: LogPiece[] = [];
  #bytes = 0;
  #paused = false;
  #written: bigint;
  #ended: Error | 'stopped' | undefined;
  #connection: Connection | undefined;
  #wake: () => void = () => {};

  /** Begins at this position of this timeline. */
  constructor(start: bigint, timeline: number) {
    this.#text = `START_REPLICATION PHYSICAL ${formatLsn(start)} TIMELINE ${timeline}`;
    this.#written = start;
  }

  begin(client: pg.Client): this {
    client.query(this as unknown as pg.Submittable);
    return this;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const kind = String.fromCharCode(chunk[0] ?? 0);
    if (kind === 'k' && chunk[replyAsked] === 1) this.#reply();
    if (kind !== 'w') return;
    // The parser uses its buffer again.
    const bytes = Buffer.from(chunk.subarray(headerBytes));
    this.#waiting.push({ start: chunk.readBigUInt64BE(1), bytes });
    this.#bytes += bytes.length;
    if (this.#bytes > mostWaiting && !this.#paused) {
      this.#paused = true;
      this.#connection?.stream.pause();
    }
    this.#wake();
  }

  /** Tells the server how far this has come, so that it can stop. */
  tell(lsn: bigint): void {
    this.#written = lsn;
    this.#reply();
  }

  stop(reason: Error | 'stopped' = 'stopped'): void {
    this.#ended ??= reason;
    this.#wake();
  }

  /** What has come, as large pieces as possible, until it is stopped. Throws what ended it otherwise. */
  async *pieces(): AsyncGenerator<LogPiece> {
    for (;;) {
      if (this.#ended === 'stopped') return;
      const piece = this.#take();
      if (piece) yield piece;
      else if (this.#ended) throw this.#ended;
      else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    }
  }

  #take(): LogPiece | undefined {
    const [first] = this.#waiting;
    if (!first) return undefined;
    const taken: Buffer[] = [];
    let length = 0;
    for (let next = this.#waiting[0]; next && length + next.bytes.length <= mostAtOnce; next = this.#waiting[0]) {
      if (next.start !== first.start + BigInt(length)) break;
      taken.push(next.bytes);
      length += next.bytes.length;
      this.#waiting.shift();
    }
    this.#bytes -= length;
    if (this.#paused && this.#bytes < mostWaiting / 2) {
      this.#paused = false;
      this.#connection?.stream.resume();
    }
    return { start: first.start, bytes: Buffer.concat(taken) };
  }

  /** A standby status update: written, flushed, applied, clock, no answer asked for. Nothing is called flushed: a commit that waits for a replica must not take this for one. */
  #reply(): void {
    const update = Buffer.alloc(34);
    update.write('r');
    update.writeBigUInt64BE(this.#written, 1);
    update.writeBigInt64BE(BigInt(systemClock.now().getTime() - year2000) * 1_000n, 25);
    this.#connection?.sendCopyFromChunk(update);
  }

  handleError(error: Error): void {
    this.stop(error);
  }

  handleReadyForQuery(): void {
    this.stop(new Error('the server ended the log'));
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
}
