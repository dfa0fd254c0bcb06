/** The door of safeguarding: to later rooms, counts alone. */
export { type CountableFact, type CountableHelp, type CountableHelpTables, readHelp } from './counts.ts';
export { heldBehindTheWall } from './held-store.ts';
export { up as safeguardingMigration } from './migrations/0005-safeguarding.ts';
export { up as referralsByConsentMigration } from './migrations/0046-referrals-by-consent.ts';
export { safeguardingPolicy } from './policy.ts';
export { safeguardingPlace, safeguardingRoutes } from './routes.ts';
export { findMet } from './store.ts';
