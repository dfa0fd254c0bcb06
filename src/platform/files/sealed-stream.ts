/** The format of a file on disk: sealed piece by piece as it arrives, so that the whole is never in memory and no part is ever in plaintext. Libsodium's secretstream under a key of the file's own, bound to the file's identity; its length is rounded up to the piece. */
import type Sodium from 'sodium-native';
import { openSodium } from '../crypto/sodium.ts';

const version = 1;
export const pieceBytes = 65_536;

/** Which of the two: the file as received, or the working copy made from it. */
export type FileVariant = 'as it came' | 'working copy';
export type FileKey = { readonly key: Uint8Array; readonly id: string; readonly side: FileVariant };

export async function newFileKey(): Promise<Buffer> {
  const sodium = await openSodium();
  const key = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES);
  sodium.crypto_secretstream_xchacha20poly1305_keygen(key);
  return key;
}

const associatedData = ({ id, side }: FileKey): Buffer =>
  Buffer.from(JSON.stringify([version, 'file of a report', id, side]));

const stateOf = (sodium: typeof Sodium): Buffer =>
  Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES);

/** `version ‖ header ‖ sealed pieces`, the last of them marked as the last and filled up. */
export const sealStream = (fileKey: FileKey) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const sodium = await openSodium();
    const state = stateOf(sodium);
    const header = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES);
    sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, fileKey.key);
    const binding = associatedData(fileKey);
    const push = (piece: Uint8Array, last: boolean): Buffer => {
      const tag = last
        ? sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        : sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
      const sealed = Buffer.allocUnsafe(piece.length + sodium.crypto_secretstream_xchacha20poly1305_ABYTES);
      sodium.crypto_secretstream_xchacha20poly1305_push(state, sealed, piece, binding, tag);
      return sealed;
    };
    yield Buffer.concat([Uint8Array.of(version), header]);
    let held: Uint8Array = new Uint8Array(0);
    for await (const more of source) {
      held = held.length === 0 ? more : Buffer.concat([held, more]);
      for (; held.length >= pieceBytes; held = held.subarray(pieceBytes))
        yield push(held.subarray(0, pieceBytes), false);
    }
    const last = Buffer.alloc(pieceBytes);
    last.set(held);
    sodium.sodium_pad(last, held.length, pieceBytes);
    yield push(last, true);
  };

/** Throws if the content was changed, truncated, lengthened or moved. Bytes read before the exception must not be used. */
export const unsealStream = (fileKey: FileKey) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const sodium = await openSodium();
    const binding = associatedData(fileKey);
    const headerBytes = 1 + sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES;
    const sealedBytes = pieceBytes + sodium.crypto_secretstream_xchacha20poly1305_ABYTES;
    let state: Buffer | undefined;
    const tag = Buffer.alloc(1);
    let ended = false;
    let held: Uint8Array = new Uint8Array(0);
    for await (const more of source) {
      held = held.length === 0 ? more : Buffer.concat([held, more]);
      if (!state) {
        if (held.length < headerBytes) continue;
        if (held[0] !== version) throw new Error('a sealed file of an unknown version');
        state = stateOf(sodium);
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, held.subarray(1, headerBytes), fileKey.key);
        held = held.subarray(headerBytes);
      }
      for (; held.length >= sealedBytes; held = held.subarray(sealedBytes)) {
        if (ended) throw changedError();
        const piece = Buffer.alloc(pieceBytes);
        try {
          sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, tag, held.subarray(0, sealedBytes), binding);
        } catch {
          throw changedError();
        }
        ended = tag[0] === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        yield ended ? piece.subarray(0, sodium.sodium_unpad(piece, pieceBytes, pieceBytes)) : piece;
      }
    }
    if (!ended || held.length > 0) throw new Error('a sealed file was cut off');
  };

const changedError = (): Error => new Error('a sealed file was changed, or is another than it says');
