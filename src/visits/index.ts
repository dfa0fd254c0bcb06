/** Public interface of visits: what happened at the premises, as an onlooker could see it. */

export { readCaseNames } from './case-names.ts';
export { type CountableVisits, expandOthers, readCountableVisits, readVisitDays } from './counts.ts';
export { listNotesLeftToColleagues } from './encounters/store.ts';

export { formatOnCall, onCallItems } from './on-call-first-responders.ts';

export {
  type EncounterLabel,
  type EncounterSummary,
  getSupportContacts,
  lookUpEncounterSummary,
  readEncounterLabels,
  type SupportContacts,
} from './store.ts';
export {
  listNamesAtSameVisits,
  listRecordsHeldAtVisits,
} from './subject-access-store.ts';
export { isEntered } from './visit.ts';
