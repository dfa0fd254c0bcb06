/** The door of operations: what is planned where, by which power, when, and what was decided. What surrounds a plan comes from weeks. */

export {
  getOperation,
  listOperations,
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
export { type CountablePlan, type CountablePlanTables, readPlan } from './counts.ts';
export { up as operationsMigration } from './migrations/0003-operations.ts';
export type { PlannedVisit, VisitInPlan } from './planned-visit.ts';
export { operationsPolicy } from './policy.ts';
export type { Power, PowerState } from './power-of-entry.ts';
export { type Business, businesses, mayRefer, type Premises, toInterpret } from './premises.ts';
export { getPlannedVisit, getPremises, listPlannedVisits, listPowers, listPremises } from './store.ts';
