/** Moving the dates of an operation: they keep the visits that were made, and moving them ends a decision to go ahead. */
import { memberNames } from '../../identity/agencies/index.ts';
import { dayOf } from '../../platform/clock.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type { FormErrors, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { publishEvent } from '../../platform/jobs/outbox.ts';
import { dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { readVisitRecords } from '../plan/plan-reader.ts';
import { listPlannedVisits } from '../plan/store.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import { addDecision, findDecisionToProceed } from '../policy-log/store.ts';
import type { Operation } from './operation.ts';

export type MovedDatesRefusal = 'not in the operation' | 'leaves out a visit' | 'reason missing';

export type DatesMove = {
  readonly before: Operation;
  readonly after: Operation;
  readonly why: string | null;
};

/** The first visit that was made on a day outside these dates, in words. */
async function findVisitLeftOut(
  tx: Writer<AnyTables>,
  parts: AreaParts,
  { id, startsOn, endsOn }: Operation,
): Promise<string | undefined> {
  const made = await readVisitRecords(parts, tx, [id]);
  const [out] = (await listPlannedVisits(tx, { operationIds: [id] })).flatMap((visit) => {
    const arrivedAt = made.get(visit.id)?.arrivedAt;
    const day = arrivedAt && dayOf(arrivedAt);
    return day && (day < startsOn || day > endsOn) ? [{ name: visit.premises.name, day }] : [];
  });
  return out && `the visit to ${out.name} on ${longDay(out.day)}`;
}

/** Refuses dates that leave out a visit that was made, and dates moved after a go without a reason. Writes the move into the policy log where it ends a go. What is left out goes into `known`. */
export async function moveDates(
  tx: Writer<AnyTables>,
  parts: AreaParts,
  known: { leftOut?: string | undefined },
  { before, after, why }: DatesMove,
  request: Pick<Request, 'actor' | 'now'>,
): Promise<Result<true, MovedDatesRefusal>> {
  const { actor } = request;
  if (before.startsOn === after.startsOn && before.endsOn === after.endsOn) return accept(true);
  if (!actor.operations.includes(before.id)) return refuse('not in the operation');
  known.leftOut = await findVisitLeftOut(tx, parts, after);
  if (known.leftOut) return refuse('leaves out a visit');
  const goes = (await findDecisionToProceed(tx, before.id)) === 'go';
  if (goes && why === null) return refuse('reason missing');
  await publishEvent(tx, 'records changed', before.id, { what: 'dates' });
  if (!goes || why === null) return accept(true);
  const name = getMemberName(await memberNames(tx, [actor.memberId]), actor.memberId);
  const words = `Dates moved from ${dayRange(before.startsOn, before.endsOn)} to ${dayRange(after.startsOn, after.endsOn)}`;
  const said = { words, reason: why, alternative: null, decidedBy: name };
  await addDecision(tx, createDecision(request, before.id, null, 'dates moved', said));
  return accept(true);
}

export const movedDatesErrors = (leftOut: string | undefined): Record<MovedDatesRefusal, FormErrors> => ({
  'not in the operation': {
    starts: 'Only people who take part can move the dates. Add yourself under “Teams and partners” first',
  },
  'leaves out a visit': { starts: `These dates leave out ${leftOut}. Choose dates that include it` },
  'reason missing': { why: 'Enter why the dates move. A commander must then decide again' },
});
