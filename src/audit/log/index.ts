/** The interface of the log: what the leader seals, what witnesses fetch, and what people see of it. */

export { erasureEvent } from '../sealing/leaf.ts';
export { sealBatch } from '../sealing/sealing.ts';
export { logChores } from './chores.ts';
export { followKeys, freshLogKeys, type LogKey, type LogKeys, logKeysFrom } from './keys.ts';
export { up as logMigration, upApart as safeguardingLogMigration } from './migrations/0013-log.ts';
export { up as logOfMembersMigration } from './migrations/0049-log-of-members.ts';
export { logPolicy } from './policy.ts';
export { logRoutes } from './routes.ts';
