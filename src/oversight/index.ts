/** The door of oversight: who looked at what, who could have, and what is held on a person who asks. */
export { up as oversightMigration } from './migrations/0014-oversight.ts';
export { up as namesBesideMigration } from './migrations/0022-names-beside.ts';
export { oversightPolicy } from './policy.ts';
export { oversightRoutes } from './routes.ts';
