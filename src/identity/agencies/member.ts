/** Agencies, their members, and what a member must be to act. Pure: no clock, no database, no wording. */
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { AgencyKind, Role, Side } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** A controller of data. Its part in one operation is a partner (operations). */
export type Agency = {
  readonly id: AgencyId;
  /** As printed in a briefing or a release, next to its official name. */
  readonly name: string;
  readonly officialName: string;
  readonly kind: AgencyKind;
  readonly side: Side;
  /** Whether its staff may submit to the National Referral Mechanism (domain 1.1: a closed list). */
  readonly firstResponder: boolean;
  /** When it left the partnership. */
  readonly endedAt?: Date | null | undefined;
};

export type Member = {
  readonly id: MemberId;
  readonly agencyId: AgencyId;
  readonly name: string;
  /** Rank or job, as a colleague would say it. */
  readonly title: string;
  readonly roles: readonly Role[];
  readonly endedAt: Date | null;
};

export type MemberRefusal = 'no role' | 'safeguarding behind the wall' | 'administrator with cases';

export const safeguardingRoles: readonly Role[] = ['safeguarding lead', 'partner caseworker'];

/** Which roles one person may hold. Police and immigration hold no safeguarding role unless the partnership has recorded it by name, and an administrator sees no case. */
export function checkRolesAllowed(
  side: Side,
  roles: readonly Role[],
  { recorded = false } = {},
): Result<readonly Role[], MemberRefusal> {
  if (roles.length === 0) return refuse('no role');
  if (side === 'enforcement' && !recorded && roles.some((role) => safeguardingRoles.includes(role)))
    return refuse('safeguarding behind the wall');
  if (roles.includes('administrator') && roles.length > 1) return refuse('administrator with cases');
  return accept(roles);
}
