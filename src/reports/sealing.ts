/** Sealing at the front door: to the unit's public key, which is all that the door holds, and under a key for each report. Libsodium's constructions, bound to where the value lies; a length tells little. */
import { randomBytes } from 'node:crypto';
import type Sodium from 'libsodium-wrappers';
import {
  bound,
  fingerprintBytes,
  type IntakeKeys,
  idBytes,
  longestStep,
  nonceBytes,
  type Place,
  padded,
  publicKeyBytes,
  version,
} from './envelope.ts';
import { keyOf, type Receipt } from './receipt.ts';

export type { IntakeKeys, Place } from './envelope.ts';

let sodium: typeof Sodium;

/** To be waited for before anything is sealed or opened: it takes seventeen megabytes, and most starts never need it. */
export async function openSealing(): Promise<void> {
  if (sodium) return;
  const { default: loaded } = await import('libsodium-wrappers');
  await loaded.ready;
  sodium = loaded;
}

/** What the staff hold besides. */
export type IntakePair = IntakeKeys & { readonly secretKey: Uint8Array };

/** Of XChaCha20-Poly1305. */
const keyBytes = 32;

export function intakeKeyPair(seed: Uint8Array): IntakePair {
  const { publicKey, privateKey } = sodium.crypto_box_seed_keypair(seed);
  return {
    id: sodium.to_hex(sodium.crypto_generichash(idBytes * 2, publicKey, null).subarray(0, idBytes)),
    publicKey,
    secretKey: privateKey,
  };
}

/** `version ‖ key id ‖ sealed box of (what it is bound to ‖ padded text)`. Tells nobody who sealed it: whoever can write in the table can put another there, and can read or change none. */
export const sealTo = (keys: IntakeKeys, place: Place, plain: Uint8Array | string): Buffer =>
  boxed(keys, bound('sealed to the unit', place), padded(plain));

/** Refuses, by throwing, what was changed, moved, or sealed to another key. */
export const openSealed = (pair: IntakePair, place: Place, sealed: Uint8Array): Buffer =>
  unpadded(unboxed(pair, bound('sealed to the unit', place), sealed));

/** Drawn from the same source as the library's, which asks it anew for every four bytes. */
export const newReportKey = (): Buffer => randomBytes(keyBytes);

/** `version ‖ nonce ‖ ciphertext and tag`, XChaCha20-Poly1305. The key is the report's own: its row names it. */
export const sealPart = (key: Uint8Array, place: Place, plain: Uint8Array | string): Buffer =>
  enciphered(key, bound('part of a report', place), padded(plain));

export const openPart = (key: Uint8Array, place: Place, sealed: Uint8Array): Buffer =>
  unpadded(deciphered(key, bound('part of a report', place), sealed));

/** The report's key, for those who hold the unit's. */
export const wrapForUnit = (keys: IntakeKeys, reportId: string, key: Uint8Array): Buffer =>
  boxed(keys, bound("a report's key for the unit", reportId), key);

export const unwrapForUnit = (pair: IntakePair, reportId: string, wrapped: Uint8Array): Buffer =>
  unboxed(pair, bound("a report's key for the unit", reportId), wrapped);

/** The report's key, for whoever holds the receipt. */
export const wrapForReceipt = (receipt: Receipt, reportId: string, key: Uint8Array): Buffer =>
  enciphered(keyOf(receipt), bound("a report's key for a receipt", reportId), key);

export const unwrapByReceipt = (receipt: Receipt, reportId: string, wrapped: Uint8Array): Buffer =>
  deciphered(keyOf(receipt), bound("a report's key for a receipt", reportId), wrapped);

/** Of what a browser sealed, all that can be told from outside: that it is of our version, for this key, and as long as a box is. */
export const isSealedTo = ({ id }: IntakeKeys, sealed: Uint8Array): boolean =>
  sealed[0] === version && keyIdOf(sealed) === id && sealed.length >= leastSealed;

const leastSealed = 1 + idBytes + publicKeyBytes + 16 + fingerprintBytes + padded('').length;

/** Whose it is to open: every value that is sealed to the unit names its key. */
export const keyIdOf = (sealed: Uint8Array): string => sodium.to_hex(sealed.subarray(1, 1 + idBytes));

function boxed({ id, publicKey }: IntakeKeys, binding: Uint8Array, content: Uint8Array): Buffer {
  return joined(
    Uint8Array.of(version),
    sodium.from_hex(id),
    sealedBox(joined(fingerprint(id, binding), content), publicKey),
  );
}

/** As `crypto_box_seal` makes it, and `crypto_box_seal_open` opens it; but its pair comes of a seed of ours, since drawing one in the library takes as long as all the rest. */
function sealedBox(content: Uint8Array, publicKey: Uint8Array): Buffer {
  const once = sodium.crypto_box_seed_keypair(randomBytes(keyBytes));
  const nonce = sodium.crypto_generichash(nonceBytes, joined(once.publicKey, publicKey), null);
  const box = sodium.crypto_box_easy(content, nonce, publicKey, once.privateKey);
  sodium.memzero(once.privateKey);
  return joined(once.publicKey, box);
}

function unboxed({ id, publicKey, secretKey }: IntakePair, binding: Uint8Array, sealed: Uint8Array): Buffer {
  mustBeKnown(sealed);
  if (keyIdOf(sealed) !== id) throw new Error('sealed to another key of the unit');
  const opened = sodium.crypto_box_seal_open(sealed.subarray(1 + idBytes), publicKey, secretKey);
  const expected = fingerprint(id, binding);
  const [found, content] = [opened.subarray(0, expected.length), opened.subarray(expected.length)];
  if (found.length !== expected.length || !sodium.memcmp(found, expected)) throw new Error('sealed for another place');
  return asBuffer(content);
}

/** A sealed box has no place for what it is bound to: this goes inside, in front. */
const fingerprint = (id: string, binding: Uint8Array): Uint8Array =>
  sodium.crypto_generichash(fingerprintBytes, joined(sodium.from_hex(id), binding), null);

function enciphered(key: Uint8Array, binding: Uint8Array, content: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(content, binding, null, nonce, key);
  return joined(Uint8Array.of(version), nonce, sealed);
}

function deciphered(key: Uint8Array, binding: Uint8Array, sealed: Uint8Array): Buffer {
  mustBeKnown(sealed);
  const [nonce, rest] = [sealed.subarray(1, 1 + nonceBytes), sealed.subarray(1 + nonceBytes)];
  return asBuffer(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, rest, binding, nonce, key));
}

function mustBeKnown(sealed: Uint8Array): void {
  if (sealed[0] !== version) throw new Error('a sealed value of an unknown version');
}

const unpadded = (content: Uint8Array): Buffer =>
  asBuffer(sodium.unpad(content, Math.min(content.length, longestStep)));

const joined = (...pieces: readonly Uint8Array[]): Buffer => Buffer.concat(pieces);
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
