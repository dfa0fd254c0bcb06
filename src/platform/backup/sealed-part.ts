/** One encrypted part of a backup: AES-256-GCM in chunks of a megabyte. A chunk that was changed, moved, left out or cut off does not open. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { BackupFault, takeAnother } from './fault.ts';

const chunkBytes = 1_048_576;
const tagBytes = 16;

/** Each part has a key of its own, so that the chunk's number is never used twice as a nonce. */
export const partKey = (backupKey: Buffer, part: string): Buffer =>
  Buffer.from(hkdfSync('sha256', backupKey, Buffer.alloc(0), `safelight/backup/1/${part}`, 32));

/** The number of the chunk, and whether it is the last: a part that was cut between two chunks has no last one. */
function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export type WrittenPart = {
  /** Of the encrypted file. */
  readonly bytes: number;
  readonly sha256: string;
  /** Before it was encrypted. */
  readonly holds: number;
};

/** Writes a new 0600 file. Holds one chunk in memory. */
export class SealedWriter {
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #hash = createHash('sha256');
  readonly #chunk = Buffer.allocUnsafe(chunkBytes);
  #filled = 0;
  #index = 0;
  #bytes = 0;
  #holds = 0;

  private constructor(file: FileHandle, key: Buffer) {
    this.#file = file;
    this.#key = key;
  }

  /** `begin` is written first, readable and not encrypted. */
  static async create(path: string, key: Buffer, begin?: Buffer): Promise<SealedWriter> {
    const writer = new SealedWriter(await open(path, 'wx', 0o600), key);
    if (begin) await writer.#put(begin);
    return writer;
  }

  async write(piece: Uint8Array): Promise<void> {
    this.#holds += piece.length;
    for (let at = 0; at < piece.length; ) {
      // A full chunk waits for the next byte: only then it is known not to be the last.
      if (this.#filled === chunkBytes) await this.#flush(false);
      const take = Math.min(chunkBytes - this.#filled, piece.length - at);
      this.#chunk.set(piece.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
    }
  }

  async end(): Promise<WrittenPart> {
    await this.#flush(true);
    await this.#file.sync();
    await this.#file.close();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex'), holds: this.#holds };
  }

  /** Leaves the file as it is: without its last chunk it does not open. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {});
  }

  async #flush(last: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#index, last));
    const sealed = cipher.update(this.#chunk.subarray(0, this.#filled));
    cipher.final();
    await this.#put(Buffer.concat([sealed, cipher.getAuthTag()]));
    this.#index += 1;
    this.#filled = 0;
  }

  async #put(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten;
  }
}

/** Opens a part piece by piece. Throws a fault where it was changed or cut; what was given out before is then of no use. */
export async function* openPart(path: string, key: Buffer, name: string, skip = 0): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let held = 0;
  let index = 0;
  const whole = chunkBytes + tagBytes;
  for await (const piece of createReadStream(path, { start: skip, highWaterMark: chunkBytes })) {
    kept.push(piece as Buffer);
    held += (piece as Buffer).length;
    if (held <= whole) continue;
    const all = Buffer.concat(kept);
    let at = 0;
    for (; all.length - at > whole; at += whole)
      yield openChunk(all.subarray(at, at + whole), key, index++, false, name);
    kept = [all.subarray(at)];
    held = all.length - at;
  }
  yield openChunk(Buffer.concat(kept), key, index, true, name);
}

function openChunk(sealed: Buffer, key: Buffer, index: number, last: boolean, name: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, last));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    const opened = decipher.update(sealed.subarray(0, -tagBytes));
    decipher.final();
    return opened;
  } catch {
    throw new BackupFault(
      `The part ${name} does not open: it was changed or cut off after it was written.`,
      takeAnother,
    );
  }
}
