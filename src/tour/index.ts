/** Who plays in the demonstration, and where a newcomer starts. */

export {
  type AgencyKey,
  agencies,
  type CastAgency,
  type CastMember,
  exampleEmail,
  type MemberKey,
  members,
} from './cast.ts';
