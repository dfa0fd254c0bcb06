/** Takes the request, what is decided on and what is said; gives a new entry of the policy log by the member of the request. */
import type { Request } from '../../platform/http/server.ts';
import { type MemberId, newId, type OperationId } from '../../vocabulary/ids.ts';
import type { Decision, DecisionKind } from './decision.ts';

/** `about`: the premises or planned visit; null for the operation. */
export const createDecision = (
  { actor, now }: Pick<Request, 'actor' | 'now'>,
  operationId: OperationId,
  about: string | null,
  kind: DecisionKind,
  said: Pick<Decision, 'words' | 'reason' | 'alternative' | 'decidedBy'> &
    Partial<Pick<Decision, 'against' | 'despite' | 'finding'>>,
): Decision => ({
  id: newId(),
  operationId,
  about,
  kind,
  against: [],
  despite: null,
  finding: null,
  ...said,
  recordedBy: actor.memberId as MemberId,
  recordedAt: now,
});
