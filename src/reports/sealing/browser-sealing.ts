/** Sealing to the unit's public key in a browser: byte for byte the boxes that the server makes with libsodium, with two small libraries. */
import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';
import {
  bindingOf,
  fingerprintBytes,
  type IntakeKeys,
  nonceBytes,
  pad,
  publicKeyBytes,
  type SealingContext,
  version,
} from './envelope.ts';

function concatBytes(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** The server's `sealTo`, without libsodium. Throws where the browser has no source of randomness. */
export function sealInBrowser({ id, publicKey }: IntakeKeys, place: SealingContext, plain: string): Uint8Array {
  const name = fromHex(id);
  const fingerprint = blake2b(concatBytes(name, bindingOf('sealed to the unit', place)), { dkLen: fingerprintBytes });
  const ephemeral = nacl.box.keyPair();
  const nonce = blake2b(concatBytes(ephemeral.publicKey, publicKey), { dkLen: nonceBytes });
  const box = nacl.box(concatBytes(fingerprint, pad(plain)), nonce, publicKey, ephemeral.secretKey);
  ephemeral.secretKey.fill(0);
  return concatBytes(Uint8Array.of(version), name, ephemeral.publicKey, box);
}

/** As it travels in a form. */
export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export function readPublicKey(text: string): Uint8Array {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  if (bytes.length !== publicKeyBytes) throw new Error('no public key');
  return bytes;
}
