/** Public interface of weeks: weeks of action, the operation in each, and who takes part. */

export { up as leaversMigration } from './migrations/0019-teams-of-leavers.ts';
export {
  type Brings,
  capacities,
  ledBy,
  type Operation,
  type OperationInWeek,
  type Participant,
  type Partner,
  type Standing,
  standingOn,
  type Team,
  type TeamMember,
  teamSeesDaysAfter,
} from './operation.ts';
export {
  getTeam,
  listMembersOfTeams,
  listParticipants,
  listPartners,
  listTeamMembers,
  listTeams,
} from './partner-store.ts';
export { bringsWords, partnerKind } from './people-pages.ts';
export { takingPartRoutes } from './people-routes.ts';
export { weeksPolicy } from './policy.ts';
export { changedFields, weeksRoutes } from './routes.ts';
export { getOperation, listOperations, listTowns, operationFacts, pageOfOperations } from './store.ts';
export { holds, type Week } from './week.ts';
