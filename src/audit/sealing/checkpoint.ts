/** Checkpoints as text: signed notes in the C2SP form, and the timestamped cosignatures of witnesses under them. Pure. */
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

const signatureKind = 1;
const cosignatureKind = 4;
const keyBytes = 32;
const signatureBytes = 64;

/** Who may be known by what key: `name+id+key`, as people copy it from a page into a file. */
export type PublicKey = { readonly name: string; readonly kind: number; readonly key: Buffer };

const keyIdOf = ({ name, kind, key }: PublicKey): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(kind), key]), 'buffer').subarray(0, 4);

export const rawKey = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-keyBytes);

export const formatPublicKey = (key: PublicKey): string =>
  `${key.name}+${keyIdOf(key).toString('hex')}+${Buffer.concat([Buffer.of(key.kind), key.key]).toString('base64')}`;

export const logPublicKey = (name: string, key: KeyObject): PublicKey => ({
  name,
  kind: signatureKind,
  key: rawKey(key),
});
export const witnessPublicKey = (name: string, key: KeyObject): PublicKey => ({
  name,
  kind: cosignatureKind,
  key: rawKey(key),
});

/** Reads a witness's key as its page or its program wrote it; undefined where it is none. */
export function readWitnessKey(text: string): PublicKey | undefined {
  const [, name = '', , bytes = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  const raw = Buffer.from(bytes, 'base64');
  if (raw.length !== 1 + keyBytes || raw[0] !== cosignatureKind) return undefined;
  const key = { name, kind: cosignatureKind, key: raw.subarray(1) };
  return formatPublicKey(key) === text.trim() ? key : undefined;
}

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const keyObject = ({ key }: PublicKey): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiPrefix, key]), type: 'spki', format: 'der' });

const formatSignatureLine = (key: PublicKey, signature: Buffer): string =>
  `— ${key.name} ${Buffer.concat([keyIdOf(key), signature]).toString('base64')}\n`;

/** The public key that `formatPublicKey` wrote. */
export const openPublicKey = (text: string): KeyObject => {
  const typed = Buffer.from(text.split('+').slice(2).join('+'), 'base64');
  return keyObject({ name: '', kind: typed[0] ?? 0, key: typed.subarray(1) });
};

/** What is signed of a checkpoint: whose log, how many leaves, which root. */
export const bodyOf = (origin: string, size: number, root: Buffer): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
const cosignatureMessage = (body: string, at: number): Buffer => Buffer.from(`cosignature/v1\ntime ${at}\n${body}`);

export const signatureLine = (name: string, key: KeyObject, body: string): string =>
  formatSignatureLine(logPublicKey(name, key), sign(null, Buffer.from(body), key));

/** Says also when: the time is part of what is signed. */
export function cosignatureLine(name: string, key: KeyObject, body: string, at: Date): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds(at)));
  return formatSignatureLine(
    witnessPublicKey(name, key),
    Buffer.concat([time, sign(null, cosignatureMessage(body, seconds(at)), key)]),
  );
}

/** A checkpoint by the log itself: signed, and cosigned by the same key to say when. */
export function signedCheckpoint(origin: string, key: KeyObject, size: number, root: Buffer, at: Date): string {
  const body = bodyOf(origin, size, root);
  return `${body}\n${signatureLine(origin, key, body)}${cosignatureLine(origin, key, body, at)}`;
}

export type Checkpoint = {
  readonly body: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  readonly lines: readonly string[];
};

/** Takes a note apart without judging its signatures; undefined where it is none. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const found = /^((\S+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n((?:— \S+ [A-Za-z0-9+/]+=*\n)+)$/.exec(note);
  if (!found) return undefined;
  const [, body = '', origin = '', size = '', root = '', lines = ''] = found;
  return {
    body,
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    lines: lines.split(/(?<=\n)/),
  };
}

/** When a line says it was signed; undefined where it carries no time. */
export function timeOfLine(text: string): Date | undefined {
  const bytes = Buffer.from(text.trimEnd().split(' ').at(-1) ?? '', 'base64');
  return bytes.length === 4 + 8 + signatureBytes ? new Date(Number(bytes.readBigUInt64BE(4)) * 1_000) : undefined;
}

/** The time at which this witness cosigned, where the line is its own and holds. */
export function cosignedAt(witness: PublicKey, body: string, text: string): Date | undefined {
  const [dash, name, encoded = ''] = text.trimEnd().split(' ');
  const bytes = Buffer.from(encoded, 'base64');
  if (dash !== '—' || name !== witness.name || bytes.toString('base64') !== encoded) return undefined;
  const at = timeOfLine(text);
  if (!at || !bytes.subarray(0, 4).equals(keyIdOf(witness))) return undefined;
  return verify(null, cosignatureMessage(body, seconds(at)), keyObject(witness), bytes.subarray(12)) ? at : undefined;
}
