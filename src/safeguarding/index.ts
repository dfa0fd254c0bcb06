/** The door of safeguarding. */
export { up as safeguardingMigration } from './migrations/0005-safeguarding.ts';
export { safeguardingPolicy } from './policy.ts';
