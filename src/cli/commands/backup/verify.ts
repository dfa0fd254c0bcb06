/** `safelight backup verify`: restores a backup into a scratch folder and asks it, then keeps the result in the backup’s folder. */
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import {
  checkLog,
  type DrillResult,
  drillBackup,
  findPoints,
  OutsideFault,
  recordDrill,
} from '../../../platform/backup/index.ts';
import { systemClock } from '../../../platform/clock.ts';
import { safelightVersion } from '../../../platform/version.ts';
import { type ExitCode, exitCodes, type ParsedArguments, type Terminal } from '../../command.ts';
import {
  findBackup,
  formatExactly,
  formatMoment,
  getIdentities,
  getKeyCopy,
  getPath,
  refuseFaults,
  withCure,
} from './shared.ts';
import { verifyLog } from './verify-log.ts';

export async function verifyBackupCommand(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  return refuseFaults(async () => {
    const backup = findBackup(given, terminal);
    const identities = await getIdentities(given, terminal);
    const keyCopy = getKeyCopy(given, terminal);
    const result = await drillBackup({
      backup,
      identities,
      keyCopy,
      scratch: getPath(given, terminal, 'scratch') || tmpdir(),
      verifyLog,
      safelight: safelightVersion,
      now: systemClock.now,
      stopped: terminal.stopped,
      tell: terminal.printLine,
    });
    printResult(backup, result, keyCopy, terminal);
    if (result.found.length > 0 && result.found.every((fault) => fault instanceof OutsideFault))
      terminal.tell('Nothing was recorded: this says nothing about the backup.');
    else await keepResult(backup, result, terminal);
    const isLogSound = printLog(backup, result, terminal);
    return result.passed && isLogSound ? exitCodes.done : exitCodes.notTrue;
  });
}

function printResult(backup: string, result: DrillResult, keyCopy: string | undefined, terminal: Terminal): void {
  for (const fault of result.found) terminal.printLine(`WRONG  ${withCure(fault)}`);
  if (result.passed && result.manifest)
    terminal.printLine(`Holds everything kept until ${formatMoment(result.manifest.holdsUntil)}.`);
  if (result.passed && !result.restored)
    terminal.printLine(
      'Only the digests were checked. Give --identity FILE to restore it into a scratch folder and start it.',
    );
  if (result.restored && !keyCopy)
    terminal.printLine('No sealed record was opened: that needs the copy of the keys. Give --halves FOLDER.');
  if (result.restored && keyCopy)
    terminal.printLine(
      result.sealedOpened > 0
        ? `${result.sealedOpened} sealed records were opened, and none was shown.`
        : 'No sealed record was opened: the databases hold none, or the keys did not open any.',
    );
  if (result.restored) terminal.printLine(`A restore on this machine takes about ${result.restoreSeconds} s.`);
  terminal.printLine(`${result.passed ? (result.restored ? 'verified' : 'undamaged') : 'NOT VERIFIED'}  ${backup}`);
}

/** What is wrong with the log says nothing about the backup, so it is not recorded. */
function printLog(backup: string, { manifest }: DrillResult, terminal: Terminal): boolean {
  const points = manifest && findPoints(dirname(backup), manifest);
  if (!manifest || !points) return true;
  const fault = checkLog(dirname(backup), manifest);
  if (fault) terminal.printLine(`WRONG  ${withCure(fault)}`);
  else if ('until' in points)
    terminal.printLine(
      `The log after it is undamaged until ${formatExactly(points.until)}: see --until of backup restore.`,
    );
  return !fault;
}

/** A backup may lie where nothing can be written. */
async function keepResult(backup: string, result: DrillResult, terminal: Terminal): Promise<void> {
  const { found: _, manifest: __, ...drill } = result;
  try {
    await recordDrill(backup, drill);
  } catch (error) {
    terminal.tell(`The result could not be written beside the backup: ${(error as Error).message}.`);
  }
}
