/** What `safelight upgrade check` says of the facts: findings with their cures. Pure. */
import { formatSize } from '../../platform/backup/index.ts';
import { beforeStamps, compareVersions, formatVersion } from '../../platform/database/schema-stamp.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { Finding } from '../doctor/finding.ts';
import { isStampOfBefore, type PendingChange, type StoreFacts } from './facts.ts';

export type BackupFacts = {
  /** When the newest verified backup was taken. */
  readonly verified: Date | undefined;
  /** Whether there is any whole one. */
  readonly any: boolean;
};

export type Facts = {
  readonly version: string;
  readonly stores: readonly StoreFacts[];
  /** `not set up` where no folder is named. */
  readonly backup: BackupFacts | 'not set up' | 'unreadable';
  /** Bytes on the disk of the data folder; undefined where the databases lie on a server. */
  readonly free: number | undefined;
  readonly now: Date;
};

export type Way = 'nothing to do' | 'new' | 'beside' | 'stop' | 'refused';

const hourMs = 3_600_000;
/** In hours: what is entered after a backup is lost when it is restored. */
const youngEnough = 24;
/** Bytes that a server writes again in a second, at the least. */
const writtenInASecond = 50e6;
const labels = { main: 'Main database', safeguarding: 'Safeguarding database' } as const;

/** Whether processes of the version before can go on: decided by the worst of both databases. */
export function decideWay({ version, stores }: Facts): Way {
  const ways = stores.map((one): Way => {
    if (!one.stamp) return 'new';
    if (compareVersions(one.stamp.earliest, version) > 0) return 'refused';
    if (!one.differs) return 'nothing to do';
    return isStampOfBefore(one.stamp) || mustStop(one).length > 0 ? 'stop' : 'beside';
  });
  return (['refused', 'stop', 'beside', 'new', 'nothing to do'] as const).find((way) => ways.includes(way)) ?? 'new';
}

/** Pending changes that a process of the present version cannot bear. */
const mustStop = ({ pending, stamp }: StoreFacts): readonly PendingChange[] =>
  pending.filter(
    ({ needs, unsafe }) => unsafe.length > 0 || (needs && stamp && compareVersions(stamp.version, needs) < 0),
  );

export function describeFacts(facts: Facts): Finding[] {
  const way = decideWay(facts);
  return [
    ...facts.stores.flatMap((one) => describeStore(one, facts.version)),
    describeWay(way),
    ...(way === 'nothing to do' || way === 'refused' ? [] : [...describeProcesses(facts), ...describeSafety(facts)]),
  ];
}

function describeStore(one: StoreFacts, version: string): Finding[] {
  const label = labels[one.store];
  if (!one.stamp) return [{ says: `${label}: empty. This version makes its ${one.pending.length} changes.` }];
  const from = formatVersion(one.stamp.version);
  if (compareVersions(one.stamp.earliest, version) > 0)
    return [
      {
        says: `${label}: ${from} has changed it, and ${one.stamp.earliest} is the earliest version that can work with it.`,
        cure: `This is ${version}: start ${from}, or restore the backup from before that upgrade.`,
      },
    ];
  if (compareVersions(one.stamp.version, version) > 0)
    return [{ says: `${label}: ${from} has migrated it. ${version} can work with it, and changes nothing.` }];
  if (!one.differs) return [{ says: `${label}: it is as ${version} wants it.` }];
  return [
    { says: `${label}: from ${from} to ${version}. ${describeCount(one.pending.length)}` },
    ...one.pending.map((change) => describeChange(change, one)),
    ...describeGuards(one),
  ];
}

const describeCount = (many: number): string =>
  many === 0
    ? 'No table changes; functions, rights or policies do.'
    : `${many} ${many === 1 ? 'change waits' : 'changes wait'}.`;

function describeChange({ name, online, needs, held, unsafe }: PendingChange, { sizes }: StoreFacts): Finding {
  const named = listOf(held.map((table) => `${table} (${formatSize(sizes[table] ?? 0)})`));
  const undone = needs ? ` It takes something away and cannot be undone.` : '';
  if (online) return { says: `${name}: built beside running work; holds no table.${undone}` };
  if (held.length === 0) return { says: `${name}: adds tables; holds none that is there.${undone}` };
  if (unsafe.length === 0) return { says: `${name}: holds ${named} for a moment.${undone}` };
  const bytes = Math.max(...held.map((table) => sizes[table] ?? 0));
  const seconds = Math.ceil(bytes / writtenInASecond);
  return {
    says: `${name}: holds ${named} for about ${seconds} ${seconds === 1 ? 'second' : 'seconds'} or less.${undone}`,
    advice: `It ${unsafe[0]}.`,
  };
}

function describeGuards({ guards, tables, stamp }: StoreFacts): Finding[] {
  if (guards.length === 0) return [];
  if (isStampOfBefore(stamp))
    return [
      {
        says: `Row policies and triggers are made again on all ${tables} tables, this once.`,
        advice: 'Every table is held for about a second together: do it in a quiet minute.',
      },
    ];
  const named = guards.length > 8 ? `${guards.length} tables` : listOf([...guards]);
  return [{ says: `Row policies or triggers are made again on ${named}, each held for a moment.` }];
}

function describeWay(way: Way): Finding {
  if (way === 'nothing to do') return { says: 'Nothing is to be done: start this version when you like.' };
  if (way === 'new') return { says: 'The databases are new: no process is there to go on.' };
  if (way === 'refused') return { says: 'This version does not start on these databases.' };
  if (way === 'beside')
    return { says: 'Processes of the version before can go on beside this one: replace them one after another.' };
  return {
    says: 'The processes of the version before must stop first.',
    advice: 'Choose a quiet minute, stop them, migrate, and start the new ones (docs/operations/upgrade.md).',
  };
}

function describeProcesses({ version, stores }: Facts): Finding[] {
  const connected = [...new Set(stores.flatMap((one) => one.connected))].sort(compareVersions);
  const others = connected.filter((one) => one !== version);
  const needed = stores.flatMap(({ pending }) => pending.map(({ needs }) => needs ?? beforeStamps));
  const late = others.filter((one) => needed.some((needs) => compareVersions(one, needs) < 0));
  const long = stores.reduce((all, one) => all + one.longTransactions, 0);
  const names = listOf(others.map(formatVersion));
  return [
    late.length > 0
      ? { says: `Connected now: ${names}.`, cure: 'A change needs later ones: stop them, or the migration is refused.' }
      : { says: others.length > 0 ? `Connected now: ${names}.` : 'No process of another version is connected.' },
    ...(long > 0
      ? [
          {
            says: `Transactions open for more than five seconds: ${long}.`,
            advice: 'A migration tries again until their tables are free. Let backups and reports end first.',
          },
        ]
      : []),
  ];
}

function describeSafety({ stores, backup, free, now }: Facts): Finding[] {
  const takesAway = stores.flatMap(({ pending }) => pending.filter(({ needs }) => needs).map(({ name }) => name));
  const bytes = stores.reduce((all, one) => all + one.bytes, 0);
  const isNew = stores.every(({ stamp }) => !stamp);
  return [
    ...(isNew ? [] : [describeBackup(backup, now)]),
    describeDisk(bytes, free),
    takesAway.length > 0
      ? { says: `Cannot be undone without a backup: ${listOf(takesAway)}.` }
      : { says: 'Nothing is taken away: the version before can be started again on what this one leaves.' },
  ];
}

function describeBackup(backup: Facts['backup'], now: Date): Finding {
  const cure = 'Take a backup and verify it first (docs/operations/backup.md).';
  if (backup === 'not set up')
    return { says: 'Whether there is a backup is not known: SAFELIGHT_BACKUPS is not set.', cure };
  if (backup === 'unreadable') return { says: 'The folder in SAFELIGHT_BACKUPS cannot be read.', cure };
  if (!backup.verified) return { says: backup.any ? 'No backup was verified.' : 'There is no backup.', cure };
  const hours = Math.floor((now.getTime() - backup.verified.getTime()) / hourMs);
  const says = `The newest verified backup is ${hours} ${hours === 1 ? 'hour' : 'hours'} old.`;
  return hours < youngEnough ? { says } : { says, cure };
}

function describeDisk(bytes: number, free: number | undefined): Finding {
  const size = `The databases have ${formatSize(bytes)}`;
  if (free === undefined) return { says: `${size}. They lie on a server: see that a tenth of that is free there.` };
  const says = `${size}; ${formatSize(free)} are free.`;
  return free > bytes / 10 + 500e6 ? { says } : { says, cure: 'Make room first.' };
}
