/** The interface for backups: taking, listing, trying, restoring and removing them. */
export type { BackupAddresses } from './base-backup.ts';
export type { VerifyLog } from './checks.ts';
export { lackingRight, unreachable } from './cluster-facts.ts';
export { findCombine } from './combine.ts';
export { type Created, createBackup } from './create.ts';
export { type DrillResult, drillBackup } from './drill.ts';
export { BackupFault, OutsideFault, StoppedWork } from './fault.ts';
export { formatSize } from './folders.ts';
export { keyCopyFile } from './key-copy.ts';
export { checkLog, findPoints, type Points, planLogPrune, removeFromLog } from './log/log-store.ts';
export { endLog, receiveLog } from './log/receive.ts';
export type { Until } from './log/recover.ts';
export { readIdentities } from './recipients.ts';
export { type Restored, restoreBackup } from './restore.ts';
export {
  isSound,
  isVerified,
  listBackups,
  looksLikeBackup,
  type PruneRule,
  planPrune,
  readDrill,
  recordDrill,
  removeBackup,
  type StoredBackup,
} from './store.ts';
