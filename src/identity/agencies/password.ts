/** Passwords: Argon2id from Node's own crypto (OWASP: 19 MiB, two passes), kept as a PHC string so that the cost can rise later. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CountedTry } from '../../platform/throttle/throttle-store.ts';

const derive = promisify(argon2);
const argonCost = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 };
const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive('argon2id', { message: password, nonce: salt, ...argonCost });
  return `$argon2id$v=19$m=${argonCost.memory},t=${argonCost.passes},p=${argonCost.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** A hash of no password, so that an unknown account takes as long to answer as a known one. */
let dummyHash: Promise<string> | undefined;

/** Takes the same time whether the account exists or not. */
export async function passwordMatches(
  counted: CountedTry,
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  CountedTry.use(counted);
  dummyHash ??= hashPassword(randomBytes(16).toString('hex'));
  const parts = phc.exec(hash ?? (await dummyHash));
  if (!parts) throw new Error('a password hash of an unknown form');
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64');
  const actual = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected) && hash !== undefined;
}
