/** The partnership: its agencies, their members, and the operations they were added to. */

export { EndedSessionLogger } from './ended-store.ts';
export { MemberForm } from './forms.ts';
export { type Agency, checkRolesAllowed, type Member, type MemberRefusal } from './member.ts';

export { hashPassword, passwordMatches } from './password.ts';

export { SessionActivityWriter } from './seen-store.ts';
export {
  closeSession,
  findCredentials,
  lockSession,
  newToken,
  openSession,
  resolveActor,
} from './session.ts';

export {
  addAgency,
  addGrants,
  addMember,
  endMember,
  getAgency,
  listAgencies,
  listMemberNames,
  listMembers,
  type MemberWithAgency,
  memberNames,
  type PartnershipTables,
} from './store.ts';
