/** The partnership: its agencies, their members, and the operations they were added to. */

export { EndedUse } from './ended-store.ts';
export { MemberForm } from './forms.ts';
export { type Agency, type Member, type MemberRefusal, mayHold } from './member.ts';

export { hashPassword, passwordMatches } from './password.ts';

export { SeenWriter } from './seen-store.ts';
export { closeSession, findCredentials, holdSession, newToken, openSession, resolveActor } from './session.ts';

export {
  addAgency,
  addMember,
  type Colleague,
  endMember,
  getAgency,
  grant,
  listAgencies,
  listMembers,
  listNames,
  memberNames,
  type PartnershipTables,
} from './store.ts';
