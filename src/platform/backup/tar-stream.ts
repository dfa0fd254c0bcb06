/** Reads and writes tar archives as streams: what PostgreSQL sends of its folder, and our own files. */
import { open } from 'node:fs/promises';
import { BackupFault, takeAnother } from './fault.ts';

const block = 512;

export type TarEntry = {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** Must be read to its end before the next entry. */
  readonly content: AsyncIterable<Buffer>;
};

/** Gives so many bytes from a stream of pieces. */
class ByteSource {
  readonly #from: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(from: AsyncIterable<Buffer>) {
    this.#from = from[Symbol.asyncIterator]();
  }

  /** At most so many bytes; empty at the end. */
  async upTo(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#from.next();
      if (next.done) return Buffer.alloc(0);
      this.#rest = next.value;
    }
    const taken = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /** All that is asked for, or fewer at the end. */
  async exactly(wanted: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = wanted; left > 0; ) {
      const piece = await this.upTo(left);
      if (piece.length === 0) break;
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }
}

const broken = (archive: string): BackupFault =>
  new BackupFault(`The archive ${archive} breaks off or is damaged.`, takeAnother);

/** The entries of an archive in their order. Refuses links, and names that lead out of a folder. Reads to the end of the stream. */
export async function* readTar(stream: AsyncIterable<Buffer>, archive: string): AsyncGenerator<TarEntry> {
  const source = new ByteSource(stream);
  for (;;) {
    const head = await source.exactly(block);
    if (head.length < block) throw broken(archive);
    if (head.every((byte) => byte === 0)) break;
    const { name, size, kind } = readHeader(head, archive);
    let left = size;
    yield {
      name,
      kind,
      size,
      content: (async function* () {
        while (left > 0) {
          const piece = await source.upTo(left);
          if (piece.length === 0) throw broken(archive);
          left -= piece.length;
          yield piece;
        }
      })(),
    };
    if (left > 0) throw new Error('an entry of an archive was not read to its end');
    await source.exactly((block - (size % block)) % block);
  }
  while ((await source.upTo(1 << 20)).length > 0); // The last chunk proves that nothing was cut.
}

function readHeader(head: Buffer, archive: string): Pick<TarEntry, 'name' | 'kind' | 'size'> {
  const text = (from: number, to: number): string => head.toString('utf8', from, to).replace(/\0[\s\S]*$/, '');
  const sum = head.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (Number.parseInt(text(148, 156), 8) !== sum) throw broken(archive);
  const prefix = text(257, 262) === 'ustar' ? text(345, 500) : '';
  const name = (prefix ? `${prefix}/` : '') + text(0, 100);
  const type = text(156, 157);
  const size = (head[124] ?? 0) & 0x80 ? Number(head.readBigUInt64BE(128)) : Number.parseInt(text(124, 136), 8);
  if (!['0', '', '5'].includes(type))
    throw new BackupFault(`The archive ${archive} holds a link, which Safelight does not restore.`, takeAnother);
  if (name.startsWith('/') || name.split('/').includes('..'))
    throw new BackupFault(`The archive ${archive} holds a name that leads out of its folder.`, takeAnother);
  return { name: name.replace(/^\.\//, ''), size, kind: type === '5' ? 'folder' : 'file' };
}

/** The head of a regular file of ours: at most 155 + 100 bytes of name. */
function createHeader(name: string, size: number): Buffer {
  const head = Buffer.alloc(block);
  const slash = name.length > 100 ? name.lastIndexOf('/', 155) : -1;
  head.write(name.slice(slash + 1), 0, 100);
  if (slash > 0) head.write(name.slice(0, slash), 345, 155);
  if (Buffer.byteLength(name.slice(slash + 1)) > 100) throw new Error('the name of a file is too long for the backup');
  head.write('0000600\0', 100);
  head.write('0000000\0'.repeat(2), 108);
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  head.write(`${'0'.repeat(11)}\0`, 136);
  head.write(' '.repeat(8), 148);
  head.write('0', 156);
  head.write('ustar\x0000', 257);
  const sum = head.reduce((all, byte) => all + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

/** A file on this machine, or bytes that are read when their turn comes; undefined where they are gone by then. */
export type FileToPack = { readonly name: string } & (
  | { readonly path: string }
  | { readonly read: () => Promise<Uint8Array | undefined> }
);

/** An archive of files. One that was deleted before its turn is left out: its row is gone too. Tells how much went in. */
export async function* packFiles(
  files: Iterable<FileToPack>,
  told: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  for (const file of files) {
    if ('path' in file) yield* packFile(file, told);
    else {
      const bytes = await file.read();
      if (bytes) yield* packBytes(file.name, bytes, told);
    }
  }
  yield Buffer.alloc(2 * block);
}

const fillBlock = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);

function* packBytes(name: string, bytes: Uint8Array, told: (bytes: number) => void): Generator<Buffer> {
  yield createHeader(name, bytes.length);
  for (let at = 0; at < bytes.length; at += 262_144) yield Buffer.from(bytes.subarray(at, at + 262_144));
  yield fillBlock(bytes.length);
  told(bytes.length);
}

async function* packFile(
  { name, path }: { readonly name: string; readonly path: string },
  told: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return;
  try {
    const { size } = await file.stat();
    yield createHeader(name, size);
    let left = size;
    while (left > 0) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(left, 262_144)), 0);
      if (bytesRead === 0) throw new Error(`the file ${name} became shorter while it was copied`);
      yield buffer.subarray(0, bytesRead);
      left -= bytesRead;
    }
    yield fillBlock(size);
    told(size);
  } finally {
    await file.close();
  }
}
