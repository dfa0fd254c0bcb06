/** The interface of the module: concerns about a person, and their results. */
export { concernsBeside } from './beside.ts';
export { handedDesk } from './desk.ts';
export { peopleWithDrafts } from './frozen.ts';
export { heldOfConcerns } from './held-store.ts';
export { up as concernsMigration } from './migrations/0050-concerns.ts';
export { concernsPolicy } from './policy.ts';
export { concernRoutes } from './routes.ts';
export { submissionsTold } from './told.ts';
