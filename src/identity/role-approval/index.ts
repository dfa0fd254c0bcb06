/** The door of confirmations: a second person says who somebody is, before her roles begin. */
export { up as confirmationsMigration } from './migrations/0031-confirmations.ts';
export { confirmationsPolicy } from './policy.ts';
export { confirmationRoutes, confirmationsDesk } from './routes.ts';
export { addDecision, listConfirmations } from './store.ts';
