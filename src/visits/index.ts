/** The door of visits: what happened at the door, as an onlooker could see it. */
export { type CountableVisits, type CountableVisitTables, othersAt, readVisits } from './counts.ts';
export { heldAtVisits, namesBeside } from './held-store.ts';
export { up as visitsMigration } from './migrations/0004-visits.ts';
export { up as metWithoutConcernMigration } from './migrations/0057-met-without-concern.ts';
export { onCallItems, onCallWords } from './on-call.ts';
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
