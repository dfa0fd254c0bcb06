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
export { isAsked } from './asked.ts';
export { atOnceFields, atOnceRefusals, secondsWords } from './asking-pages.ts';
export { askChildrens, type Council, childrenDesk, councilsAmong, readCouncils, referPersonAt } from './children.ts';
export { type CountableFact, type CountableHelp, type CountableHelpTables, readHelp } from './counts.ts';
export { disclosingDesk } from './disclosing-routes.ts';
export { AtOnceAnswers, TickedAtOnce } from './forms.ts';
export { type FinishedRequest, type HandedOn, listFinished, listHandedOn } from './handed.ts';
export { heldOfNotes } from './held-store.ts';
export { safeguardingMigrations } from './migrations/index.ts';
export { askedForIt, correctionReasons, type NeedKind, type NoteId, needKinds } from './note.ts';
export { whyCorrected } from './note-forms.ts';
export {
  type Agencies,
  agencyOf,
  hourWords,
  neverConditional,
  notAsked,
  referralsTable,
} from './pages.ts';
export { paperAt } from './papers-shown.ts';
export type { PackedPart, People } from './people.ts';

export { safeguardingPolicy } from './policy.ts';
export { outsideAmong, type ReferralId, recipientsAmong } from './referral.ts';
export { readNames } from './referral-routes.ts';
export { getReferral, isReferralShown, listReferralsOfPerson } from './referral-store.ts';
export { safeguardingPlace, safeguardingRoutes } from './routes.ts';
export { findMet, getNote, listNotesOf } from './store.ts';
export { type HeldPaper, ofNote, type Subject } from './subject.ts';
export { unsentBeside } from './unsent.ts';
export { approvedOf, askedWithoutConsent, secondsAmong, type WithoutConsent } from './without-consent.ts';
