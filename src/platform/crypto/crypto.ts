/** Seals what a person said or is called: a key for each record, wrapped by a key kept outside the database. AES-256-GCM from Node's own crypto, bound to the place of the value. */
import { createCipheriv, createDecipheriv, createHash, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { KeyHalves, pointerBytes } from './key-halves.ts';

const version = 1;
// Keys are given to Node as key objects: of bytes it first finds out, slowly, that they are none.
const nonceBytes = 12;
const tagBytes = 16;

/** `version ‖ nonce ‖ tag ‖ ciphertext`. `context` names table, column and row: a value moved elsewhere does not open. */
export function seal(key: Buffer, context: string, plain: Buffer | string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
}

/** Padded with spaces to a multiple of `step` bytes, so that the length of a sealed text does not reveal how much it says. */
export const padText = (text: string, step: number): string =>
  text + ' '.repeat(step - (Buffer.byteLength(text) % step));

/** Refuses, by throwing, what was changed, moved or sealed under another key. */
export function unseal(key: Buffer, context: string, sealed: Buffer): Buffer {
  if (sealed[0] !== version) throw new Error('a sealed value of an unknown version');
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(1, 1 + nonceBytes));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
}

/** The bytes of a value that PostgreSQL wrote into JSON, as in an earlier version of a record. */
export const decodeHex = (text: unknown): Buffer => Buffer.from(String(text).slice(2), 'hex');

/** Opens a record and seals it again under a new key, so that the key it arrived under may be destroyed. */
export function reseal(
  keys: UnitKeys,
  context: string,
  recordId: string,
  { sealed, wrapped }: { readonly sealed: Buffer; readonly wrapped: Buffer },
): { readonly sealed: Buffer; readonly wrapped: Buffer } {
  const plain = unseal(keys.unwrap(wrapped, recordId), context, sealed);
  const record = keys.newRecordKey(recordId);
  return { sealed: seal(record.key, context, plain), wrapped: record.wrapped };
}

/** An unkeyed digest of public things alone: content of pages, files of an import. Never of what a person said. */
export const digest = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

const KeyFile = z.object({ current: z.string(), keys: z.record(z.string(), z.base64()) });

/** A key for another use, from a key that stays secret. */
export const deriveKey = (key: Buffer, use: string): string =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `safelight/${use}`, 32)).toString('base64');

/** Marks a key whose other half is outside the database; no key name is this short. */
const halvedMarker = 0;

/** Where the outside half of a stored key is; undefined where the whole key is stored. */
export const findPointer = (wrapped: Buffer): Buffer | undefined =>
  wrapped[0] === halvedMarker ? wrapped.subarray(1, 1 + pointerBytes) : undefined;

const combineHalves = (inside: Buffer, outside: Buffer, recordId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', inside, outside, `safelight/record/${recordId}`, 32));

/** The unit's keys. Rows name the key that wrapped theirs, so that a key can be followed by a new one. */
export class UnitKeys {
  readonly #current: string;
  readonly #keys: ReadonlyMap<string, Buffer>;
  /** Without it, a record's key is stored wrapped in the database alone. */
  readonly halves: KeyHalves | undefined;

  constructor(current: string, keys: ReadonlyMap<string, Buffer>, halves?: KeyHalves) {
    this.#current = current;
    this.#keys = keys;
    this.halves = halves;
  }

  /** The same keys, and records' keys in halves: one wrapped in the database, one in this folder. */
  withHalvesIn(folder: string): UnitKeys {
    return new UnitKeys(this.#current, this.#keys, new KeyHalves(folder));
  }

  /** Reads a 0600 file, made at first use. Refuses one that others can read. */
  static fromFile(path: string): UnitKeys {
    if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const first = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
      writeFileSync(path, JSON.stringify(first), { mode: 0o600, flag: 'wx' });
      chmodSync(path, 0o600);
    }
    const { current, keys } = KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    return new UnitKeys(
      current,
      new Map(Object.entries(keys).map(([name, key]) => [name, Buffer.from(key, 'base64')])),
    );
  }

  /** For tests and the gallery. */
  static generate(): UnitKeys {
    return new UnitKeys('k1', new Map([['k1', randomBytes(32)]]));
  }

  /** A new key for one record, and its wrapped form for storage. With key halves, neither the database nor the half file opens the record alone. */
  newRecordKey(recordId: string): { key: Buffer; wrapped: Buffer } {
    const inside = randomBytes(32);
    const wrapped = this.wrap(inside, recordId);
    if (!this.halves) return { key: inside, wrapped };
    const { pointer, half } = this.halves.take();
    return {
      key: combineHalves(inside, half, recordId),
      wrapped: Buffer.concat([Buffer.of(halvedMarker), pointer, wrapped]),
    };
  }

  wrap(key: Buffer, recordId: string): Buffer {
    const name = Buffer.from(this.#current);
    return Buffer.concat([Buffer.of(name.length), name, seal(this.#keyNamed(this.#current), `key/${recordId}`, key)]);
  }

  /** Throws `KeyDestroyed` where the record was erased. */
  unwrap(wrapped: Buffer, recordId: string): Buffer {
    const pointer = findPointer(wrapped);
    if (pointer) {
      if (!this.halves) throw new Error('this process does not have the folder of halves of keys');
      return combineHalves(
        this.unwrap(wrapped.subarray(1 + pointerBytes), recordId),
        this.halves.read(pointer),
        recordId,
      );
    }
    const length = wrapped[0] ?? 0;
    const name = wrapped.subarray(1, 1 + length).toString();
    return unseal(this.#keyNamed(name), `key/${recordId}`, wrapped.subarray(1 + length));
  }

  /** A key for another use, the same in every process that holds this file. */
  derive(use: string): string {
    return deriveKey(this.#keyNamed(this.#current), use);
  }

  /** The same of every key that was ever current: for what was sealed before the present one. */
  deriveEach(use: string): readonly string[] {
    return [...this.#keys.values()].map((key) => deriveKey(key, use));
  }

  #keyNamed(name: string): Buffer {
    const key = this.#keys.get(name);
    if (!key) throw new Error(`the unit key ${name} is not in the key file`);
    return key;
  }
}
