/** What keeps Safelight from starting that is no bug of ours, as one sentence of what is wrong and one of what to do. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadConfiguration } from './config.ts';
import { isUnavailable } from './database/database.ts';

type Cause = readonly [wrong: string, cure: string];

const notAllowed: Cause = ['may not be written to by this user', 'Give it to this user'];
const inTheWay: Cause = ['is a file, or lies under one', 'Move that file away'];
const full: Cause = ['has no room left on its disk', 'Free some room there'];

/** By the system’s code for it. */
const causes: Readonly<Record<string, Cause>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  EEXIST: inTheWay,
  ENOTDIR: inTheWay,
  EROFS: ['lies on a file system that is read-only', 'Mount it for writing'],
  ENOSPC: full,
  EDQUOT: full,
  ENOENT: ['cannot be made there', 'Make it yourself'],
};

const folderProblem = (code: string, folder: string): BadConfiguration => {
  const [wrong, cure] = causes[code] ?? [`cannot be used (${code})`, 'Look at the folder'];
  return new BadConfiguration(`The data folder ${folder} ${wrong}. ${cure}, or set SAFELIGHT_DATA to another folder.`);
};

/** Makes the data folder where it is missing and writes to it once. Throws a sentence when that fails. */
export function openDataFolder(folder: string): void {
  const trial = join(folder, `.trial-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(trial, Buffer.alloc(8_192), { mode: 0o600, flush: true });
  } catch (error) {
    throw folderProblem((error as NodeJS.ErrnoException).code ?? 'unknown', folder);
  } finally {
    try {
      rmSync(trial, { force: true });
    } catch {
      // It was never there.
    }
  }
}

/** The sentence for whatever stopped the start; undefined for a bug of ours. */
export function describeStartProblem(error: unknown): string | undefined {
  if (error instanceof BadConfiguration) return error.message;
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  if (typeof path === 'string' && code in causes) {
    const [wrong, cure] = causes[code] ?? notAllowed;
    return `${path} ${wrong}. ${cure}, or name another place in the settings.`;
  }
  if (isUnavailable(error))
    return `The database did not answer in time, or ended its connection (${message}). Start Safelight again; if it goes on, look whether this machine has enough processor, memory and disk.`;
  return undefined;
}
