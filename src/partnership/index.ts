/** The door of the partnership: who works here, and what they were let into. */

export { type Agency, type Member, mayHold } from './member.ts';
export { up as partnershipMigration } from './migrations/0002-partnership.ts';
export { hashPassword } from './password.ts';
export { partnershipPolicy } from './policy.ts';
export { accountRoutes, sessionRoutes } from './routes.ts';
export { endOldSessions, openSession, resolveActor } from './session.ts';
export {
  addAgency,
  addMember,
  type Colleague,
  endGrants,
  type Grant,
  getAgency,
  grant,
  listAgencies,
  listMembers,
  memberNames,
  type PartnershipTables,
} from './store.ts';
