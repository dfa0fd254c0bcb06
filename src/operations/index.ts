/** The door of operations. */
export { up as operationsMigration } from './migrations/0003-operations.ts';
export { operationsPolicy } from './policy.ts';
