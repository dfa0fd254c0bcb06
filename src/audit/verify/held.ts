/** The file in which a verifier keeps the last checkpoint of each log that it has found good. */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import type { HeldCheckpoint } from './checkpoints.ts';
import { type Key, readKey, readNote } from './note.ts';

/** The text of a regular file. A pipe is not waited for: it throws a sentence, as for a device or a folder. */
function readTextFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(file).isFile()) throw new Error(`${path} is not a file.`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Keys from a file, one a line, or the key itself. Throws a sentence where it is neither. */
export function keysFrom(given: string): Key[] {
  const text = existsSync(given) ? readTextFile(given) : given;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const key = readKey(line);
      if (!key) throw new Error(`“${given}” is no key, and no file of keys.`);
      return key;
    });
}

/** One checkpoint as it was downloaded, or several that this program wrote, each under its log's name. */
export function readHeldCheckpoints(path: string): HeldCheckpoint[] {
  if (!existsSync(path)) return [];
  const text = readTextFile(path);
  if (!text.startsWith('{')) return [{ from: path, text }];
  return Object.values(JSON.parse(text) as Record<string, string>).map((one) => ({ from: path, text: one }));
}

/** Keeps these from now on; what is held of other logs stays. */
export function saveHeldCheckpoints(path: string, checkpoints: readonly string[]): void {
  const kept: Record<string, string> = {};
  for (const text of [...readHeldCheckpoints(path).map((held) => held.text), ...checkpoints]) {
    const origin = readNote(text)?.origin;
    if (origin) kept[origin] = text;
  }
  writeFileSync(`${path}.half`, JSON.stringify(kept, null, 2), { flush: true });
  renameSync(`${path}.half`, path);
}
