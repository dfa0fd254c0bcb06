/** The rules about backups, their restore drills and the received log. Pure. */
import { formatAge } from './amounts.ts';
import { limits, type Rule } from './rule.ts';

const backup: Rule = {
  name: 'backup',
  title: 'Last backup',
  judge: ({ backups }) => {
    if (backups === 'not set up')
      return {
        says: 'Nobody said where backups lie.',
        notSetUp: true,
        advice: 'Set SAFELIGHT_BACKUPS to the folder of the backups.',
      };
    if (backups === 'unreadable')
      return {
        says: 'The folder in SAFELIGHT_BACKUPS cannot be read.',
        cure: 'Create it, or let this process read it.',
      };
    if (backups.newestBaseless)
      return {
        says: 'The last backup is incremental, and one on which it rests is missing. It cannot be restored.',
        cure: 'Take a full backup now. Then look for the missing one: safelight backup list names it.',
      };
    if (backups.backupSeconds === undefined)
      return { says: 'There is no backup yet.', cure: 'Make one now, and set a timer that makes one each night.' };
    if (backups.newestFailed)
      return {
        says: `The last backup is ${formatAge(backups.backupSeconds)} old, and failed its verification.`,
        cure: 'Make a new backup now and verify it. The file last-drill.json beside the old backup says what failed.',
      };
    const says = `The last backup is ${formatAge(backups.backupSeconds)} old.`;
    return backups.backupSeconds > limits.backup
      ? { says, cure: 'Check the timer and its last error, and make a backup now.' }
      : { says };
  },
};

const drill: Rule = {
  name: 'drill',
  title: 'Last restore drill',
  judge: ({ backups }) => {
    if (typeof backups === 'string') return undefined;
    if (backups.lastDrillFailed)
      return {
        says: 'The last restore drill failed.',
        cure: 'Read its report beside the backups. Until one succeeds, count on no backup.',
      };
    if (backups.drillSeconds === undefined)
      return { says: 'No backup was ever restored to try it.', cure: 'Run a restore drill.' };
    const says = `The last restore drill succeeded ${formatAge(backups.drillSeconds)} ago.`;
    if (backups.drillSeconds > limits.drill) return { says, cure: 'Run a restore drill: one is due each month.' };
    return backups.drillOpenedNone
      ? {
          says: `${says} It opened no sealed record.`,
          advice: 'Give it the copy of the keys with --halves. Without it nobody knows whether the keys fit.',
        }
      : { says };
  },
};

const backupLog: Rule = {
  name: 'backup_log',
  title: 'Log for points in time',
  judge: ({ backups }) => {
    if (typeof backups === 'string' || backups.logSeconds === undefined) return undefined;
    return backups.logSeconds > limits.backupLog
      ? {
          says: `Nothing was received for ${formatAge(backups.logSeconds)}.`,
          cure: 'Start safelight backup log again, and read its last error. The server keeps what was not received, but only up to max_slot_wal_keep_size.',
        }
      : { says: 'It is received as it is written.' };
  },
};

/** In the order of the page. */
export const backupRules: readonly Rule[] = [backup, drill, backupLog];
