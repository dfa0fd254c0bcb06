/** Exports a file as an `age` file for one recipient. It is sealed as it is sent, so that no plaintext is stored anywhere. */
import { Readable } from 'node:stream';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** Loaded when the first file leaves. */
const age = (): Promise<typeof import('age-encryption')> => import('age-encryption');

export const recipientRefusals = ['a secret key', 'a key of something else', 'no key', 'more than one'] as const;
export type RecipientRefusal = (typeof recipientRefusals)[number];

/** A secret key opens everything ever sealed to it, so it must not be accepted or shown again. */
export const isSecretKey = (text: string): boolean => /AGE-SECRET-KEY-/i.test(text);

/** Longer than the longest public key that there is. */
const longest = 3_000;

/** A public key that can be sealed to, which is known by sealing nothing to it. */
export async function readRecipient(typed: string): Promise<Result<string, RecipientRefusal>> {
  const text = typed.trim();
  if (isSecretKey(text)) return refuse('a secret key');
  if (/^(?:ssh-|ecdsa-|sk-|-----BEGIN)/.test(text)) return refuse('a key of something else');
  if (/\s|,/.test(text)) return refuse('more than one');
  if (text.length > longest || !/^age1[\da-z]+$/.test(text)) return refuse('no key');
  const { Encrypter } = await age();
  try {
    const trial = new Encrypter();
    trial.addRecipient(text);
    await trial.encrypt(new Uint8Array(0));
    return accept(text);
  } catch {
    return refuse('no key');
  }
}

/** Begins to read when somebody begins to take; where the reading breaks off it is cut off, and no program opens it. */
export const sealForRecipient = (recipient: string, source: () => AsyncIterable<Uint8Array>): Readable =>
  Readable.from(sealed(recipient, source), { objectMode: false });

async function* sealed(recipient: string, source: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  yield* await encrypter.encrypt(ReadableStream.from(source()) as ReadableStream<Uint8Array>);
}
