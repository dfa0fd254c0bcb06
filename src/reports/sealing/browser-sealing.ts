/** Sealing to the unit's public key in a browser: byte for byte the boxes that the server makes with libsodium, with two small libraries. */
import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';
import {
  bound,
  fingerprintBytes,
  type IntakeKeys,
  nonceBytes,
  type Place,
  padded,
  publicKeyBytes,
  version,
} from './envelope.ts';

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
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
export function sealInBrowser({ id, publicKey }: IntakeKeys, place: Place, plain: string): Uint8Array {
  const name = fromHex(id);
  const fingerprint = blake2b(joined(name, bound('sealed to the unit', place)), { dkLen: fingerprintBytes });
  const once = nacl.box.keyPair();
  const nonce = blake2b(joined(once.publicKey, publicKey), { dkLen: nonceBytes });
  const box = nacl.box(joined(fingerprint, padded(plain)), nonce, publicKey, once.secretKey);
  once.secretKey.fill(0);
  return joined(Uint8Array.of(version), name, once.publicKey, box);
}

/** As it travels in a form. */
export const inLetters = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export function fromLetters(text: string): Uint8Array {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  if (bytes.length !== publicKeyBytes) throw new Error('no public key');
  return bytes;
}
