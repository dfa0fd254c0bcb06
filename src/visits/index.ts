/** Public interface of visits: what happened at the premises, as an onlooker could see it. */
export { readCaseNames } from './case-names.ts';
export { type CountableVisits, expandOthers as othersAt, readCountableVisits as readVisits } from './counts.ts';

export { onCallItems } from './on-call-first-responders.ts';

export {
  type EncounterLabel as Told,
  type EncounterSummary as Meeting,
  getSupportContacts as getHelp,
  lookUpEncounterSummary as seeMeeting,
  readEncounterLabels as tellApart,
  type SupportContacts as Help,
} from './store.ts';
export {
  listNamesAtSameVisits as namesBeside,
  listRecordsHeldAtVisits as heldAtVisits,
} from './subject-access-store.ts';
export { isEntered } from './visit.ts';
