/** A week that is copied with its local weeks and its operations: all dates move by the same number of days. Pure: no clock, database or wording. */
import { addDays, daysBetween } from '../../vocabulary/calendar/days.ts';
import type { AgencyId, WeekId } from '../../vocabulary/ids.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import type { Week } from '../weeks/week.ts';

/** What is copied, with the ids of the copies. */
export type WeekCopy = {
  readonly week: Week;
  /** Local weeks inside it. */
  readonly inside: readonly Week[];
  readonly agencyId: AgencyId;
  readonly ids: ReadonlyMap<WeekId, WeekId>;
};

export type NewWeek = { readonly name: string; readonly startsOn: string; readonly endsOn: string | null };

/** The new week, then the local weeks inside it. A note about the old dates is left out. */
export function copyWeeks({ week, inside, agencyId, ids }: WeekCopy, { name, startsOn, endsOn }: NewWeek): Week[] {
  const moved = daysBetween(week.startsOn, startsOn);
  const id = ids.get(week.id) ?? week.id;
  const copy = { ...week, id, agencyId, parentId: null, name, startsOn, note: null };
  return [
    { ...copy, endsOn: endsOn ?? addDays(week.endsOn, moved) },
    ...inside.map((one) => ({
      ...{ ...one, id: ids.get(one.id) ?? one.id, agencyId, parentId: id, note: null },
      ...{ startsOn: addDays(one.startsOn, moved), endsOn: addDays(one.endsOn, moved) },
    })),
  ];
}

/** The copy of the week that an operation belongs to. */
export const findCopyOfWeek = (
  { ids }: Pick<WeekCopy, 'ids'>,
  copies: readonly Week[],
  { weekId }: Pick<OperationInWeek, 'weekId'>,
): Week | undefined => copies.find(({ id }) => id === ids.get(weekId));
