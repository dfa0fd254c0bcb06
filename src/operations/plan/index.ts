/** Public interface of plans: where, when and by which power a visit is planned, and what was decided. Operations and teams come from weeks. */

export type { Operation, OperationInWeek, Partner, TeamMember } from '../weeks/operation.ts';
export { listOperationTabs } from '../weeks/operation-tabs.ts';
export { listPartners, listTakingPart, listTeamMembers } from '../weeks/partner-store.ts';
export {
  getOperation,
  getOperationFacts,
  listReadInFull,
  paginateOperations,
} from '../weeks/store.ts';
export { PremisesForm } from './forms.ts';
export type { Power } from './planned-power.ts';
export { endOf, formatHours, type PlannedVisit, startOf, type VisitInPlan } from './planned-visit.ts';
export type { Business, Premises } from './premises.ts';
export { placeFields } from './premises-form-pages.ts';
export {
  addPremises,
  arePremisesOfPlans,
  type CountablePlan,
  findPlannedVisit,
  getPlannedVisit,
  isOfPlans,
  listPlannedVisits,
  listPowers,
  lookUpPremises,
  type OwnPlans,
  readCountablePlan,
  readRecordNames,
} from './store.ts';
