/** Approval by a second person: an author never approves their own work or request. Pure. */
import type { Role } from './people.ts';
import { accept, type Result, refuse } from './result.ts';

export type ActingMember = {
  readonly memberId: string;
  readonly agencyId?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
};

export type SecondPersonRule = {
  /** Members who wrote it, asked for it, or are its subject. */
  readonly authors: readonly string[];
  /** The agency that answers for it; without one, a row policy or the caller decides whose member may. */
  readonly agencyId?: string;
  /** One of these is needed; without, the access policy of the route decides. */
  readonly roles?: readonly Role[];
};

export type SecondPersonRefusal = 'another agency’s' | 'their own';

/** Accepts a member of the agency that answers for it, in one of the roles, who is not among its authors. Each area words the refusal. */
export function maySecond(by: ActingMember, rule: SecondPersonRule): Result<true, SecondPersonRefusal> {
  if (rule.agencyId !== undefined && rule.agencyId !== by.agencyId) return refuse('another agency’s');
  if (rule.roles && !rule.roles.some((role) => by.roles?.includes(role))) return refuse('another agency’s');
  return rule.authors.includes(by.memberId) ? refuse('their own') : accept(true);
}
