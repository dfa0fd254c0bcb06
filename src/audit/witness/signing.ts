/** What a witness signs: its requests, and the checkpoints that it found good (C2SP cosignature/v1). */
import { createPublicKey, hash, type KeyObject, sign } from 'node:crypto';

const typedKey = (key: KeyObject): Buffer =>
  Buffer.concat([Buffer.of(4), createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)]);

const keyId = (name: string, key: KeyObject): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typedKey(key)]), 'buffer').subarray(0, 4);

/** The one line that the partner's data-protection lead registers. */
export const formatWitnessKey = (name: string, key: KeyObject): string =>
  `${name}+${keyId(name, key).toString('hex')}+${typedKey(key).toString('base64')}`;

export function formatCosignature(name: string, key: KeyObject, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), key);
  return `— ${name} ${Buffer.concat([keyId(name, key), time, signature]).toString('base64')}\n`;
}

export function formatAuthorization(
  name: string,
  key: KeyObject,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
  at: Date,
): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const text = ['safelight witness 1', method, path, seconds, hash('sha256', body, 'hex'), ''].join('\n');
  return `Safelight-Witness ${name} ${seconds} ${sign(null, Buffer.from(text), key).toString('base64')}`;
}
