/** Agencies' own sign-in. */

export { up as signOnMigration } from './migrations/0018-single-sign-on.ts';
export { offerSignOn } from './offer.ts';
export { singleSignOnPolicy } from './policy.ts';
export { signOnRoutes } from './routes.ts';
export { settingsRoutes } from './settings-routes.ts';
