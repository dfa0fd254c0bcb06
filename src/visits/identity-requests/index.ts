/** Public interface of identity requests: a custodian decides whether to open a sealed name, to whom, why and for how long. */
export { up as openingsMigration } from './migrations/0021-openings.ts';
export { up as openingsEndedMigration } from './migrations/0028-openings-ended.ts';
export { openingsPolicy } from './policy.ts';
export { openingRoutes, openingsDesk } from './routes.ts';
