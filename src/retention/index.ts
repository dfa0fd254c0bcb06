/** The interface of the retention module: how long a record is kept, when its readers are warned, when it is erased. */
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
