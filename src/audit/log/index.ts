/** The interface of the log: what the leader seals, what witnesses fetch, and what people see of it. */
export { logChores } from './chores.ts';
export { followKeys, freshLogKeys, type LogKey, type LogKeys, logKeysFrom } from './keys.ts';
export { erasureEvent } from './leaf.ts';
export { up as logMigration, upApart as safeguardingLogMigration } from './migrations/0013-log.ts';
export { up as logOfMembersMigration } from './migrations/0049-log-of-members.ts';
export { logPolicy } from './policy.ts';
export { logRoutes } from './routes.ts';
export { sealBatch } from './sealing.ts';
