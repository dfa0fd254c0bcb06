/** Public interface of visits: what happened at the premises, as an onlooker could see it. */
export { readCaseNames } from './case-names.ts';
export { type CountableVisits, type CountableVisitTables, othersAt, readVisits } from './counts.ts';
export { up as visitsMigration } from './migrations/0004-visits.ts';
export { up as metWithoutConcernMigration } from './migrations/0057-met-without-concern.ts';
export { up as powerWhereEnteredMigration } from './migrations/0097-power-where-entered.ts';
export { up as observableIndicatorsMigration } from './migrations/0098-observable-indicators.ts';
export { up as caseNamesMigration } from './migrations/0099-case-names.ts';
export { onCallItems, onCallWords } from './on-call-first-responders.ts';
export { visitsPolicy } from './policy.ts';
export { visitsPlace, visitsRoutes } from './routes.ts';
export {
  getHelp,
  getVisit,
  type Help,
  isNameHeld,
  letMetGo,
  listVisitStates,
  type Meeting,
  seeMeeting,
  type Told,
  tellApart,
} from './store.ts';
export { heldAtVisits, namesBeside } from './subject-access-store.ts';
export { isEntered } from './visit.ts';
