/** What other modules use of safeguarding and consent: counts for returns, and the person met for people’s records. */
export {
  atPerson,
  findGrantOfReferral,
  findTakenBack,
  needsInterpreter,
  type TellsElsewhere,
  type ToldElsewhere,
  takenBackStates,
} from '../consent/index.ts';
export { disclosingDesk } from '../disclosures/routes.ts';
export { unsentBeside } from '../disclosures/unsent.ts';
export { approvedOf, askedWithoutConsent, secondsAmong, type WithoutConsent } from '../disclosures/without-consent.ts';
export { type FinishedRequest, type HandedOn, listFinished, listHandedOn } from '../documents/referred-documents.ts';
export { paperAt } from '../documents/shown-documents.ts';
export {
  askChildrens,
  type Council,
  childrenDesk,
  councilsAmong,
  readCouncils,
  referPersonAt,
} from '../notes/children.ts';
export { type CountableFact, type CountableHelp, type CountableHelpTables, readHelp } from '../notes/counts.ts';
export { whyCorrected } from '../notes/form-pages.ts';
export { askedForIt, correctionReasons, type NeedKind, type NoteId, needKinds } from '../notes/note.ts';
export {
  type Agencies,
  agencyOf,
  hourWords,
  neverConditional,
  notAsked,
  referralsTable,
} from '../notes/pages.ts';
export { safeguardingPlace, safeguardingRoutes } from '../notes/routes.ts';
export { findMet, getNote, listNotesOf } from '../notes/store.ts';
export { heldOfNotes } from '../notes/subject-access-store.ts';
export { atOnceFields, atOnceRefusals, secondsWords } from './form-pages.ts';
export { AtOnceAnswers, TickedAtOnce } from './forms.ts';
export { safeguardingMigrations } from './migrations/index.ts';
export { isAsked } from './open-subject-request.ts';
export type { PackedPart, People } from './people.ts';
export { safeguardingPolicy } from './policy.ts';
export { outsideAmong, type ReferralId, recipientsAmong } from './referral.ts';
export { readNames } from './routes.ts';
export { getReferral, isReferralShown, listReferralsOfPerson } from './store.ts';
export { type HeldPaper, ofNote, type Subject } from './subject.ts';
