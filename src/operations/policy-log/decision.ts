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
  'dates moved',
  'visit added',
  'visit left out',
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

/** Whether moved dates ended the last go, and nobody has decided since. */
export const isGoEnded = (decisions: readonly Decision[]): boolean =>
  !findGoDecision(decisions) && decisions.some(({ kind }) => kind === 'dates moved');

/** Planned visits that were added after the latest go, or that it left out, by id. */
export function listVisitsAfterGo(decisions: readonly Decision[]): ReadonlySet<string> {
  const go = findGoDecision(decisions);
  const added = decisions.filter(
    ({ kind, recordedAt }) =>
      go?.kind === 'go' && (kind === 'visit added' || kind === 'visit left out') && recordedAt >= go.recordedAt,
  );
  return new Set(added.flatMap(({ about }) => about ?? []));
}

/** The latest go or no-go is in force. Dates moved after a go end it, so a commander decides again. */
export function findGoDecision(decisions: readonly Decision[]): Decision | undefined {
  const latest = decisions
    .filter(({ kind }) => kind === 'go' || kind === 'no-go' || kind === 'dates moved')
    .sort((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime())[0];
  return latest?.kind === 'dates moved' ? undefined : latest;
}
