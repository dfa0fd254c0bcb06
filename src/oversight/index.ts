/** Public interface of oversight: who viewed what, who could have, and what is held about a person who asks. */

export { oversightRoutes } from './access-log/routes.ts';
export { oversightDesks } from './home-items.ts';
export { up as oversightMigration } from './migrations/0014-oversight.ts';
export { up as namesBesideMigration } from './migrations/0022-names-beside.ts';
export { up as askedForMigration, upBehindTheWall as askedForApartMigration } from './migrations/0026-asked-for.ts';
export { up as logByTimeMigration } from './migrations/0027-log-by-time.ts';
export {
  up as askedByPersonMigration,
  upBehindTheWall as askedByPersonApartMigration,
} from './migrations/0067-asked-by-the-person.ts';
export { oversightPolicy } from './policy.ts';
