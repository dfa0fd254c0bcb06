/** Which week a coordinator's week can be part of. Pure. */
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';
import type { NamedWeek } from '../store.ts';

type Placed = Pick<NamedWeek, 'id' | 'parentId' | 'startsOn' | 'endsOn'>;
export type PartRefusal = 'not there' | 'part of itself' | 'is a part' | 'has parts' | 'too many parts' | 'other dates';

/** All returns of a week and of its parts are read at once. */
export const mostParts = 60;

/** Weeks that this one can be part of: none that is part of another. */
export const listPossibleParents = <One extends Placed>(
  weeks: readonly One[],
  id: string | undefined,
): readonly One[] =>
  weeks.some(({ parentId }) => id !== undefined && parentId === id)
    ? []
    : weeks.filter((one) => one.id !== id && one.parentId === null);

/** Refuses a week inside itself, a second level, and dates that do not meet. A part can begin earlier or end later. */
export function checkPart(week: Placed, weeks: readonly Placed[]): Result<true, PartRefusal> {
  if (week.parentId === null) return accept(true);
  if (week.parentId === week.id) return refuse('part of itself');
  const parent = weeks.find(({ id }) => id === week.parentId);
  if (!parent) return refuse('not there');
  if (parent.parentId !== null) return refuse('is a part');
  if (weeks.some(({ parentId }) => parentId === week.id)) return refuse('has parts');
  const others = weeks.filter(({ id, parentId }) => parentId === parent.id && id !== week.id);
  if (others.length >= mostParts) return refuse('too many parts');
  return week.startsOn <= parent.endsOn && parent.startsOn <= week.endsOn ? accept(true) : refuse('other dates');
}
