/** The door of retention: how long a person's record is kept, when its readers are warned, when it goes. */
export {
  daysOfWarning,
  daysWithoutConcern,
  type HappeningKind,
  happeningKinds,
  type KeepReason,
  keepReasons,
  keeps,
  type RecordClass,
  recordClasses,
  restarts,
} from './classes.ts';
export { type Proposal, proposals } from './load.ts';
export {
  classOn,
  type KeepingRule,
  type KeptRecord,
  type KeptState,
  keptStates,
  type Period,
  type RecordStanding,
  ruleOn,
  standingOn,
} from './standing.ts';
export { keptTags, keptWords, periodWords, ruleWords } from './words.ts';
