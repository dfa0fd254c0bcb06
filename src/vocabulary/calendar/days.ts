/** Days as `YYYY-MM-DD` and how people read them. Whole days only: no zone, no clock. */
import { Temporal } from 'temporal-polyfill';
import { dateFormat } from './date-format.ts';

const long = dateFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const short = dateFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekday = dateFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

const instant = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Whether the text is a day of the calendar that anybody here may have lived or plan for: refuses 2026-02-30, and 0026. */
export function isDay(text: string): boolean {
  if (!/^(?:19|20)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

const monthNames = Array.from({ length: 12 }, (_, index) =>
  dateFormat('en-GB', { month: 'long', timeZone: 'UTC' })(new Date(Date.UTC(2026, index, 1))).toLowerCase(),
);

/** The number of a month as people type it: "3", "03", "Mar" or "March". Other text stays as it is. */
export function readMonth(typed: string): string {
  const name = typed.toLowerCase().replace(/\.$/, '');
  const index = name.length >= 3 ? monthNames.findIndex((month) => month.startsWith(name)) : -1;
  return (index === -1 ? typed : String(index + 1)).padStart(2, '0');
}

export const addDays = (day: string, count: number): string =>
  Temporal.PlainDate.from(day).add({ days: count }).toString();

/** The same day so many months on; the month's last day where it has no such day (31 January + 1 is 28 February). */
export const addMonths = (day: string, count: number): string =>
  Temporal.PlainDate.from(day).add({ months: count }, { overflow: 'constrain' }).toString();

export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

/** "16 September 2026" */
export const longDay = (day: string): string => long(instant(day));

/** "16 Sept"; where `today` is given and in another year, "16 Sept 2019". */
export const shortDay = (day: string, today?: string): string =>
  today === undefined || day.slice(0, 4) === today.slice(0, 4)
    ? short(instant(day))
    : `${short(instant(day))} ${day.slice(0, 4)}`;

/** "Wednesday" */
export const weekdayOf = (day: string): string => weekday(instant(day));

/** "16 to 22 September 2026", "28 September to 4 October 2026", "28 December 2026 to 3 January 2027". */
export function dayRange(from: string, to: string): string {
  if (from === to) return longDay(from);
  const [start, end] = [longDay(from).split(' '), longDay(to).split(' ')];
  if (start[2] !== end[2]) return `${start.join(' ')} to ${end.join(' ')}`;
  if (start[1] !== end[1]) return `${start[0]} ${start[1]} to ${end.join(' ')}`;
  return `${start[0]} to ${end.join(' ')}`;
}
