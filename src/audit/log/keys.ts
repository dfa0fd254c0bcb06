/** The log's own keys: in a 0600 file outside the database, a log to each store, a key to each name, so that one can be followed by another. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { StoreName } from '../../platform/access-policy/access.ts';
import { formatPublicKey, logPublicKey } from '../sealing/checkpoint.ts';

const OneLog = z.object({ origin: z.string(), current: z.string(), keys: z.record(z.string(), z.base64()) });
const KeyFile = z.object({ main: OneLog, safeguarding: OneLog });
type StoredKeys = z.output<typeof KeyFile>;

export type LogKey = {
  readonly origin: string;
  readonly key: KeyObject;
  /** Of all keys that this log was ever signed with, as strangers need them. */
  readonly publicKeys: readonly string[];
};
export type LogKeys = Readonly<Record<StoreName, LogKey>>;

const generateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

/** The name of a log stays for ever, whatever the address becomes. */
function generateKeyFile(host: string): StoredKeys {
  const logName = `${host}/${randomBytes(4).toString('hex')}`;
  const log = (store: StoreName) => ({ origin: `${logName}/${store}`, current: 'k1', keys: { k1: generateKey() } });
  return { main: log('main'), safeguarding: log('safeguarding') };
}

const openKeys = (kept: StoredKeys): LogKeys => ({
  main: openLogKey(kept.main),
  safeguarding: openLogKey(kept.safeguarding),
});

function openLogKey({ origin, current, keys }: StoredKeys['main']): LogKey {
  const all = Object.entries(keys).map(
    ([name, key]) =>
      [name, createPrivateKey({ key: Buffer.from(key, 'base64'), type: 'pkcs8', format: 'der' })] as const,
  );
  const key = all.find(([name]) => name === current)?.[1];
  if (!key) throw new Error(`the key ${current} of the log ${origin} is not in the key file`);
  return { origin, key, publicKeys: all.map(([, one]) => formatPublicKey(logPublicKey(origin, one))) };
}

/** Reads the file, and makes it at first use. */
export function loadLogKeys(path: string, host: string): LogKeys {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, JSON.stringify(generateKeyFile(host), null, 2), { mode: 0o600, flag: 'wx' });
  }
  return openKeys(KeyFile.parse(JSON.parse(readFileSync(path, 'utf8'))));
}

/** A new key for both logs; the old ones stay, for what they have signed. The leader signs with it from its next start on. */
export function rotateLogKeys(path: string): LogKeys {
  const kept = KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  for (const log of [kept.main, kept.safeguarding]) {
    log.current = `k${Object.keys(log.keys).length + 1}`;
    log.keys[log.current] = generateKey();
  }
  writeFileSync(path, JSON.stringify(kept, null, 2), { mode: 0o600, flush: true });
  return openKeys(kept);
}

/** For tests, the gallery and the bench. */
export const generateLogKeys = (host = 'safelight.example'): LogKeys => openKeys(generateKeyFile(host));
