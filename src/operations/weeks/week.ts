/** Weeks of action: a European or national week, and local weeks inside it with their own dates. Pure: no clock, database or wording. */
import { daysBetween } from '../../vocabulary/calendar/days.ts';
import type { Exploitation } from '../../vocabulary/exploitation.ts';
import type { AgencyId, WeekId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** Local windows differ from the official ones and are still called weeks (domain 4.1: a fortnight in 2018, three weeks in 2022). */
export type Week = {
  readonly id: WeekId;
  /** Who keeps this page right: a controller of data, not the week's lead. */
  readonly agencyId: AgencyId;
  readonly parentId: WeekId | null;
  readonly name: string;
  /** Country or organisation that leads, as it was announced. */
  readonly lead: string;
  readonly focus: readonly Exploitation[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly countries: readonly string[];
  readonly note: string | null;
};

export type WeekRefusal = 'ends before it starts' | 'stands inside itself';

/** Refuses dates that run backwards, and a parent that is inside the week itself. */
export function checkWeek(
  week: Pick<Week, 'id' | 'parentId' | 'startsOn' | 'endsOn'>,
  others: readonly Pick<Week, 'id' | 'parentId'>[],
): Result<true, WeekRefusal> {
  if (week.endsOn < week.startsOn) return refuse('ends before it starts');
  const parents = new Map<string, WeekId | null>(others.map(({ id, parentId }) => [id, parentId]));
  const passed = new Set<string>();
  for (let above = week.parentId; above && !passed.has(above); above = parents.get(above) ?? null) {
    if (above === week.id) return refuse('stands inside itself');
    passed.add(above);
  }
  return accept(true);
}

/** Whether these days are within the official days of the week. */
export const isWithinWeek = (
  week: { readonly startsOn: string; readonly endsOn: string },
  window: { readonly startsOn: string; readonly endsOn: string },
): boolean => week.startsOn <= window.startsOn && window.endsOn <= week.endsOn;

/** How many days it lasts, first and last included. */
export const countDays = (window: { readonly startsOn: string; readonly endsOn: string }): number =>
  daysBetween(window.startsOn, window.endsOn) + 1;
