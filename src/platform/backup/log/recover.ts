/** Brings an unpacked server from the end of its backup to a moment, by PostgreSQL’s own recovery from the received log. */
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { chown, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getServerPaths, removeMovedData } from '../../embedded-postgres/embedded.ts';
import { chooseLaunchSettings } from '../../embedded-postgres/postgres-binaries.ts';
import { type ServerPaths, startPostmaster } from '../../embedded-postgres/postmaster.ts';
import { BackupFault } from '../fault.ts';
import { requireRoom } from '../folders.ts';
import type { Cluster } from '../manifest.ts';
import { openPiece } from './log-piece.ts';
import { type Covered, coverSpan, findSpan, type Span } from './log-store.ts';
import { parseLsn, segmentName, segmentStart } from './lsn.ts';

/** A moment by the server’s clock, or everything that was received. */
export type Until = Date | 'last';

export type ServerLog = { readonly cluster: Cluster; readonly span: Span; readonly covered: Covered };

const seeList = 'See safelight backup list for the moments that can be restored.';

/** The log that leads from a server’s part of a backup to a moment. Refuses, before anything is unpacked, what can be known by then. */
export function findServerLog(folder: string, cluster: Cluster, until: Until): ServerLog {
  const span = findSpan(folder, cluster);
  const covered = span && coverSpan(span, parseLsn(cluster.endLsn));
  if (!span || !covered)
    throw new BackupFault(
      `No log of the ${cluster.name} server goes on from this backup.`,
      `Points in time need safelight backup log, running since before the backup was taken, into the same folder. ${seeList}`,
    );
  const { reached } = span;
  if (until === 'last') {
    if (covered.fault) throw covered.fault;
    return { cluster, span, covered };
  }
  if (!reached || until.toISOString() > reached.at)
    throw new BackupFault(
      `The log of the ${cluster.name} server reaches until ${reached?.at ?? 'no moment that is known'}.`,
      'Choose a moment before that, or --until last for everything that was received.',
    );
  return { cluster, span, covered };
}

export type RecoverOptions = {
  readonly until: Until;
  readonly identities: readonly string[];
  readonly sync: boolean;
  readonly stopped?: AbortSignal | undefined;
};

/** Recovers the server in `data`, an unpacked folder, or throws what is missing. `home` is a scratch folder that is made and removed. */
export async function recoverServer(
  log: ServerLog,
  data: string,
  home: string,
  options: RecoverOptions,
): Promise<void> {
  mkdirSync(home, { mode: 0o700 });
  const inner = join(home, 'postgres');
  await rename(data, inner);
  const auto = join(inner, 'postgresql.auto.conf');
  try {
    const fault = await fillLog(log, join(inner, 'pg_wal'), options);
    if (fault && options.until === 'last') throw fault;
    writeFileSync(join(inner, 'recovery.signal'), '');
    if (existsSync(auto)) renameSync(auto, `${auto}.kept`);
    writeFileSync(join(home, 'postgresql.conf'), '', { mode: 0o644 });
    writeFileSync(join(home, 'pg_hba.conf'), 'local all all reject\n', { mode: 0o644 });
    const manner = chooseLaunchSettings(home, () => {});
    const place = getServerPaths(home, manner, options.sync);
    await runRecovery(place, options, log, fault);
    if (place.data !== inner) await takeBack(place.data, inner);
    rmSync(auto, { force: true });
    if (existsSync(`${auto}.kept`)) renameSync(`${auto}.kept`, auto);
    checkReached(inner, log, options.until);
    await rename(inner, data);
  } finally {
    removeMovedData(home);
    rmSync(home, { recursive: true, force: true });
  }
}

/** While it starts, PostgreSQL knows no names of time zones, and not Z. */
const formatTarget = (at: Date): string => at.toISOString().replace('Z', '+00');

/** Starts the server, which recovers and then lets clients in, and stops it again. */
async function runRecovery(
  place: ServerPaths,
  { until }: RecoverOptions,
  { cluster }: ServerLog,
  fault: BackupFault | undefined,
): Promise<void> {
  const beside = dirname(place.data);
  const settings: Record<string, string> = {
    // Settings of the server that was backed up do not hold here, and it asks for nothing elsewhere.
    config_file: join(beside, 'postgresql.conf'),
    hba_file: join(beside, 'pg_hba.conf'),
    lc_messages: 'C',
    // Each segment lies in pg_wal already.
    restore_command: 'false',
    hot_standby: 'off',
    recovery_target_action: 'promote',
    recovery_target_timeline: 'current',
    ...(until !== 'last' && { recovery_target_time: formatTarget(until), recovery_target_inclusive: 'on' }),
  };
  try {
    const postmaster = await startPostmaster({ ...place, settings });
    await postmaster.stop();
  } catch (error) {
    const { message } = error as Error;
    if (/recovery ended before configured recovery target/.test(message))
      throw (
        fault ??
        new BackupFault(
          `The log of the ${cluster.name} server ends before this moment.`,
          'Choose an earlier moment, or --until last for everything that was received.',
        )
      );
    if (/before consistent recovery point/.test(message))
      throw new BackupFault(
        'This moment lies before the end of the backup.',
        `Choose a later moment, or name an earlier backup. ${seeList}`,
      );
    const cause = message.replace(/^PostgreSQL did not start: /, '').replace(/ Its log is .*$/s, '');
    throw new BackupFault(`The recovery failed: ${cause}`, 'Choose another moment, or another backup.');
  }
}

/** Writes the segments after the backup into pg_wal. Returns why it goes no further, where more was received. */
async function fillLog(
  { covered }: ServerLog,
  folder: string,
  options: RecoverOptions,
): Promise<BackupFault | undefined> {
  const { scans, segmentBytes, timeline, from, end } = covered;
  await requireRoom(folder, Number(end - from) + segmentBytes, 'the log');
  const segments = new SegmentWriter(folder, timeline, segmentBytes, options.sync);
  let at = from;
  let broken: BackupFault | undefined;
  try {
    for (const scan of scans) {
      // Another piece may hold it too.
      if (scan.start > at) break;
      try {
        for await (const { start, bytes } of openPiece(scan, options.identities, at)) {
          options.stopped?.throwIfAborted();
          segments.write(at, bytes.subarray(Number(at - start)));
          at = start + BigInt(bytes.length);
        }
      } catch (error) {
        if (!(error instanceof BackupFault)) throw error;
        broken = error;
      }
    }
  } finally {
    segments.close();
  }
  return at < end ? broken : covered.fault;
}

/** Writes whole files, of which the last may end in nothing. */
class SegmentWriter {
  readonly #folder: string;
  readonly #timeline: number;
  readonly #segmentBytes: number;
  readonly #sync: boolean;
  #open: { readonly file: number; readonly name: string } | undefined;

  constructor(folder: string, timeline: number, segmentBytes: number, sync: boolean) {
    this.#folder = folder;
    this.#timeline = timeline;
    this.#segmentBytes = segmentBytes;
    this.#sync = sync;
  }

  write(lsn: bigint, bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const here = lsn + BigInt(at);
      const offset = Number(here - segmentStart(here, this.#segmentBytes));
      const part = bytes.subarray(at, at + this.#segmentBytes - offset);
      const file = this.#fileOf(segmentName(this.#timeline, here, this.#segmentBytes));
      for (let written = 0; written < part.length; )
        written += writeSync(file, part, written, part.length - written, offset + written);
      at += part.length;
    }
  }

  #fileOf(name: string): number {
    if (this.#open?.name === name) return this.#open.file;
    this.close();
    const file = openSync(join(this.#folder, name), 'w', 0o600);
    ftruncateSync(file, this.#segmentBytes);
    this.#open = { file, name };
    return file;
  }

  close(): void {
    if (!this.#open) return;
    if (this.#sync) fsyncSync(this.#open.file);
    closeSync(this.#open.file);
    this.#open = undefined;
  }
}

/** Where root may not run the server in place, it ran elsewhere, as somebody else. */
async function takeBack(from: string, to: string): Promise<void> {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  for (const name of ['', ...(readdirSync(to, { recursive: true }) as string[])]) await chown(join(to, name), uid, gid);
}

/** PostgreSQL takes a record that it cannot read for the end of the log. Then the rest is missing, and nobody may be told otherwise. */
function checkReached(data: string, { cluster, span }: ServerLog, until: Until): void {
  if (until !== 'last' || !span.reached) return;
  const wal = join(data, 'pg_wal');
  const newest = readdirSync(wal)
    .filter((name) => name.endsWith('.history'))
    .sort()
    .at(-1);
  const lines = newest ? readFileSync(join(wal, newest), 'utf8').trim().split('\n') : [];
  const ended = parseLsn(lines.at(-1)?.split('\t')[1] ?? '0/0');
  if (ended < parseLsn(span.reached.lsn))
    throw new BackupFault(
      `The log of the ${cluster.name} server cannot be read to its end.`,
      'Choose a moment before the fault with --until, and take a new backup now.',
    );
}
