/** The door of returns. */
export { up as returnsMigration } from './migrations/0006-returns.ts';
export { returnsPolicy } from './policy.ts';
