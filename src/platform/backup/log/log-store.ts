/** The received write-ahead log beside the backups: a folder for each unbroken span, pieces in it, and until when everything is in. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoreName } from '../../access-policy/access.ts';
import { BackupFault } from '../fault.ts';
import { syncFolder } from '../folders.ts';
import type { Cluster, Manifest } from '../manifest.ts';
import type { StoredBackup } from '../store.ts';
import { brokenPiece, type PieceScan, pieceName, piecePattern, pieceStart, scanPiece } from './log-piece.ts';
import { parseLsn, segmentStart } from './lsn.ts';

const spanPattern = /^log-(main|safeguarding)-([\da-f]{12})$/;
export const spanFolder = (cluster: StoreName, span: string): string => `log-${cluster}-${span}`;

export const reachedFile = 'reached.json';
const Reached = z.object({
  /** What was committed before this moment, by the server’s clock, is in the log before `lsn`. */
  at: z.iso.datetime(),
  lsn: z.string(),
  /** When the copy of the keys was last known to hold every key. */
  keys: z.iso.datetime().optional(),
  /** Nobody goes on receiving it. */
  ended: z.boolean().optional(),
});
export type Reached = z.output<typeof Reached>;

export type Span = {
  readonly cluster: StoreName;
  readonly span: string;
  readonly path: string;
  /** In order. */
  readonly pieces: readonly string[];
  readonly reached: Reached | undefined;
};

/** Spans in a folder of backups, in no order. */
export function listSpans(folder: string): readonly Span[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const [, cluster, span] = spanPattern.exec(name) ?? [];
    if (!cluster || !span) return [];
    const path = join(folder, name);
    const pieces = readdirSync(path)
      .filter((piece) => piecePattern.test(piece))
      .sort()
      .map((piece) => join(path, piece));
    return [{ cluster: cluster as StoreName, span, path, pieces, reached: readReached(path) }];
  });
}

function readReached(path: string): Reached | undefined {
  try {
    return Reached.parse(JSON.parse(readFileSync(join(path, reachedFile), 'utf8')));
  } catch {
    return undefined;
  }
}

/** In place of the last one. If it is lost with the power, an earlier moment stands there, which is true too. */
export async function writeReached(path: string, reached: Reached): Promise<void> {
  const half = join(path, `${reachedFile}.half`);
  const file = await open(half, 'w', 0o600);
  await file.writeFile(`${JSON.stringify(reached)}\n`);
  await file.close();
  await rename(half, join(path, reachedFile));
}

/** The last piece with a whole record: after it a span goes on after a stop. Removes later ones, which hold none. Undefined for an empty span. */
export async function findSpanEnd({ path, pieces }: Span): Promise<PieceScan | undefined> {
  for (const last of pieces.toReversed()) {
    const scan = scanPiece(last, { digests: true });
    if (scan && scan.records.length > 0) return scan;
    await rm(last);
    await syncFolder(path);
  }
  return undefined;
}

/** The span that goes on where this server’s part of a backup ends; undefined where none was received then. */
export function findSpan(folder: string, { name, logs = [] }: Cluster): Span | undefined {
  const [first] = listSpans(folder)
    .filter(({ cluster, span }) => cluster === name && logs.includes(span))
    .sort((one, other) => (other.reached?.at ?? '').localeCompare(one.reached?.at ?? ''));
  return first;
}

export type Covered = {
  readonly scans: readonly PieceScan[];
  readonly segmentBytes: number;
  readonly timeline: number;
  /** The first position that is not in the backup itself. A segment begins there. */
  readonly from: bigint;
  /** Everything from `from` to here is there. */
  readonly end: bigint;
  /** Why nothing after `end` is, where more was received. */
  readonly fault: BackupFault | undefined;
};

/** A backup holds the segment in which it ends, to its last byte. */
const afterBackup = (endLsn: bigint, segmentBytes: number): bigint =>
  segmentStart(endLsn - 1n, segmentBytes) + BigInt(segmentBytes);

/** Which pieces hold the log without a gap from the end of a backup on. Needs no key; with `digests` reads every record. Undefined where no piece can be read. */
export function coverSpan({ pieces }: Span, endLsn: bigint, { digests = false } = {}): Covered | undefined {
  const facts = readFirstHeader(pieces);
  if (!facts) return undefined;
  const { segmentBytes, timeline } = facts;
  const from = afterBackup(endLsn, segmentBytes);
  const scans: PieceScan[] = [];
  let end = from;
  let doubted: string | undefined;
  for (const path of piecesFrom(pieces, from)) {
    const scan = scanPiece(path, { digests });
    // What a kill left behind the last whole record of a piece, the next one has again.
    if (pieceStart(path) > end)
      return { scans, segmentBytes, timeline, from, end, fault: doubted ? brokenPiece(doubted) : missingPiece(end) };
    if (scan) {
      scans.push(scan);
      if (scan.end > end) end = scan.end;
    }
    doubted = end % BigInt(segmentBytes) === 0n ? undefined : path;
  }
  return { scans, segmentBytes, timeline, from, end, fault: undefined };
}

function readFirstHeader(pieces: readonly string[]): PieceScan['header'] | undefined {
  for (const path of pieces) {
    const scan = scanPiece(path);
    if (scan) return scan.header;
  }
  return undefined;
}

/** The piece that holds this position, and those after it. */
const piecesFrom = (pieces: readonly string[], lsn: bigint): readonly string[] =>
  pieces.filter((_, at) => {
    const next = pieces[at + 1];
    return next === undefined || pieceStart(next) > lsn;
  });

const missingPiece = (end: bigint): BackupFault =>
  new BackupFault(
    `The piece ${pieceName(end)} of the log is missing.`,
    'Copy it again from where it was received. If it is nowhere, choose a moment before it, and take a new backup now.',
  );

export type Points = { readonly until: Date } | { readonly fault: BackupFault } | undefined;

/** Until when points in time can be restored from a backup in this folder; undefined where no log goes on from it. Reads names and sizes, and not contents. */
export function findPoints(folder: string, { clusters }: Manifest): Points {
  let until: Date | undefined;
  for (const cluster of clusters) {
    const span = findSpan(folder, cluster);
    const facts = span && readFirstHeader(span.pieces);
    if (!span?.reached || !facts) return undefined;
    const fault = findGap(span, afterBackup(parseLsn(cluster.endLsn), facts.segmentBytes), facts.segmentBytes);
    if (fault) return { fault };
    const at = new Date(span.reached.at);
    if (!until || at < until) until = at;
  }
  return until && { until };
}

/** Reads every record of the log that goes on from a backup, without a key. Says the first fault. */
export function checkLog(folder: string, { clusters }: Manifest): BackupFault | undefined {
  for (const cluster of clusters) {
    const span = findSpan(folder, cluster);
    if (!span?.reached) continue;
    const covered = coverSpan(span, parseLsn(cluster.endLsn), { digests: true });
    if (!covered) return brokenPiece(span.pieces[0] ?? span.path);
    if (covered.fault) return covered.fault;
    if (covered.end < parseLsn(span.reached.lsn)) return brokenPiece(span.pieces.at(-1) ?? span.path);
  }
  return undefined;
}

/** A piece never goes beyond its segment, and is longer than what it holds. */
function findGap({ pieces, reached }: Span, from: bigint, segmentBytes: number): BackupFault | undefined {
  const wanted = parseLsn(reached?.lsn ?? '0/0');
  const needed = piecesFrom(pieces, from);
  let end = from;
  for (const [at, path] of needed.entries()) {
    const start = pieceStart(path);
    if (start > end) return missingPiece(end);
    const next = needed[at + 1];
    const boundary = segmentStart(start, segmentBytes) + BigInt(segmentBytes);
    end = next && pieceStart(next) < boundary ? pieceStart(next) : next || wanted >= boundary ? boundary : wanted;
    if (BigInt(statSync(path).size) < end - start) return brokenPiece(path);
  }
  return end < wanted ? missingPiece(end) : undefined;
}

/** Pieces and whole spans that no kept backup needs. The newest span of a server stays: the next backup may need it. */
export function planLogPrune(folder: string, kept: readonly StoredBackup[]): readonly string[] {
  const needed = new Map<string, bigint>();
  for (const { manifest } of kept)
    for (const { name, logs = [], endLsn } of manifest?.clusters ?? [])
      for (const span of logs) {
        const key = spanFolder(name, span);
        const lsn = parseLsn(endLsn);
        const before = needed.get(key);
        if (before === undefined || lsn < before) needed.set(key, lsn);
      }
  const spans = listSpans(folder);
  return spans.flatMap((one) => {
    const lsn = needed.get(spanFolder(one.cluster, one.span));
    if (lsn === undefined) return isNewest(one, spans) ? [] : [...one.pieces, one.path];
    return one.pieces.filter((_, at) => {
      const next = one.pieces[at + 1];
      return next !== undefined && pieceStart(next) <= segmentFloor(one, lsn);
    });
  });
}

function segmentFloor({ pieces: [first] }: Span, lsn: bigint): bigint {
  const header = first === undefined ? undefined : scanPiece(first)?.header;
  return header ? segmentStart(lsn, header.segmentBytes) : 0n;
}

const begunAt = ({ pieces: [first], reached }: Span): string =>
  reached?.at ?? (first === undefined ? '9' : (scanPiece(first)?.header.begun ?? ''));

const isNewest = (one: Span, spans: readonly Span[]): boolean =>
  spans.every((other) => other === one || other.cluster !== one.cluster || begunAt(other) <= begunAt(one));

/** Overwrites the wrapped key of a piece first, so that what is left of it does not open. Takes a folder of a span too, after its pieces. */
export async function removeFromLog(path: string): Promise<void> {
  if (piecePattern.test(path.slice(-20))) {
    const line = scanPiece(path)?.line.length ?? 0;
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(line), 0, line, 0);
    await file.sync();
    await file.close();
  }
  await rm(path, { recursive: true, force: true });
}
