/** The commands for backups, by name. What each needs is loaded when it runs. */
import type { Command } from './command.ts';

type Run = Command['run'];
type Load = (load: () => Promise<Run>) => Run;

const text = { type: 'string' } as const;
const from = { from: text } as const;
const fromHelp = '  --from FOLDER      the folder of backups';
/** One backup, and what opens it. */
const one = { ...from, identity: text, halves: text } as const;
const oneHelp = `  BACKUP             a path, or a name in the folder of --from; the newest whole one there, where none is named
${fromHelp}
  --identity FILE    the age secret key of a recipient (0600)
  --halves PATH      the copy of the keys, or its folder`;

const filesOnly = 'Opens no live database: it reads the backups alone.';

/** Made with the two helpers of the list of commands. */
export const backupCommands = (loadOnRun: Load, withoutArguments: (run: Run) => Run): readonly Command[] => [
  {
    name: 'backup create',
    usage:
      'backup create --to FOLDER --halves FOLDER --recipient KEY [--recipient KEY …] [--incremental [--full-every DAYS]]',
    does: 'takes an encrypted backup of both databases and the files',
    helpText: `  --to FOLDER        where backups are collected; each gets a name of its own
  --halves FOLDER    where the copy of the keys is replaced, apart from the backups; best on another machine
  --recipient KEY    the age public key of somebody who can open it; may be given more than once
  --incremental      takes only what changed since the newest whole backup in the folder. Needs a PostgreSQL 17 server with
                     summarize_wal = on. A restore needs every backup back to the full one, and pg_combinebackup
  --full-every DAYS  for a timer: takes a full one instead when the last full one is so old, less half a day, and when only a full
                     one helps, as after a fail-over or where the newest backup is broken

Prints the backup’s path when it is whole. One that breaks off keeps “.unfinished” in its name and is never restored.
The unit’s keys and the halves of record keys are not in the backup. Their copy replaces the last one, so that what was erased
stays erased. docs/operations/backup.md has the runbook.`,
    dataHelp: `Works beside a running Safelight, on the data folder (SAFELIGHT_DATA), or on the server in DATABASE_URL_BACKUP.
Starts the embedded database itself where no Safelight runs.`,
    options: {
      to: text,
      halves: text,
      recipient: { type: 'string', multiple: true },
      incremental: { type: 'boolean' },
      'full-every': text,
    },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/backup/create.ts')).createBackupCommand)),
  },
  {
    name: 'backup log',
    usage: 'backup log --to FOLDER --halves FOLDER --recipient KEY [--recipient KEY …] | backup log --to FOLDER --end',
    does: 'receives the write-ahead log, so that any moment can be restored',
    helpText: `  --to FOLDER        the folder of backups; the log lies beside them
  --halves FOLDER    where the copy of the keys is replaced, within a minute of each new or erased key
  --recipient KEY    the age public key of somebody who can open it; may be given more than once
  --end              use it when you no longer receive the log: the servers stop keeping it for this folder

Runs until you stop it. Started again, it fetches what the server has kept meanwhile. Let a supervisor restart it when it ends.
Each piece is encrypted and on the disk before it is confirmed to the server. Take a backup after the first start: every moment
after the end of that backup can be restored. While the command is stopped, the server keeps up to max_slot_wal_keep_size of
the log. If more is written, some of it is missing: the command says so and begins a new log.`,
    dataHelp:
      'Works beside a running Safelight, on the data folder (SAFELIGHT_DATA), or on the server in DATABASE_URL_BACKUP.',
    options: {
      to: text,
      halves: text,
      recipient: { type: 'string', multiple: true },
      end: { type: 'boolean' },
    },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/backup/log.ts')).receiveLogCommand)),
  },
  {
    name: 'backup list',
    usage: 'backup list --from FOLDER',
    does: 'lists backups: kind, age, size, whole or broken, last verified, moments',
    helpText: `${fromHelp}

Newest first. Reads the sizes of the parts; backup verify reads the parts themselves. Says which moments can be restored, and on
which backup an incremental one rests. It is broken where that one is missing, broken or failed its last verification.
Ends with 3 if one is broken, or failed its last verification, or a piece of the log after it is missing.`,
    dataHelp: filesOnly,
    options: from,
    run: withoutArguments(loadOnRun(async () => (await import('./commands/backup/list.ts')).listBackupsCommand)),
  },
  {
    name: 'backup verify',
    usage: 'backup verify [BACKUP] [--from FOLDER] [--identity FILE] [--halves PATH] [--scratch FOLDER]',
    does: 'restores a backup into a scratch folder and checks what is in it',
    helpText: `${oneHelp}
  --scratch FOLDER   where it is restored, and removed again; the system’s folder for such files unless given

With an incremental backup, checks and restores every backup on which it rests too. That needs pg_combinebackup of PostgreSQL 17.
Checks the digest of every part and every file of the databases, starts the databases, verifies the access log, compares the
counts of the main tables, and opens 20 sealed records of each database. Says how long a restore takes.
Without --identity only digests are checked. Digests of the log after the backup are always checked. The result is kept in the
backup’s folder. Ends with 4 if something is wrong.`,
    dataHelp: filesOnly,
    options: { ...one, scratch: text },
    run: loadOnRun(async () => (await import('./commands/backup/verify.ts')).verifyBackupCommand),
  },
  {
    name: 'backup restore',
    usage:
      'backup restore [BACKUP] [--from FOLDER] --identity FILE (--halves PATH | --without-keys) --to FOLDER [--until TIME|last] [--as embedded|server] [--files-to-store]',
    does: 'restores a backup into an empty folder',
    helpText: `${oneHelp}
  --without-keys     restores all but the keys: sealed records do not open, and no start is possible until they are there
  --to FOLDER        an empty folder, or one that is not there yet
  --until TIME       restores the databases as they were at this moment, like 2026-12-01T14:03:00Z: the newest backup that ended
                     before it, and then the received log up to it
  --until last       the same, up to the end of the received log
  --as KIND          embedded: a data folder for npm start, which is the default. server: folders for a PostgreSQL 17 of your own
  --files-to-store   puts the sealed files into the bucket of SAFELIGHT_FILES, which must be empty there, and not into the folder

Restores everything or nothing, and prints what to do next.`,
    dataHelp: 'Opens no live database: it reads the backup and writes the folder of --to.',
    options: {
      ...one,
      'without-keys': { type: 'boolean' },
      to: text,
      as: text,
      until: text,
      'files-to-store': { type: 'boolean' },
    },
    run: loadOnRun(async () => (await import('./commands/backup/restore.ts')).restoreBackupCommand),
  },
  {
    name: 'backup prune',
    usage: 'backup prune --from FOLDER (--keep NUMBER | --days NUMBER) [--yes]',
    does: 'removes older backups, and says first which',
    helpText: `${fromHelp}
  --keep NUMBER      keeps so many of the newest whole ones
  --days NUMBER      keeps those of so many days
  --yes              removes them; without it nothing is removed

Never removes the newest backup that was verified, the only whole one, or one on which a kept one rests. Broken ones go once a
newer whole one is there, unfinished ones after a day. Also removes pieces of the log that no kept backup needs.`,
    dataHelp: filesOnly,
    options: {
      ...from,
      keep: text,
      days: text,
      yes: { type: 'boolean' },
    },
    run: withoutArguments(loadOnRun(async () => (await import('./commands/backup/list.ts')).pruneBackupsCommand)),
  },
];
