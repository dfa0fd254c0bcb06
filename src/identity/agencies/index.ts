/** The partnership: its agencies, their members, and the operations they were added to. */

export { emailAddress, looksLike } from './email-address.ts';
export { EndedUse } from './ended-store.ts';
export { AgencyForm, MemberForm } from './forms.ts';
export { type Agency, type Member, type MemberRefusal, mayHold, safeguardingRoles } from './member.ts';
export { up as partnershipMigration } from './migrations/0002-partnership.ts';
export { up as memberTermsMigration } from './migrations/0010-member-terms.ts';
export { up as emailAddressesMigration } from './migrations/0106-email-addresses.ts';
export { hashPassword, passwordMatches } from './password.ts';
export { partnershipPolicy } from './policy.ts';
export { SeenWriter } from './seen-store.ts';
export {
  type Credentials,
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
export { longestSession, sessionLimits } from './session-limits.ts';
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
  listNames,
  memberNames,
  memberTerms,
  type PartnershipTables,
} from './store.ts';
export { shortestPassword, type Weakness, weaknessOf } from './weak-password.ts';
