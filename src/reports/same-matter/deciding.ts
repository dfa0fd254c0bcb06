/** Joins reports that members say are about the same matter, and parts them again. A decision overrules no other, and each can be undone. The reports themselves stay as they are. */
import type { Writer } from '../../platform/database/database.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { type JudgementRefusal, mayDecide, mayUndo } from '../../vocabulary/judgements.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { ReportId } from '../report.ts';
import * as store from './store.ts';

type Tx = Writer<store.MatterTables>;

/** Every decision that bears on this pair: those about reports that are joined with one of the two. */
async function listDecisions(tx: Tx, one: ReportId, other: ReportId) {
  const joined = await store.listJoined(tx, [one, other]);
  const ids = [one, other, ...[...joined.values()].flat().map(({ id }) => id)];
  return store.listDecisionsWith(tx, [...new Set(ids)]);
}

/** Refused where a decision about another pair says otherwise, and where this pair was decided since: `base` is the id of the decision that the member saw, if any. */
export async function decideMatter(
  tx: Tx,
  decision: Omit<store.MatterDecision, 'undoneBy' | 'undoneAt'>,
  base: string,
): Promise<Result<true, JudgementRefusal | 'decided since' | 'taken back'>> {
  await store.lockDecisions(tx, decision.agencyId);
  if (!(await store.areComparable(tx, [decision.one, decision.other]))) return refuse('taken back');
  const decisions = await listDecisions(tx, decision.one, decision.other);
  const last = decisions.findLast(
    ({ one, other, undone }) => !undone && one === decision.one && other === decision.other,
  );
  if ((last?.id ?? '') !== base) return refuse('decided since');
  const allowed = mayDecide(decisions, decision);
  if (!allowed.ok) return allowed;
  await store.saveDecision(tx, decision);
  return accept(true);
}

/** Undoes the last decision about a pair: an earlier one about it applies again. */
export async function undoMatter(
  tx: Tx,
  { id, one, other, agencyId }: store.MatterDecision,
  by: MemberId,
  at: Date,
): Promise<Result<true, JudgementRefusal>> {
  await store.lockDecisions(tx, agencyId);
  const allowed = mayUndo(await listDecisions(tx, one, other), id);
  if (!allowed.ok) return allowed;
  await store.saveUndo(tx, id, by, at);
  return accept(true);
}
