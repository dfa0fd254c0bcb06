/** Makes the folder of a server from a full backup and the incremental ones on it, with PostgreSQL’s own pg_combinebackup. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { BackupFault, OutsideFault, takeAnother } from './fault.ts';

const program = 'pg_combinebackup';

/** Where Debian, Red Hat, Alpine and Homebrew put the programs of PostgreSQL 17. */
const knownFolders = [
  '/usr/lib/postgresql/17/bin',
  '/usr/pgsql-17/bin',
  '/usr/libexec/postgresql17',
  '/opt/homebrew/opt/postgresql@17/bin',
  '/usr/local/opt/postgresql@17/bin',
];

/** The path of the program, of PostgreSQL 17; undefined where there is none. The folders of PATH come first. */
export const findCombine = (
  folders: readonly string[] = [...(process.env.PATH ?? '').split(delimiter), ...knownFolders],
): string | undefined =>
  folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path) && isOurs(path));

function isOurs(path: string): boolean {
  try {
    return / 17\.\d/.test(execFileSync(path, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  } catch {
    return false;
  }
}

/** Refuses where the program is missing: that says nothing about the backup. */
export function requireCombine(folders?: readonly string[]): string {
  const path = findCombine(folders);
  if (path) return path;
  throw new OutsideFault(
    `This backup is an incremental one. To restore it needs ${program} of PostgreSQL 17, which is not on this computer. Safelight’s own packages lack it.`,
    'Install it (on Debian: postgresql-client-17), or put its folder into PATH. A full backup needs no such program.',
  );
}

/** Writes the new folder `to` from the folders of a chain, the full one first. */
export async function combineFolders(
  folders: readonly string[],
  to: string,
  { sync, stopped }: { readonly sync: boolean; readonly stopped?: AbortSignal | undefined },
): Promise<void> {
  const parameters = [...(sync ? [] : ['--no-sync']), '--manifest-checksums=SHA256', `--output=${to}`, ...folders];
  try {
    await promisify(execFile)(requireCombine(), parameters, {
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      maxBuffer: 16 * 1_048_576,
      ...(stopped && { signal: stopped }),
    });
  } catch (error) {
    stopped?.throwIfAborted();
    if (error instanceof BackupFault) throw error;
    const said = ((error as { readonly stderr?: string }).stderr ?? '').trim().split('\n').at(-1);
    throw new BackupFault(
      `${program} cannot put the backups together: ${said?.replace(/^pg_combinebackup: (error: )?/, '') || (error as Error).message}.`,
      takeAnother,
    );
  }
}
