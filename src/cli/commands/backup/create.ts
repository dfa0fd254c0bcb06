/** `safelight backup create`: takes a backup beside a running Safelight, and replaces the copy of the keys. */
import { existsSync, statSync } from 'node:fs';
import { createBackup, findCombine, formatSize } from '../../../platform/backup/index.ts';
import { systemClock } from '../../../platform/clock.ts';
import { type Config, readConfig } from '../../../platform/config.ts';
import { isDemonstrationUnfinished } from '../../../platform/start.ts';
import { safelightVersion } from '../../../platform/version.ts';
import { listOf } from '../../../vocabulary/languages/english.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  hasFlag,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
} from '../../command.ts';
import { formatMoment, getListOption, getPath, refuseFaults } from './shared.ts';
import { listMissing, openBackupSource, refuseEmbedded, settingsFiles } from './source.ts';

/** A folder that was meant to be mounted and is not lies on the disk of the data. */
const listPlaceWarnings = ({ dataFolder }: Config, folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    existsSync(dataFolder) && statSync(folder).dev === statSync(dataFolder).dev
      ? [`${folder} is on the same disk as ${dataFolder}: when that disk is lost, both are. Is the other disk mounted?`]
      : [],
  );

/** In days. */
function readFullEvery(given: ParsedArguments): number | undefined {
  if (given.options['full-every'] === undefined) return undefined;
  const days = getTextOption(given, 'full-every');
  if (!hasFlag(given, 'incremental')) throw usageError('--full-every goes with --incremental.');
  if (!/^[1-9]\d{0,2}$/.test(days)) throw usageError(`“${days}” is not a number of days from 1 to 999.`);
  return Number(days);
}

export async function createBackupCommand(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = getPath(given, terminal, 'to', 'Name the folder for backups with --to FOLDER.');
  const halvesFolder = getPath(
    given,
    terminal,
    'halves',
    'Name a folder for the copy of the keys with --halves FOLDER, apart from the backups. Without that copy no sealed record of a restored backup opens.',
  );
  const recipients = getListOption(given, 'recipient');
  if (recipients.length === 0)
    throw usageError('Name who can open the backup with --recipient and an age public key. age-keygen makes one.');
  const config = readConfig();
  if (isDemonstrationUnfinished(config))
    throw new Refusal(
      `The demonstration in ${config.dataFolder} is being made, or was broken off. Wait until Safelight says that it is open, then take the backup.`,
    );
  const incremental = hasFlag(given, 'incremental');
  const fullEvery = readFullEvery(given);
  if (incremental) refuseEmbedded(config);
  const source = await openBackupSource(config);
  try {
    const created = await refuseFaults(() =>
      createBackup({
        addresses: source.addresses,
        folder,
        halvesFolder,
        recipients,
        keys: config,
        filesFolder: config.filesFolder,
        settings: settingsFiles(config),
        safelight: safelightVersion,
        incremental,
        ...(fullEvery !== undefined && { fullEvery }),
        now: systemClock.now,
        stopped: terminal.stopped,
        progress: (bytes) => terminal.redraw?.(formatSize(bytes)),
      }),
    );
    terminal.redraw?.('');
    const { manifest } = created;
    const missing = listMissing(config);
    if (missing.length > 0)
      terminal.tell(
        `Not in this backup or in the copy of the keys, because they are not here: ${listOf(missing)}. Run it where they are, or copy them too.`,
      );
    const bytes = manifest.parts.reduce((all, part) => all + part.bytes, 0);
    terminal.printLine(`${created.path}`);
    terminal.printLine(`  ${formatSize(bytes)}, ${manifest.files.count} files, both databases`);
    if (manifest.base) terminal.printLine(`  incremental: rests on ${manifest.base.name}, and is restored with it`);
    terminal.printLine(`  holds everything kept until ${formatMoment(manifest.holdsUntil)}`);
    terminal.printLine(`  the copy of the keys is in ${halvesFolder}`);
    if (created.whyFull) terminal.tell(`A full backup was taken. ${created.whyFull}`);
    if (created.unmarked)
      terminal.tell(
        `No incremental backup can rest on this one, because the server could not mark it: ${created.unmarked}. Set max_replication_slots above the number of slots in use.`,
      );
    if (incremental && !findCombine())
      terminal.tell(
        'pg_combinebackup of PostgreSQL 17 is not on this computer. Verify and restore incremental backups where it is.',
      );
    for (const warning of listPlaceWarnings(config, [folder, halvesFolder])) terminal.tell(warning);
    terminal.printLine('Try it now: safelight backup verify, with the identity of a recipient.');
    return exitCodes.done;
  } finally {
    await source.stop();
  }
}
