/** The policy log: decisions, by whom, why, and the options considered. Append-only. Pure: no clock, database or wording. */
import type { Id, MemberId, OperationId } from '../../vocabulary/ids.ts';

export const decisionKinds = [
  'decision',
  'go',
  'no-go',
  'immigration entry',
  'no referrer',
  'visit postponed',
  'visit called off',
  'warning acknowledged',
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
  /** Findings against the decision at that time, in words. */
  readonly against: readonly string[];
  /** Why it was decided although something unlawful stood against it. */
  readonly despite: string | null;
  /** The digest of the warning that was acknowledged; null for every other kind of decision. */
  readonly finding: string | null;
};

/** The latest go or no-go is in force. */
export const findGoDecision = (decisions: readonly Decision[]): Decision | undefined =>
  decisions
    .filter(({ kind }) => kind === 'go' || kind === 'no-go')
    .sort((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime())[0];
