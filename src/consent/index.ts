/** The door of consent: what was agreed, what may be shown because of it, and the pages of both. */
export {
  type Consent,
  type ConsentId,
  type Scope,
  standingOf,
  ways,
} from './consent.ts';
export { type ApprovalRefusal, approve, type Disclosure, type DisclosureId } from './disclosure.ts';
export { takenBackStates } from './end-pages.ts';
export { explained, languageWords, needsInterpreter } from './explained.ts';
export { ExplainedAnswers, explainedFields, explainedRefusals } from './explained-pages.ts';
export { type Grant, type GrantId, type GrantRefusal, grantOn, standingOfGrant, type WantedGrant } from './grant.ts';
export { heldOfConsent } from './held-store.ts';
export { up as consentMigration } from './migrations/0045-consent.ts';
export { up as languagesAndRequestsMigration } from './migrations/0071-languages-and-requests.ts';
export { atPerson, lastDayOf, shownRows } from './pages.ts';
export { consentPolicy } from './policy.ts';
export { afterDays, consentRoutes, type FindOpened, type FindPerson, type FoundPerson } from './routes.ts';
export {
  addConsent,
  addDisclosure,
  addGrant,
  type ConsentTables,
  countUnheard,
  findGrantOfReferral,
  findTakenBack,
  getConsent,
  getGrant,
  listConsents,
  listGrants,
  listSharedWith,
  lockConsent,
  type PersonIds,
} from './store.ts';
export { wordingOf } from './wording.ts';
