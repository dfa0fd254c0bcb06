/** Reads signed notes as a stranger does: nothing is taken for true but what a given key has signed. */
import { createPublicKey, hash, verify as holds, type KeyObject } from 'node:crypto';

export type Key = {
  readonly name: string;
  /** A log signs, a witness cosigns. */
  readonly kind: 'signature' | 'cosignature';
  readonly id: string;
  readonly key: KeyObject;
  readonly text: string;
};

const kinds: Readonly<Record<number, Key['kind']>> = { 1: 'signature', 4: 'cosignature' };

/** Base64 that means what it says: one text for one value. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

const keyId = (name: string, typed: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), typed]), 'hex').slice(0, 8);

const rawEd25519 = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });

/** `name+id+key` as it is copied from a page; undefined where it is no key or its id is another's. */
export function readKey(text: string): Key | undefined {
  const [name = '', id = '', ...rest] = text.trim().split('+');
  const typed = strictBase64(rest.join('+'));
  const kind = typed && kinds[typed[0] ?? 0];
  if (typed?.length !== 33 || !kind || name === '' || /\s/.test(name)) return undefined;
  if (keyId(name, typed) !== id) return undefined;
  return { name, kind, id, key: rawEd25519(typed.subarray(1)), text: text.trim() };
}

const cosigners = new Map<string, Key>();

/** A log's key as that of its own timestamps: the same key under the other kind. */
export function toCosignerKey({ name, key, text }: Key): Key {
  const known = cosigners.get(text);
  if (known) return known;
  const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  const made: Key = { name, kind: 'cosignature', id: keyId(name, Buffer.concat([Buffer.of(4), raw])), key, text };
  cosigners.set(text, made);
  return made;
}

export type Line = { readonly name: string; readonly id: string; readonly signature: Buffer; readonly text: string };
export type Note = {
  /** What is signed. */
  readonly body: string;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly lines: readonly Line[];
};

/** Takes a checkpoint apart; undefined where a byte is not as it must be. */
export function readNote(text: string): Note | undefined {
  const [head, tail, ...more] = text.split('\n\n');
  if (head === undefined || tail === undefined || more.length > 0 || !tail.endsWith('\n')) return undefined;
  const [origin = '', size = '', root = '', ...extra] = head.split('\n');
  if (extra.length > 0 || !/^[^\s+]+$/.test(origin) || !/^(0|[1-9][0-9]{0,15})$/.test(size)) return undefined;
  if (strictBase64(root)?.length !== 32) return undefined;
  const lines = tail.slice(0, -1).split('\n').map(readLine);
  if (lines.some((line) => !line)) return undefined;
  return { body: `${head}\n`, origin, size: Number(size), root, lines: lines as Line[] };
}

export function readLine(text: string): Line | undefined {
  const [dash, name = '', encoded = '', ...more] = text.split(' ');
  const bytes = strictBase64(encoded);
  if (dash !== '—' || name === '' || more.length > 0 || !bytes || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4), text };
}

const isSignedByName = ({ name, id }: Line, key: Key): boolean => name === key.name && id === key.id;

/** Whether a line is the key's and holds. A cosignature says when; a signature does not. */
export function verifyLine(key: Key, body: string, line: Line): { readonly at: Date | undefined } | undefined {
  if (!isSignedByName(line, key)) return undefined;
  if (key.kind === 'signature')
    return line.signature.length === 64 && holds(null, Buffer.from(body), key.key, line.signature)
      ? { at: undefined }
      : undefined;
  if (line.signature.length !== 72) return undefined;
  const time = line.signature.readBigUInt64BE(0);
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${body}`);
  if (!holds(null, message, key.key, line.signature.subarray(8))) return undefined;
  return { at: new Date(Number(time) * 1_000) };
}

/** Why a checkpoint is not this log's, or undefined where it is: the log's signature and its timestamp must both be there and hold, and no line of a known key may fail. */
export function findFault(note: Note, keys: readonly Key[]): string | undefined {
  const ours = keys.filter(({ name, kind }) => name === note.origin && kind === 'signature');
  const signers = ours.filter((key) => note.lines.some((line) => verifyLine(key, note.body, line)));
  if (ours.length === 0) return `it is of the log ${note.origin}, of which no key was given`;
  const [signer] = signers;
  if (!signer) return 'none of the keys given has signed it';
  const stamper = toCosignerKey(signer);
  if (!note.lines.some((line) => verifyLine(stamper, note.body, line))) return 'its time is not signed';
  const known = [...keys, ...ours.map(toCosignerKey)];
  const broken = note.lines.find((line) => {
    const owner = known.find((key) => isSignedByName(line, key));
    return owner ? !verifyLine(owner, note.body, line) : line.name === note.origin;
  });
  return broken && `the signature by ${broken.name} does not hold`;
}
