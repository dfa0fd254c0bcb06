/** The interface of the reception module: routes, policy, migrations and the summary on a person’s record. */

export { boardRoutes } from './board-routes.ts';
export { up as receptionMigration } from './migrations/0059-reception.ts';
export { up as numbersOfRecordsMigration } from './migrations/0094-numbers-of-records.ts';
export { receptionBeside } from './person-summary.ts';
export { receptionPolicy } from './policy.ts';
export { receptionRoutes } from './routes.ts';
export { heldOfReception } from './subject-access-store.ts';
