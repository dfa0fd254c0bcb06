/** Halves of records' keys, in files outside the database. A half is overwritten when its record is erased, so no backup, dump or log of the database can open that record. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../http/problem.ts';

/** The key was destroyed, for good. A record read during its erasure, or after a backup was restored, is reported as not found. */
export class KeyDestroyed extends Problem {
  constructor() {
    super('not found', 'the key of this record is destroyed');
  }
}

/** Opens a sealed row; undefined where its key was destroyed, since a restored backup may still hold rows of an erased record. */
export function unlessDestroyed<Value>(open: () => Value): Value | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof KeyDestroyed) return undefined;
    throw error;
  }
}

const halfBytes = 32;
const fileBytes = 8;
export const pointerBytes = fileBytes + 4;
/** Created and written to disk together, before the first is given out. */
const madeAtOnce = 64;
/** Opening one takes microseconds. */
const keptOpen = 4;

const destroyedHalf = Buffer.alloc(halfBytes);

/** Each process writes its own files, so that none waits for another. All processes that share the folder read all files. */
export class KeyHalves {
  readonly #folder: string;
  readonly #open = new Map<string, number>();
  #waiting: { readonly pointer: Buffer; readonly half: Buffer }[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** An unused half, and where it is stored. */
  take(): { readonly pointer: Buffer; readonly half: Buffer } {
    if (this.#waiting.length === 0) this.#waiting = this.#make();
    return this.#waiting.pop() as { pointer: Buffer; half: Buffer };
  }

  read(pointer: Buffer): Buffer {
    const half = Buffer.alloc(halfBytes);
    const read = readSync(this.#fileOf(pointer), half, 0, halfBytes, placeOf(pointer));
    if (read < halfBytes) throw new Error('half of a key is missing: its file is cut short');
    if (half.equals(destroyedHalf)) throw new KeyDestroyed();
    return half;
  }

  isDestroyed(pointer: Buffer): boolean {
    try {
      this.read(pointer);
      return false;
    } catch (error) {
      if (error instanceof KeyDestroyed) return true;
      throw error;
    }
  }

  /** Overwrites halves in place and syncs to disk; may be repeated. */
  destroy(pointers: readonly Buffer[]): void {
    for (const [, those] of Map.groupBy(pointers, nameOf)) {
      const file = this.#fileOf(those[0] as Buffer);
      for (const pointer of those) writeSync(file, destroyedHalf, 0, halfBytes, placeOf(pointer));
      fsyncSync(file);
      if (!those.every((pointer) => this.isDestroyed(pointer))) throw new Error('half of a key was not destroyed');
    }
  }

  /** Another file each time: what is given out is never given out again. */
  #make(): { readonly pointer: Buffer; readonly half: Buffer }[] {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const name = randomBytes(fileBytes);
    const halves = randomBytes(halfBytes * madeAtOnce);
    const file = openSync(this.#pathOf(name.toString('hex')), 'wx', 0o600);
    writeSync(file, halves);
    fsyncSync(file);
    closeSync(file);
    syncFolder(this.#folder);
    return Array.from({ length: madeAtOnce }, (_, place) => {
      const pointer = Buffer.concat([name, Buffer.alloc(4)]);
      pointer.writeUInt32BE(place, fileBytes);
      return { pointer, half: halves.subarray(place * halfBytes, (place + 1) * halfBytes) };
    });
  }

  readonly #pathOf = (name: string): string => join(this.#folder, `${name}.halves`);

  /** Files are only ever overwritten in place, so that one held open shows what another process destroyed. */
  #fileOf(pointer: Buffer): number {
    const name = nameOf(pointer);
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    if (!existsSync(this.#pathOf(name))) throw new Error('half of a key is missing: its file is not in the folder');
    const file = openSync(this.#pathOf(name), 'r+');
    const [oldest] = this.#open;
    if (oldest && this.#open.size >= keptOpen) {
      this.#open.delete(oldest[0]);
      closeSync(oldest[1]);
    }
    this.#open.set(name, file);
    return file;
  }
}

const nameOf = (pointer: Buffer): string => pointer.subarray(0, fileBytes).toString('hex');
const placeOf = (pointer: Buffer): number => pointer.readUInt32BE(fileBytes) * halfBytes;

/** That the file is there is on the disk too. Not every system lets a folder be opened. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
