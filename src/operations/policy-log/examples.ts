/** The cast of the policy log for tests, seeds and the gallery. */
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Operation } from '../weeks/operation.ts';
import type { Decision } from './decision.ts';
import * as store from './store.ts';

export async function addDecision(
  db: Db,
  operation: Pick<Operation, 'id' | 'plannedBy'>,
  more: Partial<Decision> = {},
): Promise<Decision> {
  const decision: Decision = {
    id: newId(),
    operationId: operation.id,
    about: null,
    kind: 'decision',
    words: 'Visit by day only',
    reason: 'People who live there would be woken',
    alternative: 'Visits at night',
    decidedBy: 'Supt Ellis Marlow',
    recordedBy: operation.plannedBy,
    recordedAt: new Date('2026-09-10T09:00:00Z'),
    against: [],
    despite: null,
    finding: null,
    ...more,
  };
  await store.addDecision(db, decision);
  return decision;
}
