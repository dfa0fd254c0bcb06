/** Codes of an authenticator app (RFC 6238): the secret is shown once and sealed in the database; each code works for one sign-in. */
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { CountedTry } from '../../platform/throttle/throttle-store.ts';

const stepSeconds = 30;
const secretBytes = 20;

/** A secret on its way to the member's phone. It is stored only after a code from the phone proves that it arrived. */
export type TotpEnrolment = { readonly secret: string; readonly address: string };

const loadOtpauth = () => import('otpauth');

async function createTotp(secret: string, account: string) {
  const { Secret, TOTP } = await loadOtpauth();
  return new TOTP({
    issuer: 'Safelight',
    label: account,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: stepSeconds,
  });
}

export async function generateSecret(): Promise<string> {
  const { Secret } = await loadOtpauth();
  return new Secret({ size: secretBytes }).base32;
}

export const createEnrolment = async (secret: string, account: string): Promise<TotpEnrolment> => ({
  secret,
  address: (await createTotp(secret, account)).toString(),
});

/** In groups of four, for typing without a camera. */
export const groupByFour = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

/** The time step of the code, one before and one after the present allowed; undefined where none matches. */
export async function findTimeStep(
  counted: CountedTry,
  code: string,
  secret: string,
  now: Date,
): Promise<number | undefined> {
  CountedTry.use(counted);
  const totp = await createTotp(secret, '');
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : totp.counter({ timestamp: now.getTime() }) + delta;
}

export type SealedSecret = { readonly wrappedKey: Buffer; readonly secret: Buffer };

const sealingContext = (memberId: string): string => `code_generators/secret/${memberId}`;

export function sealSecret(keys: UnitKeys, memberId: string, secret: string): SealedSecret {
  const { key, wrapped } = keys.newRecordKey(memberId);
  return { wrappedKey: wrapped, secret: seal(key, sealingContext(memberId), secret) };
}

export const openSecret = (keys: UnitKeys, memberId: string, { wrappedKey, secret }: SealedSecret): string =>
  unseal(keys.unwrap(wrappedKey, memberId), sealingContext(memberId), secret).toString();

const enrolmentMinutes = 15;

/** The offer as the form contains it: for this session only, for a short time. */
export function sealEnrolment(keys: UnitKeys, sessionId: string, secret: string, now: Date): string {
  const key = Buffer.from(keys.derive('code generator on offer'), 'base64');
  return seal(key, sessionId, JSON.stringify({ secret, at: now.getTime() })).toString('base64url');
}

export function openEnrolment(keys: UnitKeys, sessionId: string, text: string, now: Date): string | undefined {
  try {
    const key = Buffer.from(keys.derive('code generator on offer'), 'base64');
    const { secret, at } = JSON.parse(unseal(key, sessionId, Buffer.from(text, 'base64url')).toString()) as {
      secret: string;
      at: number;
    };
    return now.getTime() - at < enrolmentMinutes * 60_000 ? secret : undefined;
  } catch {
    return undefined; // Changed, of another session, or nonsense.
  }
}
