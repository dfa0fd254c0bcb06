/** Working days: Monday to Friday without the bank holidays of a nation, whose list is handed in. */
import { addDays, weekdayOf } from './days.ts';

export const nations = ['England and Wales', 'Scotland', 'Northern Ireland'] as const;
export type Nation = (typeof nations)[number];

/** The name of the bank holiday on a day, if it is one. */
export type Calendar = (nation: Nation, day: string) => string | undefined;

export const isWorkingDay = (day: string, nation: Nation, holidays: Calendar): boolean =>
  !['Saturday', 'Sunday'].includes(weekdayOf(day)) && holidays(nation, day) === undefined;

/** The day itself where people work on it, else the next on which they do. */
export function workingDayFrom(day: string, nation: Nation, holidays: Calendar): string {
  let found = day;
  while (!isWorkingDay(found, nation, holidays)) found = addDays(found, 1);
  return found;
}

/** So many working days after a day, which does not count itself: one after a Friday is Monday, and so is one after a Sunday. */
export function addWorkingDays(day: string, count: number, nation: Nation, holidays: Calendar): string {
  let found = day;
  for (let left = count; left > 0; left -= 1) found = workingDayFrom(addDays(found, 1), nation, holidays);
  return found;
}
