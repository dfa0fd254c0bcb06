/** The interface of the retention module: how long a record is kept, when its readers are warned, when it is erased. */
export {
  daysOfWarning,
  daysWithoutConcern,
  type RecordClass,
  type RetentionEventKind as HappeningKind,
} from './classes.ts';

export {
  type RetainedRecord as KeptRecord,
  type RetentionRule as KeepingRule,
  type RetentionStatus as RecordStanding,
  retentionStatusOn as standingOn,
} from './standing.ts';
export { retentionTags as keptTags, retentionWords as keptWords } from './words.ts';
