/** What a team is told before it goes in, if no commander decided to go ahead. It stops nobody: a life may be at risk inside. */

import {
  findDecisionToProceed,
  listAddedSinceDecision,
  listDecisionsToProceed,
} from '../operations/policy-log/index.ts';
import type { AnyTables, Reader } from '../platform/database/database.ts';

/** What a commander decided on the operation, and whether the visit was added after it; undefined before any decision. */
export type DecisionToProceed = 'go' | 'no-go' | 'added since' | undefined;

export type StopNotice = { readonly title: string; readonly text: string };
/** `status`: in a list, beside the stage of the visit. */
export type DecisionNotice = StopNotice & { readonly status: string };

const notices: Record<'no-go' | 'added since' | 'undecided', DecisionNotice> = {
  'no-go': {
    title: 'A commander decided not to go ahead',
    text: 'Do not go in. Ask your commander.',
    status: 'decided not to go ahead',
  },
  'added since': {
    title: 'A commander has not decided on this visit',
    text: 'This visit is not part of the decision to go ahead. Do not go in before a commander decides on it. Ask your commander.',
    status: 'waits for a decision',
  },
  undecided: {
    title: 'No commander has decided to go ahead yet',
    text: 'Do not go in before a commander decides. Ask your commander.',
    status: 'waits for a decision',
  },
};

/** Asks what was decided, and then whether this visit was planned later. */
export async function findDecisionOnVisit(
  db: Reader<AnyTables>,
  { id, operationId }: { readonly id: string; readonly operationId: string },
): Promise<DecisionToProceed> {
  const decided = await findDecisionToProceed(db, operationId);
  return decided === 'go' && (await listAddedSinceDecision(db, [id])).has(id) ? 'added since' : decided;
}

/** What the teams of these visits are told, by visit; in two queries, however many there are. */
export async function listStopNotices(
  db: Reader<AnyTables>,
  visits: readonly { readonly id: string; readonly operationId: string }[],
): Promise<ReadonlyMap<string, DecisionNotice>> {
  if (visits.length === 0) return new Map();
  const decided = await listDecisionsToProceed(
    db,
    visits.map(({ operationId }) => operationId),
  );
  const added = await listAddedSinceDecision(
    db,
    visits.map(({ id }) => id),
  );
  return new Map(
    visits.flatMap(({ id, operationId }) => {
      const go = decided.get(operationId);
      const stop = findStopNotice(go === 'go' && added.has(id) ? 'added since' : go);
      return stop ? [[id, stop] as const] : [];
    }),
  );
}

export const findStopNotice = (go: DecisionToProceed): DecisionNotice | undefined =>
  go === 'go' ? undefined : notices[go ?? 'undecided'];
