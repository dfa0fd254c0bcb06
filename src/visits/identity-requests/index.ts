/** The door of openings: a custodian decides whether a sealed name is opened, to whom, why and until when. */
export { up as openingsMigration } from './migrations/0021-openings.ts';
export { up as openingsEndedMigration } from './migrations/0028-openings-ended.ts';
export { openingsPolicy } from './policy.ts';
export { openingRoutes, openingsDesk } from './routes.ts';
