/** The door of letting go: how long people’s records are kept behind the wall, and what goes when their time has come. */
export { lettingGoChores } from './chores.ts';
export { heldOfKeeping } from './held-store.ts';
export { up as lettingGoMigration } from './migrations/0056-letting-go.ts';
export { up as papersLetGoMigration } from './migrations/0070-papers-let-go.ts';
export { lettingGoPolicy } from './policy.ts';
export { lettingGoRoutes } from './routes.ts';
