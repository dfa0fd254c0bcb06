/** One encrypted file of the write-ahead log: a readable line that says what it is, then records that are on the disk before the server hears of them. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BackupFault } from '../fault.ts';
import { syncFolder } from '../folders.ts';
import { unwrapKey, wrapKey } from '../recipients.ts';
import { partKey } from '../sealed-part.ts';
import { formatLsn, parseLsn } from './lsn.ts';

const Header = z.object({
  format: z.literal('safelight-log'),
  version: z.literal(1),
  /** The unbroken log that this piece belongs to. */
  span: z.string(),
  systemId: z.string(),
  timeline: z.int().min(1),
  segmentBytes: z.int().min(1_048_576),
  start: z.string(),
  /** By the clock of the machine that received it. */
  begun: z.iso.datetime(),
  key: z.object({ recipients: z.array(z.string()).readonly(), wrapped: z.base64() }),
});
export type PieceHeader = z.output<typeof Header>;

const longestHeader = 64 * 1024;
const tagBytes = 16;
const longestRecord = 4 * 1_048_576;
/** Length of what follows, where it begins in the log, digest of what follows. */
const recordHeaderBytes = 4 + 8 + 32;

export const pieceName = (start: bigint): string => `${start.toString(16).padStart(16, '0')}.wal`;
export const piecePattern = /^[\da-f]{16}\.wal$/;
export const pieceStart = (path: string): bigint => BigInt(`0x${basename(path, '.wal')}`);

/** The key belongs to this line alone: a changed line does not open what follows it. */
const keyOf = (pieceKey: Buffer, line: Buffer): Buffer =>
  partKey(pieceKey, `log/${createHash('sha256').update(line).digest('hex')}`);

const digestOf = (lsn: Buffer, sealed: Buffer): Buffer => createHash('sha256').update(lsn).update(sealed).digest();

/** Each piece has a key of its own, so a record's number is never used twice. */
function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}

const bytesOf = (lsn: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(lsn);
  return bytes;
};

export type PieceFacts = Omit<PieceHeader, 'format' | 'version' | 'start' | 'key'>;

/** Writes one piece. What `append` was given is on the disk when it returns. */
export class PieceWriter {
  readonly #file: FileHandle;
  readonly #key: Buffer;
  #index = 0;
  end: bigint;

  private constructor(file: FileHandle, key: Buffer, start: bigint) {
    this.#file = file;
    this.#key = key;
    this.end = start;
  }

  static async create(
    folder: string,
    facts: PieceFacts,
    start: bigint,
    recipients: readonly string[],
  ): Promise<PieceWriter> {
    const pieceKey = randomBytes(32);
    const header: PieceHeader = {
      format: 'safelight-log',
      version: 1,
      ...facts,
      start: formatLsn(start),
      key: await wrapKey(pieceKey, recipients),
    };
    const line = Buffer.from(`${JSON.stringify(header)}\n`);
    const file = await open(join(folder, pieceName(start)), 'wx', 0o600);
    await writeAll(file, line);
    await file.datasync();
    await syncFolder(folder);
    return new PieceWriter(file, keyOf(pieceKey, line), start);
  }

  async append(bytes: Buffer): Promise<void> {
    const lsn = bytesOf(this.end);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#index));
    cipher.setAAD(lsn);
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    await writeAll(this.#file, Buffer.concat([length, lsn, digestOf(lsn, sealed), sealed]));
    await this.#file.datasync();
    this.#index += 1;
    this.end += BigInt(bytes.length);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

type PieceRecord = { readonly index: number; readonly offset: number; readonly bytes: number; readonly start: bigint };

export type PieceScan = {
  readonly path: string;
  readonly header: PieceHeader;
  readonly line: Buffer;
  readonly records: readonly PieceRecord[];
  readonly start: bigint;
  /** Where its last whole record ends. What a kill left after it was never confirmed. */
  readonly end: bigint;
};

/** Reads what a piece holds, without a key. With `digests` each record is read and compared, and the first wrong one ends it. Undefined where not even its first line is whole. */
export function scanPiece(path: string, { digests = false } = {}): PieceScan | undefined {
  const file = openSync(path, 'r');
  try {
    const read = (offset: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    };
    const begin = read(0, longestHeader);
    const line = begin.subarray(0, begin.indexOf(0x0a) + 1);
    const header = parseHeader(line);
    if (!header) return undefined;
    const start = parseLsn(header.start);
    const { size } = fstatSync(file);
    const records: PieceRecord[] = [];
    let end = start;
    for (let offset = line.length; offset + recordHeaderBytes <= size; ) {
      const head = read(offset, recordHeaderBytes);
      const bytes = head.readUInt32BE(0);
      const [from, to] = [offset + recordHeaderBytes, offset + recordHeaderBytes + bytes];
      const lsn = head.subarray(4, 12);
      if (bytes <= tagBytes || bytes > longestRecord || to > size || lsn.readBigUInt64BE() !== end) break;
      if (digests && !digestOf(lsn, read(from, bytes)).equals(head.subarray(12))) break;
      records.push({ index: records.length, offset: from, bytes, start: end });
      end += BigInt(bytes - tagBytes);
      offset = to;
    }
    return { path, header, line, records, start, end };
  } finally {
    closeSync(file);
  }
}

function parseHeader(line: Buffer): PieceHeader | undefined {
  try {
    const header = Header.parse(JSON.parse(line.toString('utf8')));
    return /^[\dA-F]{1,8}\/[\dA-F]{1,8}$/.test(header.start) ? header : undefined;
  } catch {
    return undefined;
  }
}

export const brokenPiece = (path: string): BackupFault =>
  new BackupFault(
    `The piece ${basename(path)} of the log was changed or cut short after it was written.`,
    'Copy it again from where it was received. If it is the same there, choose a moment before it, and take a new backup now.',
  );

/** Opens the records of a piece from a position on. Throws a fault at the first that does not open. */
export async function* openPiece(
  { path, header, line, records }: PieceScan,
  identities: readonly string[],
  from: bigint,
): AsyncGenerator<{ readonly start: bigint; readonly bytes: Buffer }> {
  const wanted = records.filter(({ start, bytes }) => start + BigInt(bytes - tagBytes) > from);
  if (wanted.length === 0) return;
  const key = keyOf(await unwrapKey(header.key, identities, 'the log'), line);
  const file = await open(path);
  try {
    for (const { index, offset, bytes, start } of wanted) {
      const sealed = Buffer.alloc(bytes);
      await file.read(sealed, 0, bytes, offset);
      yield { start, bytes: openRecord(sealed, key, index, start) ?? fail(path) };
    }
  } finally {
    await file.close();
  }
}

function fail(path: string): never {
  throw brokenPiece(path);
}

function openRecord(sealed: Buffer, key: Buffer, index: number, start: bigint): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index));
    decipher.setAAD(bytesOf(start));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
