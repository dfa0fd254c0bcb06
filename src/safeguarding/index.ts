/** The door of safeguarding and of consent, which it stands on: to later rooms, counts alone. */
export { type CountableFact, type CountableHelp, type CountableHelpTables, readHelp } from './counts.ts';
export { heldBehindTheWall } from './held-store.ts';
export { safeguardingMigrations } from './migrations/index.ts';
export { correctionReasons, type NoteId } from './note.ts';
export { type Agencies, agencyOf, hourWords, neverConditional } from './pages.ts';
export { safeguardingPolicy } from './policy.ts';
export { readNames } from './referral-routes.ts';
export { safeguardingPlace, safeguardingRoutes } from './routes.ts';
export { getNote } from './store.ts';
