/** The interface of the retention module: how long a record is kept, when its readers are warned, when it is erased. */
export {
  daysOfWarning,
  daysWithoutConcern,
  type RecordClass,
  type RetentionEventKind,
} from './classes.ts';

export { type ClosedRecordState, closedRecordStateOf, destructionTime } from './closed-record.ts';
export {
  type RetainedRecord,
  type RetentionRule,
  type RetentionStatus,
  retentionStatusOn,
} from './retention-status.ts';
export { ruleInForce } from './rule-in-force.ts';
export { retentionTags, retentionWords } from './words.ts';
