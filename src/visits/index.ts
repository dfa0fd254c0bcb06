/** The door of visits. */
export { up as visitsMigration } from './migrations/0004-visits.ts';
export { visitsPolicy } from './policy.ts';
