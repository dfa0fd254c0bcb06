/** What the commands for backups share: their options, and how a fault becomes one line. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  BackupFault,
  findPoints,
  isSound,
  keyCopyFile,
  listBackups,
  looksLikeBackup,
  readIdentities,
  StoppedWork,
  type Until,
} from '../../../platform/backup/index.ts';
import {
  exitCodes,
  getTextOption,
  type ParsedArguments,
  Refusal,
  type Terminal,
  toOneLine,
  usageError,
} from '../../command.ts';

export const withCure = ({ message, cure }: BackupFault): string => `${message} ${cure}`;

/** Runs a command; a fault of a backup ends it with one line. */
export async function refuseFaults<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    throw new Refusal(withCure(error), error instanceof StoppedWork ? exitCodes.stopped : exitCodes.failed);
  }
}

export const getListOption = ({ options }: ParsedArguments, name: string): readonly string[] =>
  (options[name] as readonly string[]) ?? [];

export const getPath = (given: ParsedArguments, terminal: Terminal, name: string, missing?: string): string => {
  const typed = getTextOption(given, name, missing);
  return typed && resolve(terminal.folder, typed);
};

const momentPattern = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** The moment of --until; undefined where none is given. Refuses one without a time zone: it could mean two moments. */
export function getUntil(given: ParsedArguments): Until | undefined {
  const typed = getTextOption(given, 'until');
  if (typed === '' || typed === 'last') return typed || undefined;
  const [, year, month, day] = momentPattern.exec(typed) ?? [];
  const at = new Date(typed);
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (year === undefined || Number.isNaN(at.getTime()) || !isDay)
    throw usageError(
      `“${toOneLine(typed)}” is not a moment with its time zone. Write it like 2026-12-01T14:03:00Z or 2026-12-01T15:03:00+01:00, or write last.`,
    );
  return at;
}

/** The newest one that ended before the moment and that a log goes on from. */
function findBackupBefore(folder: string, until: Until): string {
  const before = listBackups(folder).filter(
    (one) => isSound(one) && (until === 'last' || (one.manifest?.ended ?? '') <= until.toISOString()),
  );
  const found = before.find(({ manifest }) => manifest && findPoints(folder, manifest)) ?? before[0];
  if (found) return found.path;
  throw new Refusal(
    `No whole backup in ${folder} ended before this moment. See safelight backup list for the moments that can be restored.`,
  );
}

/** A backup by its path, or by its name in the folder of --from; without a name the newest whole one there, or the one before a moment. */
export function findBackup(given: ParsedArguments, terminal: Terminal, until?: Until): string {
  const [name, more] = given.rest;
  if (more !== undefined) throw usageError('Name one backup.');
  const folder = getPath(given, terminal, 'from');
  if (name) {
    const paths = [resolve(terminal.folder, name), ...(folder ? [join(folder, name)] : [])];
    const found = paths.find(looksLikeBackup);
    if (found) return found;
    throw usageError(`There is no backup “${toOneLine(name)}”. See safelight backup list --from FOLDER.`);
  }
  if (!folder) throw usageError('Name a backup, or the folder of backups with --from.');
  if (until) return findBackupBefore(folder, until);
  const newest = listBackups(folder).find(({ state }) => state === 'whole');
  if (!newest) throw new Refusal(`There is no whole backup in ${folder}. Take one with safelight backup create.`);
  return newest.path;
}

export async function getIdentities(given: ParsedArguments, terminal: Terminal): Promise<readonly string[]> {
  const path = getPath(given, terminal, 'identity');
  return path ? readIdentities(path) : [];
}

/** The copy of the keys: the file, or the folder that backup create was given. */
export function getKeyCopy(given: ParsedArguments, terminal: Terminal): string | undefined {
  const path = getPath(given, terminal, 'halves');
  if (!path) return undefined;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, keyCopyFile) : path;
}

/** 2026-11-30T06:38:12Z: what --until takes. */
export const formatExactly = (at: Date): string => at.toISOString().replace(/\.\d+/, '');

/** 30 November 2026, 06:38 UTC. */
export const formatMoment = (at: Date | string): string => {
  const moment = new Date(at);
  const day = moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day}, ${moment.toISOString().slice(11, 16)} UTC`;
};
