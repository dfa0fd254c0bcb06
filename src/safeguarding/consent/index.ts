/** What other modules use of consent: consents, grants, disclosures, and their pages. */
export { wayOf } from './across.ts';
export { type Consent, type ConsentId, inOrder, type Scope, standingOf, ways } from './consent.ts';
export type { AtOnceRefusal, Disclosure, DisclosurePlan, FrozenDraft, Look, SecondRefusal } from './disclosure.ts';
export {
  approvers,
  atOnce,
  decideDisclosure,
  digestsIn,
  lookAt,
  lookIsLate,
  looks,
  mayApprove,
  nobodyYet,
  standingOfDisclosure,
} from './disclosure.ts';
export * as disclosures from './disclosure-store.ts';
export { takenBackStates } from './end-pages.ts';
export { explained, languageWords, needsInterpreter } from './explained.ts';
export { ExplainedAnswers, explainedFields, explainedRefusals } from './explained-pages.ts';
export { type Grant, type GrantId, type GrantRefusal, grantOn, standingOfGrant, type WantedGrant } from './grant.ts';
export { heldOfConsent } from './held-store.ts';
export * as consentMigrations from './migrations/index.ts';
export { atDisclosures, atPerson, basisWords, lastDayOf, shownRows, standingOfDisclosureWords } from './pages.ts';
export { consentPolicy } from './policy.ts';
export { afterDays, consentRoutes, type FindOpened, type FindPerson, type FoundPerson } from './routes.ts';
export {
  addConsent,
  addGrant,
  type ConsentTables,
  countUnheard,
  findGrantOfReferral,
  findTakenBack,
  getConsent,
  getGrant,
  interpretedBefore,
  isGrantOpen,
  listConsents,
  listSharedWith,
  lockConsent,
} from './store.ts';
export type { TellsElsewhere, ToldElsewhere } from './told-elsewhere.ts';
