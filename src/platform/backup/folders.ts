/** Folders of backups: their names, what is on the disk, and the room that is left. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { mkdir, open, statfs } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { BackupFault } from './fault.ts';

/** That a name is there is on the disk too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes a folder that only its owner opens, with those above it. One by one: where a system says of each that it is not there, as of /proc, Node’s own way never ends. */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      await mkdir(one, { mode: 0o700 });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST')
        throw new BackupFault(`The folder ${path} cannot be made: ${message}.`, 'Name another folder.');
    }
  }
}

/** The path with every link resolved, as far as it exists. */
function resolveLinks(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  const above = dirname(whole);
  return above === whole ? whole : resolve(resolveLinks(above), whole.slice(above.length).replace(/^[\\/]/, ''));
}

/** Whether one folder is the other, or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const [one, other] = [resolveLinks(path), resolveLinks(folder)];
  return one === other || one.startsWith(other.endsWith(sep) ? other : `${other}${sep}`);
}

export const isEmptyOrAbsent = (path: string): boolean => !existsSync(path) || readdirSync(path).length === 0;

const spare = 64 * 1_048_576;

/** Refuses at once what would fill the disk later. */
export async function requireRoom(folder: string, bytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes + spare) return;
  throw new BackupFault(
    `There is not enough room in ${folder} for ${what}: ${formatSize(bytes + spare)} are needed, ${formatSize(bavail * bsize)} are free.`,
    'Free some room, or name another folder.',
  );
}

/** Like 12.3 MB. */
export function formatSize(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const)
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  return `${bytes} bytes`;
}
