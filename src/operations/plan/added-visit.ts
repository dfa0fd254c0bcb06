/** A visit planned after a commander decided to go ahead: the commander did not see it, so it waits for a new decision. */
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import type { Decision } from '../policy-log/decision.ts';
import { addDecision, findDecisionToProceed } from '../policy-log/store.ts';
import type { PlannedVisit } from './planned-visit.ts';

type Added = { readonly visit: PlannedVisit; readonly premises: { readonly name: string } };

/** Writes the visit into the policy log where a go stands. */
export async function recordAddedVisit(
  tx: Writer<AnyTables>,
  added: Added,
  request: Pick<Request, 'actor' | 'now'>,
): Promise<void> {
  if ((await findDecisionToProceed(tx, added.visit.operationId)) !== 'go') return;
  await addDecision(tx, createAddedVisitEntry(added, request));
}

/** Nobody decided this: the entry says so. */
export function createAddedVisitEntry({ visit, premises }: Added, request: Pick<Request, 'actor' | 'now'>): Decision {
  const said = {
    words: `Visit to ${premises.name} on ${longDay(visit.day)} was planned or changed after the decision to go ahead`,
    reason:
      'Safelight added this entry. A commander must decide again, because the decision did not include this visit.',
    alternative: null,
    decidedBy: 'Nobody: not a decision',
  };
  return createDecision(request, visit.operationId, visit.id, 'visit added', said);
}
