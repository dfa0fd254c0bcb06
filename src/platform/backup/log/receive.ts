/** Receives the write-ahead log of each server as it is written, encrypted, and keeps the copy of the keys fresh. Ends only when it is stopped or something fails. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { StoreName } from '../../access-policy/access.ts';
import { systemClock } from '../../clock.ts';
import { type BackupAddresses, listServers, openReplication } from '../base-backup.ts';
import { withConnection } from '../cluster-facts.ts';
import { BackupFault } from '../fault.ts';
import { makeFolder, syncFolder } from '../folders.ts';
import { type KeyPlaces, writeKeyCopy } from '../key-copy.ts';
import { checkRecipients } from '../recipients.ts';
import { type PieceFacts, PieceWriter } from './log-piece.ts';
import { confirm, dropSlot, makeSlot, readSlots, reserveSpan } from './log-slots.ts';
import { findSpanEnd, listSpans, type Reached, spanFolder, writeReached } from './log-store.ts';
import { LogStream } from './log-stream.ts';
import { formatLsn, parseLsn, segmentStart } from './lsn.ts';

export type ReceiveOptions = {
  readonly addresses: BackupAddresses;
  /** The folder of backups. */
  readonly folder: string;
  readonly halvesFolder: string;
  readonly recipients: readonly string[];
  readonly keys: KeyPlaces;
  readonly now?: () => Date;
  readonly stopped: AbortSignal;
  readonly tell: (sentence: string) => void;
  /** How often the moment is noted until which everything is in, and how often the keys are looked at. */
  readonly momentMs?: number;
  readonly keysMs?: number;
};

type Receiving = Required<ReceiveOptions> & { readonly keysGood: { at: string | undefined } };

/** Receives until `stopped`. Throws what ended it otherwise: a supervisor starts it again. */
export async function receiveLog(given: ReceiveOptions): Promise<void> {
  const recipients = await checkRecipients(given.recipients);
  if (recipients.length === 0)
    throw new BackupFault('No recipient is given.', 'Give --recipient and an age public key.');
  await makeFolder(given.folder);
  const servers = await listServers(given.addresses);
  const failed = new AbortController();
  const options: Receiving = {
    now: systemClock.now,
    momentMs: 10_000,
    keysMs: 60_000,
    ...given,
    recipients,
    stopped: AbortSignal.any([given.stopped, failed.signal]),
    keysGood: { at: undefined },
  };
  const works = [keepKeyCopy(options), ...servers.map(({ name }) => receiveServer(options, name))];
  const ended = await Promise.allSettled(
    works.map((work) =>
      work.catch((error: Error) => {
        failed.abort();
        throw error;
      }),
    ),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

/** Drops what the servers keep for the log in this folder: nobody goes on receiving it. */
export async function endLog(addresses: BackupAddresses, folder: string): Promise<number> {
  let ended = 0;
  for (const { name } of await listServers(addresses)) {
    const here = new Map(listSpans(folder).map((one) => [one.span, one]));
    const slots = await withConnection(addresses[name], readSlots);
    const replication = await openReplication(addresses[name]);
    try {
      for (const { span } of slots.filter((slot) => here.has(slot.span))) {
        await dropSlot(replication, span);
        const { path, reached } = here.get(span) ?? {};
        if (path && reached) await writeReached(path, { ...reached, ended: true });
        ended += 1;
      }
    } finally {
      await replication.end();
    }
  }
  return ended;
}

async function receiveServer(options: Receiving, name: StoreName): Promise<void> {
  await withConnection(options.addresses[name], async (client) => {
    const replication = await openReplication(options.addresses[name]);
    try {
      const place = await findPlace(options, name, client, replication);
      await receiveSpan(options, client, replication, place);
    } finally {
      replication.connection?.stream?.destroy?.();
      await replication.end().catch(() => {});
    }
  });
}

type Place = {
  readonly path: string;
  readonly start: bigint;
  readonly facts: Omit<PieceFacts, 'begun'>;
};

/** Goes on where the last run ended, if the server still has the rest; otherwise begins a new span, after a gap. */
async function findPlace(
  options: Receiving,
  name: StoreName,
  client: pg.Client,
  replication: pg.Client,
): Promise<Place> {
  const identified = await replication.query<{ systemid: string; timeline: number }>('IDENTIFY_SYSTEM');
  const { systemid: systemId = '', timeline = 1 } = identified.rows[0] ?? {};
  const { rows } = await client.query<{ bytes: string; flushed: string }>(
    "select setting as bytes, pg_current_wal_flush_lsn()::text as flushed from pg_settings where name = 'wal_segment_size'",
  );
  const { bytes = '16777216', flushed = '0/0' } = rows[0] ?? {};
  const common = { systemId, timeline: Number(timeline), segmentBytes: Number(bytes) };
  const slots = await readSlots(client);
  const spans = listSpans(options.folder).filter((one) => one.cluster === name);
  for (const one of spans) {
    const slot = slots.find(({ span }) => span === one.span);
    if (!slot) continue;
    await reserveSpan(client, one.span);
    const facts = { ...common, span: one.span };
    const start = await findStart(one, slot.restart, parseLsn(flushed), common);
    if (start !== undefined) return { path: one.path, start, facts };
    await dropSlot(replication, one.span);
  }
  if (spans.length > 0)
    options.tell(
      `The log of the ${name} server cannot be continued: the server has not kept it, was restored, or another one took over. There is a gap, and points in it cannot be restored.`,
    );
  return beginSpan(options, name, client, replication, common);
}

/** Undefined where the server no longer has what follows, or has another history. */
async function findStart(
  span: ReturnType<typeof listSpans>[number],
  restart: string | null,
  flushed: bigint,
  { systemId, timeline, segmentBytes }: Omit<PieceFacts, 'begun' | 'span'>,
): Promise<bigint | undefined> {
  if (restart === null) return undefined;
  const found = await findSpanEnd(span);
  if (!found) return segmentStart(parseLsn(restart), segmentBytes);
  const same = found.header.systemId === systemId && found.header.timeline === timeline;
  return same && parseLsn(restart) <= found.end && found.end <= flushed ? found.end : undefined;
}

async function beginSpan(
  options: Receiving,
  name: StoreName,
  client: pg.Client,
  replication: pg.Client,
  common: Omit<PieceFacts, 'begun' | 'span'>,
): Promise<Place> {
  const span = randomBytes(6).toString('hex');
  const path = join(options.folder, spanFolder(name, span));
  await mkdir(path, { mode: 0o700 });
  await syncFolder(options.folder);
  await reserveSpan(client, span);
  await makeSlot(replication, span);
  const restart = (await readSlots(client)).find((slot) => slot.span === span)?.restart;
  if (!restart) throw new Error('the server did not say where its log begins');
  options.tell(
    `A new log of the ${name} server begins. Take a backup now: every moment after its end can then be restored.`,
  );
  return { path, start: segmentStart(parseLsn(restart), common.segmentBytes), facts: { ...common, span } };
}

async function receiveSpan(
  options: Receiving,
  client: pg.Client,
  replication: pg.Client,
  { path, start, facts }: Place,
): Promise<void> {
  const log = new LogStream(start, facts.timeline);
  const stop = (): void => log.stop();
  options.stopped.addEventListener('abort', stop, { once: true });
  const writer = new SpanWriter(options, path, start, facts);
  const moments = noteMoments(options, client, log, () => keepMoment());
  let keeping = Promise.resolve();
  const keepMoment = (): Promise<void> => {
    const moment = moments.takeReached(writer.end);
    if (moment)
      keeping = keeping.then(async () => {
        await writeReached(path, { ...moment, ...(options.keysGood.at && { keys: options.keysGood.at }) });
        await confirm(client, facts.span, parseLsn(moment.lsn));
      });
    return keeping;
  };
  try {
    if (options.stopped.aborted) return;
    for await (const piece of log.begin(replication).pieces()) {
      if (piece.start !== writer.end)
        throw new Error(`the server sent ${formatLsn(piece.start)} in place of ${formatLsn(writer.end)}`);
      await writer.write(piece.bytes);
      log.tell(writer.end);
      await keepMoment();
    }
  } catch (error) {
    if (error instanceof BackupFault) throw error;
    throw new BackupFault(
      `The log could not be received any longer: ${(error as Error).message}.`,
      'Start it again: the server keeps what was not received, up to max_slot_wal_keep_size.',
    );
  } finally {
    moments.end();
    options.stopped.removeEventListener('abort', stop);
    await writer.close();
  }
}

/** Writes the log of one span, a piece for each segment. */
class SpanWriter {
  readonly #options: Receiving;
  readonly #path: string;
  readonly #facts: Place['facts'];
  #piece: PieceWriter | undefined;
  end: bigint;

  constructor(options: Receiving, path: string, start: bigint, facts: Place['facts']) {
    this.#options = options;
    this.#path = path;
    this.#facts = facts;
    this.end = start;
  }

  /** Returns when all of it is on the disk. */
  async write(bytes: Buffer): Promise<void> {
    const segment = BigInt(this.#facts.segmentBytes);
    for (let at = 0; at < bytes.length; ) {
      this.#piece ??= await this.#open();
      const room = Number(segment - (this.end % segment));
      const part = bytes.subarray(at, at + room);
      await this.#piece.append(part);
      at += part.length;
      this.end += BigInt(part.length);
      if (this.end % segment === 0n) await this.close();
    }
  }

  #open(): Promise<PieceWriter> {
    const facts = { ...this.#facts, begun: this.#options.now().toISOString() };
    return PieceWriter.create(this.#path, facts, this.end, this.#options.recipients);
  }

  async close(): Promise<void> {
    await this.#piece?.close();
    this.#piece = undefined;
  }
}

type Moment = Pick<Reached, 'at' | 'lsn'>;

async function askOne<Value>(client: pg.Client, what: string): Promise<Value> {
  const { rows } = await client.query<{ value: Value }>(`select ${what} as value`);
  const [row] = rows;
  if (!row) throw new Error('the server did not answer');
  return row.value;
}

/** A server that does not answer for so long is taken for lost. */
const patience = 60_000;

/** Asks the server now and then for its clock and then how far the log is. A small commit in between is what recovery stops at while nobody writes. */
function noteMoments({ momentMs }: Receiving, client: pg.Client, log: LogStream, noted: () => Promise<void>) {
  let next: Moment | undefined;
  let askedAt: number | undefined;
  const ask = async (): Promise<void> => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > patience) throw new Error('the server does not answer');
      return;
    }
    askedAt = performance.now();
    const at = await askOne<Date>(client, "date_trunc('milliseconds', clock_timestamp())");
    await client.query("select pg_logical_emit_message(true, 'safelight', '')");
    next ??= { at: at.toISOString(), lsn: await askOne<string>(client, 'pg_current_wal_flush_lsn()::text') };
    askedAt = undefined;
    await noted();
  };
  const askOrEnd = (): void => void ask().catch((error: Error) => log.stop(error));
  const timer = setInterval(askOrEnd, momentMs);
  // Its own commit need not wait for a replica.
  client.query('set synchronous_commit = local').then(askOrEnd, (error: Error) => log.stop(error));
  return {
    /** The noted moment, once all before it is on the disk. */
    takeReached(end: bigint): Moment | undefined {
      if (!next || end < parseLsn(next.lsn)) return undefined;
      const reached = next;
      next = undefined;
      return reached;
    },
    end: () => clearInterval(timer),
  };
}

/** Replaces the copy of the keys when a key was made or destroyed: without the half of its key no sealed record of a restored point opens. */
async function keepKeyCopy({
  halvesFolder,
  keys,
  recipients,
  now,
  keysMs,
  stopped,
  keysGood,
}: Receiving): Promise<void> {
  let known = '';
  while (!stopped.aborted) {
    const at = now();
    const found = describeKeys(keys);
    if (found !== known) await writeKeyCopy(halvesFolder, keys, recipients, at);
    known = found;
    keysGood.at = at.toISOString();
    await waitOrStop(keysMs, stopped);
  }
}

/** Changes with every file of keys. */
function describeKeys({ keysFile, keyHalvesFolder }: KeyPlaces): string {
  const describe = (path: string): string => {
    const found = statSync(path, { throwIfNoEntry: false });
    return `${path} ${found?.mtimeMs} ${found?.size}`;
  };
  const names = existsSync(keyHalvesFolder) ? readdirSync(keyHalvesFolder).sort() : [];
  return [keysFile, ...names.map((name) => join(keyHalvesFolder, name))].map(describe).join('\n');
}

function waitOrStop(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal: stopped }).catch(() => {});
}
