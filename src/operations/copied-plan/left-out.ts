/** Whom a copy left out: people and agencies of the earlier operation that are not in Safelight any more. */
import type { Request } from '../../platform/http/server.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { getOperationState, type OperationInWeek, type Participant } from '../weeks/operation.ts';
import { listReadInFullById } from '../weeks/store.ts';
import { listLeftOut } from './copied-plan.ts';
import { readEarlierPlans, readStillThere } from './store.ts';

/** In words, until the operation is over; nothing for a reader who may not read the earlier operation. */
export async function readLeftOut(
  { db, actor, today }: Pick<Request, 'db' | 'actor' | 'today'>,
  operation: OperationInWeek,
  people: readonly Pick<Participant, 'memberId'>[],
): Promise<string[]> {
  if (!operation.copiedFrom || getOperationState(operation, today) === 'over') return [];
  const [plan] = await readEarlierPlans(db, await listReadInFullById(db, actor, operation.copiedFrom));
  if (!plan) return [];
  const inside = new Set(people.map(({ memberId }) => memberId));
  const participants = plan.participants.filter(({ memberId }) => !inside.has(memberId));
  const out = listLeftOut({ ...plan, participants }, await readStillThere(db, [plan]));
  const { codeName } = plan.operation;
  return [
    ...(out.people.length > 0 ? [`Took part in ${codeName} and no longer has an account: ${listOf(out.people)}.`] : []),
    ...(out.agencies.length > 0
      ? [`Took part in ${codeName} and no longer uses Safelight: ${listOf(out.agencies)}.`]
      : []),
  ];
}
