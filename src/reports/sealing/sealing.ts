/** Seals reports on the public site: to the unit's public key, which is the only key there, and under a key for each report. Libsodium's constructions, bound to the place of the value; the length reveals little. */
import type Sodium from 'sodium-native';
import { openSodium } from '../../platform/crypto/sodium.ts';
import { type Receipt, receiptKeyOf } from '../mailbox/receipt.ts';
import {
  bindingOf,
  fingerprintBytes,
  type IntakeKeys,
  idBytes,
  nonceBytes,
  pad,
  publicKeyBytes,
  type SealingContext,
  unpad,
  version,
} from './envelope.ts';

export type { IntakeKeys, SealingContext as Place } from './envelope.ts';

let sodium: typeof Sodium;

/** To be waited for before anything is sealed or opened. */
export async function openSealing(): Promise<void> {
  sodium = await openSodium();
}

/** What the staff hold besides. */
export type IntakePair = IntakeKeys & { readonly secretKey: Uint8Array };

/** Of XChaCha20-Poly1305. */
const [keyBytes, tagBytes] = [32, 16];
/** Of a box with nothing in it. */
const minBoxBytes = publicKeyBytes + 16 + fingerprintBytes;

export function intakeKeyPair(seed: Uint8Array): IntakePair {
  const publicKey = Buffer.alloc(publicKeyBytes);
  const secretKey = sodium.sodium_malloc(sodium.crypto_box_SECRETKEYBYTES);
  sodium.crypto_box_seed_keypair(publicKey, secretKey, seed);
  return { id: genericHash(idBytes * 2, publicKey).toString('hex', 0, idBytes), publicKey, secretKey };
}

/** `version ‖ key id ‖ sealed box of (what it is bound to ‖ padded text)`. Does not prove who sealed it: a writer to the table can replace a value, but cannot read or change one. */
export const sealTo = (keys: IntakeKeys, place: SealingContext, plain: Uint8Array | string): Buffer =>
  sealBox(keys, bindingOf('sealed to the unit', place), pad(plain));

/** Refuses, by throwing, what was changed, moved, or sealed to another key. */
export const openSealed = (pair: IntakePair, place: SealingContext, sealed: Uint8Array): Buffer =>
  asBuffer(unpad(openBox(pair, bindingOf('sealed to the unit', place), sealed)));

export const newReportKey = (): Buffer => randomBuffer(keyBytes);

function randomBuffer(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  sodium.randombytes_buf(bytes);
  return bytes;
}

/** `version ‖ nonce ‖ ciphertext and tag`, XChaCha20-Poly1305. The key is the report's own: its row names it. */
export const sealPart = (key: Uint8Array, place: SealingContext, plain: Uint8Array | string): Buffer =>
  encrypt(key, bindingOf('part of a report', place), pad(plain));

export const openPart = (key: Uint8Array, place: SealingContext, sealed: Uint8Array): Buffer =>
  asBuffer(unpad(decrypt(key, bindingOf('part of a report', place), sealed)));

/** A draft under the key made from its token, already padded by the caller. */
export const encryptDraft = (key: Uint8Array, found: string, plain: Uint8Array): Buffer =>
  encrypt(key, bindingOf('draft of a report', found), plain);

export const decryptDraft = (key: Uint8Array, found: string, sealed: Uint8Array): Buffer =>
  decrypt(key, bindingOf('draft of a report', found), sealed);

/** The report's key, for those who hold the unit's. */
export const wrapForUnit = (keys: IntakeKeys, reportId: string, key: Uint8Array): Buffer =>
  sealBox(keys, bindingOf("a report's key for the unit", reportId), key);

export const unwrapForUnit = (pair: IntakePair, reportId: string, wrapped: Uint8Array): Buffer =>
  openBox(pair, bindingOf("a report's key for the unit", reportId), wrapped);

/** The report's key, wrapped for the holder of the receipt. */
export const wrapForReceipt = (receipt: Receipt, reportId: string, key: Uint8Array): Buffer =>
  encrypt(receiptKeyOf(receipt), bindingOf("a report's key for a receipt", reportId), key);

export const unwrapByReceipt = (receipt: Receipt, reportId: string, wrapped: Uint8Array): Buffer =>
  decrypt(receiptKeyOf(receipt), bindingOf("a report's key for a receipt", reportId), wrapped);

/** All that can be checked of a browser's box from outside: our version, this key, and a possible length. */
export const isSealedTo = ({ id }: IntakeKeys, sealed: Uint8Array): boolean =>
  sealed[0] === version && keyIdOf(sealed) === id && sealed.length >= minSealedBytes;

const minSealedBytes = 1 + idBytes + minBoxBytes + pad('').length;

/** Whose it is to open: every value that is sealed to the unit names its key. */
export const keyIdOf = (sealed: Uint8Array): string => asBuffer(sealed).toString('hex', 1, 1 + idBytes);

const genericHash = (length: number, ...pieces: readonly Uint8Array[]): Buffer => {
  const hash = Buffer.allocUnsafe(length);
  sodium.crypto_generichash_batch(hash, [...pieces]);
  return hash;
};

/** A sealed box has no place for what it is bound to: this goes inside, in front. */
const fingerprint = (id: Uint8Array, binding: Uint8Array): Buffer => genericHash(fingerprintBytes, id, binding);

function sealBox({ id, publicKey }: IntakeKeys, binding: Uint8Array, content: Uint8Array): Buffer {
  const keyId = Buffer.from(id, 'hex');
  const bare = concatBuffers(fingerprint(keyId, binding), content);
  const sealed = Buffer.allocUnsafe(1 + idBytes + bare.length + sodium.crypto_box_SEALBYTES);
  sealed[0] = version;
  keyId.copy(sealed, 1);
  sodium.crypto_box_seal(sealed.subarray(1 + idBytes), bare, publicKey);
  return sealed;
}

function openBox({ id, publicKey, secretKey }: IntakePair, binding: Uint8Array, sealed: Uint8Array): Buffer {
  assertKnownVersion(sealed);
  if (keyIdOf(sealed) !== id) throw new Error('sealed to another key of the unit');
  const box = sealed.subarray(1 + idBytes);
  const opened = Buffer.alloc(Math.max(0, box.length - sodium.crypto_box_SEALBYTES));
  if (box.length < minBoxBytes || !sodium.crypto_box_seal_open(opened, box, publicKey, secretKey))
    throw new Error('a sealed value was changed, or is another than it says');
  const expected = fingerprint(Buffer.from(id, 'hex'), binding);
  if (!sodium.sodium_memcmp(opened.subarray(0, fingerprintBytes), expected))
    throw new Error('sealed for another place');
  return opened.subarray(fingerprintBytes);
}

function encrypt(key: Uint8Array, binding: Uint8Array, content: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(1 + nonceBytes + content.length + tagBytes);
  sealed[0] = version;
  const nonce = randomBuffer(nonceBytes);
  nonce.copy(sealed, 1);
  const where = sealed.subarray(1 + nonceBytes);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(where, content, binding, null, nonce, key);
  return sealed;
}

function decrypt(key: Uint8Array, binding: Uint8Array, sealed: Uint8Array): Buffer {
  assertKnownVersion(sealed);
  const [nonce, rest] = [sealed.subarray(1, 1 + nonceBytes), sealed.subarray(1 + nonceBytes)];
  if (rest.length < tagBytes) throw new Error('a sealed value was cut off');
  const opened = Buffer.alloc(rest.length - tagBytes);
  sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(opened, null, rest, binding, nonce, key);
  return opened;
}

function assertKnownVersion(sealed: Uint8Array): void {
  if (sealed[0] !== version) throw new Error('a sealed value of an unknown version');
}

const concatBuffers = (...pieces: readonly Uint8Array[]): Buffer => Buffer.concat(pieces);
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
