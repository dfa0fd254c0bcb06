/** Role approval: a second person confirms a member's identity before their roles begin. */
export { up as confirmationsMigration } from './migrations/0031-confirmations.ts';
export { confirmationsPolicy } from './policy.ts';
export { confirmationRoutes, confirmationsDesk } from './routes.ts';
export { addDecision, listConfirmations } from './store.ts';
