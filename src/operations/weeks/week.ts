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

export type WeekRefusal = 'ends before it starts' | 'too long' | 'already there' | 'stands inside itself';

/** The longest that was announced was three weeks (domain 4.1); more is a mistyped year or month. */
export const mostWeekDays = 31;

type ComparedWeek = Pick<Week, 'id' | 'parentId' | 'name' | 'startsOn' | 'endsOn'>;
const fold = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether both have the same name and dates, however the name is spaced or capitalised. */
const isSameWeek = (one: ComparedWeek, other: ComparedWeek): boolean =>
  one.startsOn === other.startsOn && one.endsOn === other.endsOn && fold(one.name) === fold(other.name);

/** Refuses dates that run backwards or too far, a week that is there already, and a parent inside the week itself. */
export function checkWeek(week: ComparedWeek, others: readonly ComparedWeek[]): Result<true, WeekRefusal> {
  if (week.endsOn < week.startsOn) return refuse('ends before it starts');
  if (countDays(week) > mostWeekDays) return refuse('too long');
  if (others.some((other) => other.id !== week.id && isSameWeek(week, other))) return refuse('already there');
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
