/** The parts of the package that the application uses, since it has no types of its own. Each function writes into the given buffer and refuses one of another length. */
declare module 'sodium-native' {
  type Bytes = Uint8Array;
  type Sodium = {
    readonly crypto_box_SECRETKEYBYTES: number;
    readonly crypto_box_SEALBYTES: number;
    readonly crypto_secretstream_xchacha20poly1305_ABYTES: number;
    readonly crypto_secretstream_xchacha20poly1305_HEADERBYTES: number;
    readonly crypto_secretstream_xchacha20poly1305_KEYBYTES: number;
    readonly crypto_secretstream_xchacha20poly1305_STATEBYTES: number;
    readonly crypto_secretstream_xchacha20poly1305_TAG_FINAL: number;
    readonly crypto_secretstream_xchacha20poly1305_TAG_MESSAGE: number;
    /** Locked against swapping where the system allows it, and wiped when it is freed. */
    sodium_malloc(length: number): Buffer;
    randombytes_buf(bytes: Bytes): void;
    sodium_memcmp(one: Bytes, other: Bytes): boolean;
    sodium_pad(whole: Bytes, length: number, step: number): number;
    sodium_unpad(whole: Bytes, length: number, step: number): number;
    crypto_generichash_batch(hash: Bytes, pieces: readonly Bytes[]): void;
    crypto_box_seed_keypair(publicKey: Bytes, secretKey: Bytes, seed: Bytes): void;
    crypto_box_seal(sealed: Bytes, plain: Bytes, publicKey: Bytes): void;
    /** False for what does not open. */
    crypto_box_seal_open(plain: Bytes, sealed: Bytes, publicKey: Bytes, secretKey: Bytes): boolean;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      sealed: Bytes,
      plain: Bytes,
      binding: Bytes,
      secretNonce: null,
      nonce: Bytes,
      key: Bytes,
    ): number;
    /** Throws for what does not open; so does `pull`. */
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      plain: Bytes,
      secretNonce: null,
      sealed: Bytes,
      binding: Bytes,
      nonce: Bytes,
      key: Bytes,
    ): number;
    crypto_secretstream_xchacha20poly1305_keygen(key: Bytes): void;
    crypto_secretstream_xchacha20poly1305_init_push(state: Bytes, header: Bytes, key: Bytes): void;
    crypto_secretstream_xchacha20poly1305_push(
      state: Bytes,
      sealed: Bytes,
      plain: Bytes,
      binding: Bytes,
      tag: number,
    ): number;
    crypto_secretstream_xchacha20poly1305_init_pull(state: Bytes, header: Bytes, key: Bytes): void;
    crypto_secretstream_xchacha20poly1305_pull(
      state: Bytes,
      plain: Bytes,
      tag: Bytes,
      sealed: Bytes,
      binding: Bytes,
    ): number;
  };
  const sodium: Sodium;
  export default sodium;
}
