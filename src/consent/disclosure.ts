/** Telling without consent: on one of four grounds that the law names, by somebody who answers for it, item by item. Pure: no clock, no database, no wording. */
import type { Basis } from '../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../vocabulary/ids.ts';
import type { Role } from '../vocabulary/people.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';
import { type Scope, type ScopeRefusal, within } from './consent.ts';

export type DisclosureId = Id<'disclosure'>;

/** Danger does not wait for a lead: on these, whoever is with the person answers for it herself. */
export const urgentBases: readonly Basis[] = ['child', 'vital interests'];

export type Disclosure = Omit<Scope, 'act'> & {
  readonly id: DisclosureId;
  readonly operationId: OperationId | null;
  readonly agencyId: AgencyId;
  readonly approvedBy: MemberId;
  readonly basis: Basis;
  /** By which somebody else can judge; kept under seal. */
  readonly reasons: string;
  /** To the hour. */
  readonly approvedAt: Date;
};

export type ApprovalRefusal = 'a lead approves' | 'no reasons';

export function approve(basis: Basis, reasons: string | null, roles: readonly Role[]): Result<string, ApprovalRefusal> {
  if (!urgentBases.includes(basis) && !roles.includes('safeguarding lead')) return refuse('a lead approves');
  return reasons ? accept(reasons) : refuse('no reasons');
}

export function permits(disclosure: Disclosure, wanted: Scope, now: Date): Result<true, ScopeRefusal> {
  return now < disclosure.until ? within(disclosure, wanted) : refuse('run out');
}
