/** The door of reception: to the page of the week, numbers that were told, and nothing else. */
export { receptionBeside } from './beside.ts';
export { boardRoutes } from './board-routes.ts';
export { heldOfReception } from './held-store.ts';
export { up as receptionMigration } from './migrations/0059-reception.ts';
export { up as numbersOfRecordsMigration } from './migrations/0094-numbers-of-records.ts';
export { receptionPolicy } from './policy.ts';
export { receptionRoutes } from './routes.ts';
