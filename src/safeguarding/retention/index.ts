/** The interface of the retention module of the safeguarding database: how long records are kept, and their erasure. */
export { lettingGoChores } from './chores.ts';
export { up as lettingGoMigration } from './migrations/0056-letting-go.ts';
export { up as allThatIsHersMigration } from './migrations/0071-all-that-is-hers.ts';
export { up as meetingsMigration } from './migrations/0078-meetings.ts';
export { up as onTheirWayMigration } from './migrations/0079-on-their-way.ts';
export { up as sealedReasonsMigration } from './migrations/0080-sealed-reasons.ts';
export { up as heldWithTheRecordMigration } from './migrations/0085-held-with-the-record.ts';
export { lettingGoPolicy } from './policy.ts';
export { lettingGoRoutes } from './routes.ts';
export { heldOfKeeping } from './subject-access-store.ts';
