/** `safelight backup restore`: puts a backup into an empty folder and says what to do next. */
import { type Restored, restoreBackup, type Until } from '../../../platform/backup/index.ts';
import { readConfig } from '../../../platform/config.ts';
import type { ObjectPlace } from '../../../platform/files/index.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  hasFlag,
  type ParsedArguments,
  type Terminal,
  usageError,
} from '../../command.ts';
import {
  findBackup,
  formatExactly,
  formatMoment,
  getIdentities,
  getKeyCopy,
  getPath,
  getUntil,
  refuseFaults,
  withCure,
} from './shared.ts';
import { verifyLog } from './verify-log.ts';

export async function restoreBackupCommand(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const target = getTextOption(given, 'as') || 'embedded';
  if (target !== 'embedded' && target !== 'server') throw usageError('--as is embedded or server.');
  const to = getPath(given, terminal, 'to', 'Name an empty folder with --to FOLDER.');
  getTextOption(given, 'identity', 'Give the age identity of a recipient with --identity FILE.');
  if (getTextOption(given, 'halves') === '' && !hasFlag(given, 'without-keys'))
    throw usageError(
      'Give the copy of the keys with --halves FOLDER: without it no sealed record opens. If you want that all the same, add --without-keys.',
    );
  const until = getUntil(given);
  return refuseFaults(async () => {
    const restored = await restoreBackup({
      backup: findBackup(given, terminal, until),
      identities: await getIdentities(given, terminal),
      keyCopy: getKeyCopy(given, terminal),
      to,
      target,
      filesTo: hasFlag(given, 'files-to-store') ? readObjectPlace() : undefined,
      until,
      verifyLog,
      stopped: terminal.stopped,
    });
    terminal.printLine(`Restored ${to}.`);
    for (const line of until ? pointLines(restored, until) : [holdsLine(restored)]) terminal.printLine(line);
    if (restored.moved !== undefined) terminal.printLine(`Its ${restored.moved} files are in the bucket.`);
    for (const line of keySteps(restored, until)) terminal.printLine(line);
    for (const line of target === 'embedded' ? embeddedSteps(restored) : serverSteps(restored))
      terminal.printLine(line);
    return restored.checked?.faults.length ? exitCodes.notTrue : exitCodes.done;
  });
}

const holdsLine = ({ manifest }: Restored): string =>
  `It holds everything kept until ${formatMoment(manifest.holdsUntil)}.`;

/** What a person knows of databases that were brought to a moment. */
const pointLines = ({ manifest, checked }: Restored, until: Until): readonly string[] => [
  until === 'last'
    ? 'Its databases hold everything that was received.'
    : `Its databases hold what was saved before ${formatExactly(until)}, and nothing that was begun after it.`,
  ...(checked?.says ?? []),
  ...(checked?.faults ?? []).map((fault) => `WRONG  ${withCure(fault)}`),
  `Files that came after ${formatMoment(manifest.holdsUntil)} are not in it. If the old folder of files is still there, copy them: cp -an OLD/. NEW/`,
];

/** The bucket that the settings name. */
function readObjectPlace(): ObjectPlace {
  const { filesFolder } = readConfig();
  if (typeof filesFolder !== 'string') return filesFolder;
  throw usageError('Set SAFELIGHT_FILES to a bucket, like s3://bucket/prefix, or leave --files-to-store out.');
}

const embeddedSteps = ({ data }: Restored): readonly string[] => [
  'Next:',
  `1. Set SAFELIGHT_DATA=${data} and start Safelight of the version that made the backup, or a later one.`,
  '2. If your settings name SAFELIGHT_FILES, SAFELIGHT_KEYS, SAFELIGHT_KEY_HALVES or SAFELIGHT_LOG_KEYS, move files (unless they are in a bucket), keys.json, key-halves and log-keys.json there.',
  '3. Run safelight audit verify with a checkpoint from before: a restored log must have grown from it.',
];

const serverSteps = ({ postgres, data, manifest }: Restored): readonly string[] => [
  'Next:',
  ...postgres.map(
    (folder, index) =>
      `${index + 1}. Give ${folder} to the user of a PostgreSQL ${manifest.clusters[index]?.server} server or a later 17, check postgresql.conf and pg_hba.conf in it (archive_command above all), and start it as its data folder.`,
  ),
  `${postgres.length + 1}. Set DATABASE_URL, SAFEGUARDING_DATABASE_URL and SAFELIGHT_DATA=${data}, and start Safelight. Passwords of the logins are in that folder.`,
  `${postgres.length + 2}. Run safelight audit verify with a checkpoint from before: a restored log must have grown from it.`,
];

function keySteps({ keyCopy, manifest, data, keysGood = '' }: Restored, until: Until | undefined): readonly string[] {
  if (!keyCopy)
    return [
      `No keys were restored: sealed records do not open, and Safelight does not start. First put keys.json and key-halves into ${data}, or restore again with --halves.`,
    ];
  if (keyCopy.made < manifest.begun)
    return [
      'The copy of the keys is older than the backup: records added in between do not open. Look for a newer copy.',
    ];
  if (until instanceof Date && keyCopy.made < until.toISOString() && keysGood < until.toISOString())
    return [
      `The copy of the keys is from ${formatMoment(keyCopy.made)}: records sealed after that do not open. If the old keys.json and key-halves are still there, use them.`,
    ];
  return ['Records that were erased since then came back without their keys. Safelight erases them again by itself.'];
}
