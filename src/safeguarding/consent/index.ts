/** What other modules use of consent: consents, grants, disclosures, and their pages. */

export type {
  AtOnceRefusal,
  Disclosure,
  DisclosurePlan,
  FrozenDraft,
  Look,
  SecondRefusal,
} from '../disclosures/disclosure.ts';
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
} from '../disclosures/disclosure.ts';
export type { TellsElsewhere, ToldElsewhere } from '../disclosures/elsewhere.ts';
export { wayOf } from '../disclosures/outside-referrals.ts';
export * as disclosures from '../disclosures/store.ts';
export { explained, languageWords, needsInterpreter } from '../interpreting/interpreting.ts';
export { ExplainedAnswers, explainedFields, explainedRefusals } from '../interpreting/pages.ts';
export { type Consent, type ConsentId, inOrder, type Scope, standingOf, ways } from './consent.ts';
export { takenBackStates } from './end-pages.ts';
export { type Grant, type GrantId, type GrantRefusal, grantOn, standingOfGrant, type WantedGrant } from './grant.ts';
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
export { heldOfConsent } from './subject-access-store.ts';
