/** Recovery codes: ten, shown once, kept as keyed hashes, each good for one sign-in. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { CountedTry } from '../../platform/throttle/throttle-store.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

export const recoveryCodeCount = 10;
/** Without characters that are easily misread on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const length = 10;

const generateCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
const hashCode = (key: Buffer, code: string): Buffer => createHmac('sha256', key).update(code).digest();

export type StoredRecoveryCode = { readonly id: string; readonly wrappedKey: Buffer; readonly codeHash: Buffer };

/** Ten new codes: as they are shown, and as they are kept. */
export function makeRecoveryCodes(keys: UnitKeys): { readonly shown: string[]; readonly kept: StoredRecoveryCode[] } {
  const codes = Array.from({ length: recoveryCodeCount }, () => {
    const id = newTimelessId();
    return { id, code: generateCode(), ...keys.newRecordKey(id) };
  });
  return {
    shown: codes.map(({ code }) => `${code.slice(0, 5)}-${code.slice(5)}`),
    kept: codes.map(({ id, code, key, wrapped }) => ({ id, wrappedKey: wrapped, codeHash: hashCode(key, code) })),
  };
}

/** Which stored code this is. Compares all of them, so that the time does not depend on the position. */
export function findMatchingCode(
  counted: CountedTry,
  keys: UnitKeys,
  typed: string,
  kept: readonly StoredRecoveryCode[],
): string | undefined {
  CountedTry.use(counted);
  const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
  return kept.filter(({ id, wrappedKey, codeHash }) =>
    timingSafeEqual(hashCode(keys.unwrap(wrappedKey, id), code), codeHash),
  )[0]?.id;
}
