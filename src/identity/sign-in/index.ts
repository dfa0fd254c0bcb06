/** Sign-in: the ways in of a member, and the list of their sessions. */

export { sessionListRoutes } from '../sessions/routes.ts';
export { waysInRoutes } from './credential-routes.ts';
export { up as signInMigration } from './migrations/0011-sign-in.ts';
export { up as oneEntryMigration } from './migrations/0023-one-entry.ts';
export { up as oneAnswerMigration } from './migrations/0029-one-answer.ts';
export { up as wrongTriesMigration } from './migrations/0105-wrong-tries.ts';
export { signInPolicy } from './policy.ts';
export { signInRoutes } from './routes.ts';
