/** The door of newsroom. */
export { up as newsroomMigration } from './migrations/0008-newsroom.ts';
export { newsroomPolicy } from './policy.ts';
