/** The door of concerns: what is raised about a person, and what becomes of it. */
export { concernsBeside } from './beside.ts';
export { handedDesk } from './desk.ts';
export { peopleWithDrafts } from './frozen.ts';
export { heldOfConcerns } from './held-store.ts';
export { up as concernsMigration } from './migrations/0050-concerns.ts';
export { concernsPolicy } from './policy.ts';
export { concernRoutes } from './routes.ts';
export { submissionsTold } from './told.ts';
