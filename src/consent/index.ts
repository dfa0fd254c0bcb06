/** The door of consent: what was agreed, what may be shown because of it, and the pages of both. */
export {
  type Consent,
  type ConsentId,
  languages,
  type Scope,
  standingOf,
  ways,
} from './consent.ts';
export { type ApprovalRefusal, approve, type Disclosure, type DisclosureId } from './disclosure.ts';
export { selectableInterpretings } from './forms.ts';
export { type Grant, type GrantId, type GrantRefusal, grantOn, standingOfGrant, type WantedGrant } from './grant.ts';
export { heldOfConsent } from './held-store.ts';
export { up as consentMigration } from './migrations/0045-consent.ts';
export { atPerson, languageWords, lastDayOf, shownRows } from './pages.ts';
export { consentPolicy } from './policy.ts';
export { afterDays, consentRoutes, type FindPerson, type FoundPerson } from './routes.ts';
export {
  addConsent,
  addDisclosure,
  addGrant,
  type ConsentTables,
  countUnheard,
  findGrantOfReferral,
  getConsent,
  getGrant,
  listConsents,
  listGrants,
  listSharedWith,
  lockConsent,
  type PersonIds,
} from './store.ts';
export { wordingOf } from './wording.ts';
