/** The key of a backup, encrypted to those who may open it (age), and the identities that open it again. */
import { statSync } from 'node:fs';
import { readRecipient } from '../files/index.ts';
import { readRegularFile, UnreadableFile } from '../regular-file.ts';
import { BackupFault, WrongKeys } from './fault.ts';

const age = (): Promise<typeof import('age-encryption')> => import('age-encryption');

export type WrappedKey = {
  readonly recipients: readonly string[];
  /** An age file in base64. */
  readonly wrapped: string;
};

/** Refuses, in a sentence, what cannot be encrypted to. Never repeats what was given: it may be a secret key. */
export async function checkRecipients(given: readonly string[]): Promise<readonly string[]> {
  const checked: string[] = [];
  for (const [place, one] of given.entries()) {
    const read = await readRecipient(one);
    if (read.ok) checked.push(read.value);
    else if (read.refusal === 'a secret key')
      throw new BackupFault(
        'A secret key was given as a recipient.',
        'Give the public key, which begins with age1. Treat the secret key as seen: it may be in the history of your shell.',
      );
    else
      throw new BackupFault(
        `Recipient ${place + 1} is not an age public key.`,
        'Give one public key for each --recipient. It begins with age1.',
      );
  }
  return [...new Set(checked)];
}

export async function wrapKey(key: Buffer, recipients: readonly string[]): Promise<WrappedKey> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return { recipients, wrapped: Buffer.from(await encrypter.encrypt(key)).toString('base64') };
}

/** The key, opened with one of these identities. `what` is named in the fault. */
export async function unwrapKey({ wrapped }: WrappedKey, identities: readonly string[], what: string): Promise<Buffer> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    const key = Buffer.from(await decrypter.decrypt(Buffer.from(wrapped, 'base64')));
    if (key.length === 32) return key;
  } catch {
    // Told below. What the library says may hold part of an identity.
  }
  throw new WrongKeys(
    `No key in the identity file opens ${what}: it is another recipient’s, or the wrapped key was changed.`,
    'Give the identity file of a recipient that the backup was made for. If it is the right one, use another backup.',
  );
}

const longestFile = 64 * 1024;

/** The secret keys of an age identity file. Refuses one that others can read. */
export async function readIdentities(path: string): Promise<readonly string[]> {
  const cure = 'Give the file that age-keygen made, readable by you alone (chmod 600).';
  let text: string;
  try {
    text = readRegularFile(path, longestFile).toString('utf8');
  } catch (error) {
    const problem = error instanceof UnreadableFile ? error.problem : 'it cannot be read';
    throw new BackupFault(`The identity file ${path} cannot be used: ${problem}.`, cure);
  }
  if ((statSync(path).mode & 0o077) !== 0)
    throw new BackupFault(`The identity file ${path} can be read by others.`, 'Make it yours alone: chmod 600.');
  if (text.startsWith('age-encryption.org'))
    throw new BackupFault(
      `The identity file ${path} is itself encrypted with a passphrase.`,
      'Decrypt it with age into a 0600 file, use that, and delete it afterwards.',
    );
  const identities = text.split(/\r?\n/).filter((line) => /^AGE-SECRET-KEY-/.test(line.trim()));
  const { Decrypter } = await age();
  try {
    const trial = new Decrypter();
    for (const identity of identities) trial.addIdentity(identity.trim());
  } catch {
    throw new BackupFault(`A key in the identity file ${path} is damaged.`, cure);
  }
  if (identities.length === 0) throw new BackupFault(`There is no age secret key in the identity file ${path}.`, cure);
  return identities.map((line) => line.trim());
}
