/** What a witness keeps, in a folder of its own: its key, whom it watches, what it last found good, and every checkpoint that it refused. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const logNames = ['main', 'safeguarding'] as const;
export type LogName = (typeof logNames)[number];

const Settings = z.object({ name: z.string(), url: z.url(), key: z.base64() });
const WitnessState = z.object({
  keys: z.array(z.string()),
  /** The last checkpoint that this witness found good. */
  checkpoint: z.string().nullable(),
});
export type Seen = z.output<typeof WitnessState>;
export type Settings = { readonly name: string; readonly url: string; readonly key: KeyObject };

const settingsPath = (folder: string): string => join(folder, 'witness.json');
const statePath = (folder: string, log: LogName): string => join(folder, `seen-${log}.json`);

/** Written completely or not at all, and on disk before anything is reported. */
function write(path: string, text: string): void {
  writeFileSync(`${path}.half`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.half`, path);
}

export const isWitness = (folder: string): boolean => existsSync(settingsPath(folder));

export function createWitness(folder: string, name: string, url: string): Settings {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  write(settingsPath(folder), JSON.stringify({ name, url, key }, null, 2));
  return { name, url, key: privateKey };
}

export function loadWitness(folder: string): Settings {
  const { name, url, key } = Settings.parse(JSON.parse(readFileSync(settingsPath(folder), 'utf8')));
  return { name, url, key: createPrivateKey({ key: Buffer.from(key, 'base64'), type: 'pkcs8', format: 'der' }) };
}

export function readState(folder: string, log: LogName): Seen {
  const path = statePath(folder, log);
  return existsSync(path) ? WitnessState.parse(JSON.parse(readFileSync(path, 'utf8'))) : { keys: [], checkpoint: null };
}

export const writeState = (folder: string, log: LogName, seen: Seen): void =>
  write(statePath(folder, log), JSON.stringify(seen, null, 2));

/** Keeps what was refused, with the evidence against it. Returns its path. */
export function saveEvidence(
  folder: string,
  log: LogName,
  at: Date,
  evidence: Readonly<Record<string, unknown>>,
): string {
  const evidenceFolder = join(folder, 'refused');
  mkdirSync(evidenceFolder, { recursive: true, mode: 0o700 });
  const path = join(evidenceFolder, `${at.toISOString().replaceAll(':', '-')}-${log}.json`);
  write(path, JSON.stringify({ log, at: at.toISOString(), ...evidence }, null, 2));
  return path;
}
