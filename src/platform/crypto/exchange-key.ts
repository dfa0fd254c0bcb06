/** The key by which an instance signs what it sends, and the public half as people hand it on and compare it. Pure: it is derived from the unit's keys, so every process has the same. */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { serialiseCanonically } from '../../vocabulary/canonical-json.ts';
import type { UnitKeys } from './crypto.ts';

const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const keyBytes = 32;

export type ExchangeKey = {
  readonly privateKey: KeyObject;
  /** Raw bytes in base64. */
  readonly publicKey: string;
  readonly keyId: string;
  /** Of the first key that this instance ever had. */
  readonly instanceId: string;
};

const toPrivateKey = (seed: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([privatePrefix, Buffer.from(seed, 'base64')]),
    format: 'der',
    type: 'pkcs8',
  });
const publicHalf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-keyBytes).toString('base64');

const digestOf = (publicKey: string): string => hash('sha256', Buffer.from(publicKey, 'base64'), 'hex');
/** The beginning of the key's SHA-256: it names the key in a document. */
export const keyIdOf = (publicKey: string): string => digestOf(publicKey).slice(0, 16);
/** To read out on the telephone: eight groups of four. */
export const fingerprintOf = (publicKey: string): string =>
  digestOf(publicKey)
    .slice(0, 32)
    .replaceAll(/.{4}(?=.)/g, '$& ');

const use = 'exchange';

/** Follows the unit's current key: a coordinator registers a new one after that key is replaced. */
export function openExchangeKey(keys: UnitKeys): ExchangeKey {
  const privateKey = toPrivateKey(keys.derive(use));
  const publicKey = publicHalf(privateKey);
  const [first = ''] = keys.deriveEach(use);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey), instanceId: keyIdOf(publicHalf(toPrivateKey(first))) };
}

type Signable = { readonly schema: string; readonly schemaVersion: number };

/** What a signature covers: the document without its signature, its fields in one order, after a line that says what it is. */
const toSignedBytes = ({
  signature: _,
  ...content
}: {
  readonly schema: string;
  readonly schemaVersion: number;
  readonly signature?: string;
}): Buffer => Buffer.from(`${content.schema}/${content.schemaVersion}\n${serialiseCanonically(content)}`);

/** Adds key and signature. */
export function signDocument<Content extends Signable>(
  content: Content,
  { privateKey, publicKey, keyId }: Pick<ExchangeKey, 'privateKey' | 'publicKey' | 'keyId'>,
): Content & { readonly keyId: string; readonly publicKey: string; readonly signature: string } {
  const whole = { ...content, keyId, publicKey };
  return { ...whole, signature: sign(null, toSignedBytes(whole), privateKey).toString('base64') };
}

/** Whether the key in the document signed it as it is. Whose key it is, the register of the reader says. */
export function isSignedByItsKey(
  document: Signable & { readonly keyId: string; readonly publicKey: string; readonly signature: string },
): boolean {
  if (document.keyId !== keyIdOf(document.publicKey)) return false;
  try {
    const key = createPublicKey({
      key: Buffer.concat([publicPrefix, Buffer.from(document.publicKey, 'base64')]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, toSignedBytes(document), key, Buffer.from(document.signature, 'base64'));
  } catch {
    return false;
  }
}

const keyLine = /^safelight-exchange-key-1 ([A-Za-z0-9+/]{43}=)$/;

/** One line to paste or to send as a file. */
export const formatKeyLine = (publicKey: string): string => `safelight-exchange-key-1 ${publicKey}`;

/** The public key in what was pasted; undefined where it is none. */
export function readKeyLine(text: string): string | undefined {
  const publicKey = keyLine.exec(text.trim())?.[1];
  if (!publicKey || Buffer.from(publicKey, 'base64').toString('base64') !== publicKey) return undefined;
  return publicKey;
}
