/** Public interface of temporary access: volunteers who sign in for one shift. */

export { up as passesMigration } from './migrations/0017-shift-passes.ts';
export { passesPolicy } from './policy.ts';
export { passRoutes } from './routes.ts';
export { findOwnPass } from './store.ts';
