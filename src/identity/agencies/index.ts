/** The partnership: its agencies, their members, and the operations they were added to. */

export { EndedSessionLogger as EndedUse } from './ended-store.ts';
export { MemberForm } from './forms.ts';
export { type Agency, checkRolesAllowed as mayHold, type Member, type MemberRefusal } from './member.ts';

export { hashPassword, passwordMatches } from './password.ts';

export { SessionActivityWriter as SeenWriter } from './seen-store.ts';
export {
  closeSession,
  findCredentials,
  lockSession as holdSession,
  newToken,
  openSession,
  resolveActor,
} from './session.ts';

export {
  addAgency,
  addGrants as grant,
  addMember,
  endMember,
  getAgency,
  listAgencies,
  listMemberNames as listNames,
  listMembers,
  type MemberWithAgency as Colleague,
  memberNames,
  type PartnershipTables,
} from './store.ts';
