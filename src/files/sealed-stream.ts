/** A file as it lies on disk: sealed piece by piece while it comes in, so that the whole is never in memory and no part of it in the open. Libsodium's secretstream under a key of the file's own, bound to which file it is; its length is rounded up to the piece. */
import type Sodium from 'libsodium-wrappers';
import type { StateAddress } from 'libsodium-wrappers';

let sodium: typeof Sodium;

async function ready(): Promise<typeof Sodium> {
  if (sodium) return sodium;
  const { default: loaded } = await import('libsodium-wrappers');
  await loaded.ready;
  sodium = loaded;
  return sodium;
}

const version = 1;
export const pieceBytes = 65_536;

/** Which of the two: what came, or the working copy that was made of it. */
export type Side = 'as it came' | 'working copy';
export type FileKey = { readonly key: Uint8Array; readonly id: string; readonly side: Side };

export async function newFileKey(): Promise<Buffer> {
  const { crypto_secretstream_xchacha20poly1305_keygen: draw } = await ready();
  return Buffer.from(draw());
}

const bound = (sodium: typeof Sodium, { id, side }: FileKey): Uint8Array =>
  sodium.from_string(JSON.stringify([version, 'file of a report', id, side]));

/** `version ‖ header ‖ sealed pieces`, the last of them marked as the last and filled up. */
export const sealing = (fileKey: FileKey) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const sodium = await ready();
    const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(fileKey.key);
    const binding = bound(sodium, fileKey);
    const push = (piece: Uint8Array, last: boolean): Buffer => {
      const tag = last
        ? sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        : sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
      return Buffer.from(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, binding, tag));
    };
    yield Buffer.concat([Uint8Array.of(version), header]);
    let held: Uint8Array = new Uint8Array(0);
    for await (const more of source) {
      held = held.length === 0 ? more : Buffer.concat([held, more]);
      for (; held.length >= pieceBytes; held = held.subarray(pieceBytes))
        yield push(held.subarray(0, pieceBytes), false);
    }
    yield push(sodium.pad(held, pieceBytes), true);
  };

/** Refuses, by throwing, what was changed, cut off, lengthened or moved; what came before that is no file. */
export const opening = (fileKey: FileKey) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const sodium = await ready();
    const binding = bound(sodium, fileKey);
    const headerBytes = 1 + sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES;
    const sealedBytes = pieceBytes + sodium.crypto_secretstream_xchacha20poly1305_ABYTES;
    let state: StateAddress | undefined;
    let ended = false;
    let held: Uint8Array = new Uint8Array(0);
    for await (const more of source) {
      held = held.length === 0 ? more : Buffer.concat([held, more]);
      if (!state) {
        if (held.length < headerBytes) continue;
        if (held[0] !== version) throw new Error('a sealed file of an unknown version');
        state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(held.subarray(1, headerBytes), fileKey.key);
        held = held.subarray(headerBytes);
      }
      for (; held.length >= sealedBytes; held = held.subarray(sealedBytes)) {
        const opened = sodium.crypto_secretstream_xchacha20poly1305_pull(state, held.subarray(0, sealedBytes), binding);
        if (!opened || ended) throw new Error('a sealed file was changed, or is another than it says');
        ended = opened.tag === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        yield Buffer.from(ended ? sodium.unpad(opened.message, pieceBytes) : opened.message);
      }
    }
    if (!ended || held.length > 0) throw new Error('a sealed file was cut off');
  };
