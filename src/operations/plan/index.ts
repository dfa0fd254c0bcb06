/** Public interface of plans: where, when and by which power a visit is planned, and what was decided. Operations and teams come from weeks. */

export { adviceModel } from '../plan-check/advice-model.ts';
export type { Advice, Plan } from '../plan-check/entry-check.ts';
export { checkPlan } from '../plan-check/plan-check.ts';
export {
  getOperation,
  listOperations,
  listParticipants,
  listPartners,
  listTeamMembers,
  listTeams,
  type Operation,
  type OperationInWeek,
  operationFacts,
  type Partner,
  pageOfOperations,
  type Team,
  type TeamMember,
} from '../weeks/index.ts';
export { entryRoutes } from './entry-routes.ts';
export { up as operationsMigration } from './migrations/0003-operations.ts';
export { hoursOf, type PlannedVisit, type VisitInPlan } from './planned-visit.ts';
export { operationsPolicy } from './policy.ts';
export { type Power, type PowerState, stateOn } from './power-of-entry.ts';
export { type Business, businesses, mayRefer, type Premises, toInterpret } from './premises.ts';
export { operationsRoutes } from './routes.ts';
export {
  type CountablePlan,
  type CountablePlanTables,
  type CountedPlace,
  findPlannedVisit,
  gatherPlans,
  getPlannedVisit,
  listPlannedVisits,
  listPowers,
  listPremises,
  readPlan,
  readPlanInWords,
  seePremises,
} from './store.ts';
