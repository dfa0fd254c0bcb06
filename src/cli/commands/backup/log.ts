/** `safelight backup log`: receives the write-ahead log beside a running Safelight until it is stopped. */
import { endLog, receiveLog } from '../../../platform/backup/index.ts';
import { readConfig } from '../../../platform/config.ts';
import { serverBackupAddresses } from '../../../platform/database/server-addresses.ts';
import { findHolder } from '../../../platform/embedded-postgres/data-lock.ts';
import {
  type ExitCode,
  exitCodes,
  hasFlag,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
} from '../../command.ts';
import { getListOption, getPath, refuseFaults } from './shared.ts';
import { openBackupSource } from './source.ts';

export async function receiveLogCommand(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = getPath(given, terminal, 'to', 'Name the folder of backups with --to FOLDER.');
  const ends = hasFlag(given, 'end');
  const halvesFolder = getPath(
    given,
    terminal,
    'halves',
    ends
      ? undefined
      : 'Name the folder with the copy of the keys with --halves FOLDER, apart from the backups. Without the keys made meanwhile no sealed record of a restored moment opens.',
  );
  // A Compose file cannot repeat an option for each key.
  const recipients = getListOption(given, 'recipient').flatMap((typed) => typed.split(/\s+/).filter(Boolean));
  if (recipients.length === 0 && !ends)
    throw usageError('Name who can open the log with --recipient and an age public key. age-keygen makes one.');
  const config = readConfig();
  // It would hold the data folder for as long as it runs, and no Safelight could start on it.
  if (!serverBackupAddresses(config) && !ends && !(await findHolder(config.dataFolder)))
    throw new Refusal(
      `No Safelight runs on ${config.dataFolder}. Start Safelight and leave it running, then run this command again. To receive the log of a PostgreSQL server, set DATABASE_URL_BACKUP.`,
    );
  const source = await openBackupSource(config);
  try {
    if (ends) {
      const many = await refuseFaults(() => endLog(source.addresses, folder));
      terminal.printLine(
        many === 0
          ? 'No server keeps a log for this folder.'
          : `${many} ${many === 1 ? 'server no longer keeps' : 'servers no longer keep'} the log for this folder. What was received stays.`,
      );
      return exitCodes.done;
    }
    terminal.printLine(
      `Receiving the log into ${folder}. Stop it with Ctrl-C or a signal. Started again, it fetches what the server has kept meanwhile.`,
    );
    await refuseFaults(() =>
      receiveLog({
        addresses: source.addresses,
        folder,
        halvesFolder,
        recipients,
        keys: config,
        stopped: terminal.stopped,
        tell: terminal.tell,
      }),
    );
    terminal.printLine('Stopped. Everything that was received is on the disk.');
    return exitCodes.done;
  } finally {
    await source.stop();
  }
}
