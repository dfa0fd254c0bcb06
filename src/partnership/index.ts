/** The door of the partnership: who works here, and what they were let into. */

export { AgencyForm, MemberForm, shortestPassword } from './forms.ts';
export { type Agency, type Member, type MemberRefusal, mayHold, safeguardingRoles } from './member.ts';
export { up as partnershipMigration } from './migrations/0002-partnership.ts';
export { up as memberTermsMigration } from './migrations/0010-member-terms.ts';
export { hashPassword } from './password.ts';
export { partnershipPolicy } from './policy.ts';
export { sessionRoutes } from './routes.ts';
export {
  closeSession,
  endOldSessions,
  findCredentials,
  holdSession,
  newToken,
  openSession,
  resolveActor,
  type SignInMethod,
  signInMethods,
} from './session.ts';
export {
  addAgency,
  addMember,
  type Colleague,
  endGrants,
  endMember,
  type Grant,
  getAgency,
  grant,
  listAgencies,
  listMembers,
  memberNames,
  memberTerms,
  type PartnershipTables,
} from './store.ts';
