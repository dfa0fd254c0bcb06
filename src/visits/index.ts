/** The door of visits. */
export { type CountableVisits, type CountableVisitTables, readVisits } from './counts.ts';
export { up as visitsMigration } from './migrations/0004-visits.ts';
export { visitsPolicy } from './policy.ts';
