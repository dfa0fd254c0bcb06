/** The interface of the retention module: how long a record is kept, when its readers are warned, when it is erased. */
export { daysOfWarning, daysWithoutConcern, type HappeningKind, type RecordClass } from './classes.ts';

export { type KeepingRule, type KeptRecord, type RecordStanding, standingOn } from './standing.ts';
export { keptTags, keptWords } from './words.ts';
