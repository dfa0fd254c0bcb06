/** The policy log: what was decided, by whom, why, and what else was weighed. It only grows. Pure: no clock, no database, no wording. */
import type { Id, MemberId, OperationId } from '../../vocabulary/ids.ts';

export const decisionKinds = [
  'decision',
  'go',
  'no-go',
  'immigration entry',
  'no referrer',
  'visit postponed',
  'visit called off',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export type Decision = {
  readonly id: Id<'decision'>;
  readonly operationId: OperationId;
  /** The premises or the planned visit that it is about; null for the operation. */
  readonly about: string | null;
  readonly kind: DecisionKind;
  readonly words: string;
  readonly reason: string;
  readonly alternative: string | null;
  /** The name and rank of who decided, who need not have an account. */
  readonly decidedBy: string;
  readonly recordedBy: MemberId;
  readonly recordedAt: Date;
  /** What stood against it when it was written down, in words. */
  readonly against: readonly string[];
  /** Why it was decided although something unlawful stood against it. */
  readonly despite: string | null;
};

/** The last go or no-go stands. */
export const standingGo = (decisions: readonly Decision[]): Decision | undefined =>
  decisions
    .filter(({ kind }) => kind === 'go' || kind === 'no-go')
    .sort((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime())[0];
