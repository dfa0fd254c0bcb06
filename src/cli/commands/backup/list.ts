/** `safelight backup list` and `safelight backup prune`: what is there, and what may go. */
import {
  findPoints,
  formatSize,
  isSound,
  listBackups,
  type Points,
  type PruneRule,
  planLogPrune,
  planPrune,
  removeBackup,
  removeFromLog,
  type StoredBackup,
} from '../../../platform/backup/index.ts';
import { systemClock } from '../../../platform/clock.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  hasFlag,
  type ParsedArguments,
  type Terminal,
  usageError,
} from '../../command.ts';
import { formatExactly, formatMoment, getPath, refuseFaults, withCure } from './shared.ts';

const missingFolder = 'Name the folder of backups with --from FOLDER.';

/** 5 hours, 3 days. */
function formatAge(taken: Date, now: Date): string {
  const hours = Math.floor((now.getTime() - taken.getTime()) / 3_600_000);
  const [many, unit] = hours < 48 ? [Math.max(0, hours), 'hour'] : [Math.floor(hours / 24), 'day'];
  return `${many} ${unit}${many === 1 ? '' : 's'} old`;
}

function formatDrill({ drill }: StoredBackup): string {
  if (!drill) return 'never verified';
  if (!drill.passed) return `verification failed on ${formatMoment(drill.at)}: ${drill.faults[0] ?? ''}`;
  return drill.restored
    ? `verified on ${formatMoment(drill.at)}; a restore takes about ${drill.restoreSeconds ?? 0} s`
    : `digests checked on ${formatMoment(drill.at)}, never restored`;
}

function formatPoints({ manifest }: StoredBackup, points: Points): string {
  if (!points) return 'no point in time: no log goes on from it';
  if ('fault' in points) return withCure(points.fault);
  return `any moment from ${formatExactly(new Date(manifest?.ended ?? 0))} to ${formatExactly(points.until)} can be restored with --until`;
}

const formatState = ({ state, manifest }: StoredBackup): string =>
  manifest ? `${state}  ${manifest.base ? 'incremental' : 'full'}` : state;

function printBackup(one: StoredBackup, points: Points, now: Date, terminal: Terminal): void {
  terminal.printLine(`${one.name}  ${formatState(one)}  ${formatSize(one.bytes)}  ${formatAge(one.taken, now)}`);
  if (one.manifest?.base) terminal.printLine(`  rests on ${one.manifest.base.name}`);
  if (one.fault) terminal.printLine(`  ${withCure(one.fault)}`);
  if (one.state === 'unfinished') terminal.printLine('  being taken now, or broken off; it cannot be restored');
  if (one.manifest) terminal.printLine(`  holds everything kept until ${formatMoment(one.manifest.holdsUntil)}`);
  if (one.state === 'whole') terminal.printLine(`  ${formatPoints(one, points)}`);
  if (one.state === 'whole') terminal.printLine(`  ${formatDrill(one)}`);
}

export async function listBackupsCommand(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = getPath(given, terminal, 'from', missingFolder);
  const backups = await refuseFaults(async () => listBackups(folder));
  const now = systemClock.now();
  const points = new Map(
    backups.flatMap((one) => (one.manifest ? [[one, findPoints(folder, one.manifest)] as const] : [])),
  );
  for (const one of backups) printBackup(one, points.get(one), now, terminal);
  const sound = backups.filter(isSound).length;
  terminal.printLine(
    `${sound} whole ${sound === 1 ? 'backup' : 'backups'}, ${backups.length - sound} broken, failed or unfinished`,
  );
  const gap = [...points.values()].some((one) => one && 'fault' in one);
  return gap || backups.some(({ state, drill }) => state === 'broken' || drill?.passed === false)
    ? exitCodes.someBad
    : exitCodes.done;
}

function readRule(given: ParsedArguments): PruneRule {
  const [keep, days] = [getTextOption(given, 'keep'), getTextOption(given, 'days')];
  if ((keep === '') === (days === '')) throw usageError('Give either --keep NUMBER or --days NUMBER.');
  const number = keep || days;
  if (!/^[1-9]\d{0,4}$/.test(number)) throw usageError(`“${number}” is not a number from 1 on.`);
  return keep ? { keep: Number(number) } : { days: Number(number) };
}

export async function pruneBackupsCommand(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = getPath(given, terminal, 'from', missingFolder);
  const rule = readRule(given);
  const now = systemClock.now();
  const backups = await refuseFaults(async () => listBackups(folder));
  const { remove, spared, bases } = planPrune(backups, rule, now);
  const really = hasFlag(given, 'yes');
  for (const one of remove) {
    if (really) await removeBackup(one);
    terminal.printLine(
      `${really ? 'removed' : 'would remove'}  ${one.name}  ${one.state}  ${formatAge(one.taken, now)}`,
    );
  }
  const kept = backups.filter((one) => one.state === 'whole' && !remove.includes(one));
  const pieces = planLogPrune(folder, kept);
  if (really) for (const path of pieces) await removeFromLog(path);
  if (pieces.length > 0)
    terminal.printLine(
      `${really ? 'removed' : 'would remove'}  ${pieces.length} ${pieces.length === 1 ? 'piece' : 'pieces'} of the log that no kept backup needs`,
    );
  if (spared) terminal.printLine(`kept  ${spared.name}  it is the newest that was verified, or the only whole one`);
  for (const one of bases) terminal.printLine(`kept  ${one.name}  a kept incremental backup rests on it`);
  terminal.printLine(
    really || remove.length + pieces.length === 0
      ? `${remove.length} removed, ${backups.length - remove.length} kept`
      : `Nothing was removed. Give --yes to remove ${remove.length === 0 ? 'them' : remove.length}.`,
  );
  return exitCodes.done;
}
