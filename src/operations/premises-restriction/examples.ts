/** Briefing times for tests and the gallery. Arranges with an all-powerful database. */
import { instantAt } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Operation, Team } from '../weeks/operation.ts';
import type { SetBriefingTime } from './briefing-time.ts';
import { insertBriefingTime } from './store.ts';

export async function addBriefingTime(
  db: Db,
  operation: Pick<Operation, 'id' | 'plannedBy'>,
  team: Pick<Team, 'id'> | null,
  { day, time }: { readonly day: string; readonly time: string },
  setAt = new Date('2026-01-01T00:00:00Z'),
): Promise<SetBriefingTime> {
  const set: SetBriefingTime = {
    id: newId(),
    operationId: operation.id,
    teamId: team?.id ?? null,
    day,
    time,
    place: null,
    opensAt: instantAt(day, time),
    reason: 'As agreed',
    setBy: operation.plannedBy,
    setAt,
  };
  await insertBriefingTime(db, set);
  return set;
}
