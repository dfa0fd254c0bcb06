/** Days as `YYYY-MM-DD` and how people read them. Whole days only: no zone, no clock. */

const millisecondsADay = 86_400_000;
const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

const instant = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Whether the text is a day of the calendar: refuses 2026-02-30. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = instant(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export const addDays = (day: string, count: number): string =>
  new Date(instant(day).getTime() + count * millisecondsADay).toISOString().slice(0, 10);

/** The same day so many months on; the month's last day where it has no such day (31 January + 1 is 28 February). */
export function addMonths(day: string, count: number): string {
  const date = instant(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((instant(to).getTime() - instant(from).getTime()) / millisecondsADay);

/** "16 September 2026" */
export const longDay = (day: string): string => long.format(instant(day));

/** "16 Sept" */
export const shortDay = (day: string): string => short.format(instant(day));

/** "Wednesday" */
export const weekdayOf = (day: string): string => weekday.format(instant(day));

/** "16 to 22 September 2026", "28 September to 4 October 2026", "28 December 2026 to 3 January 2027". */
export function dayRange(from: string, to: string): string {
  if (from === to) return longDay(from);
  const [start, end] = [longDay(from).split(' '), longDay(to).split(' ')];
  if (start[2] !== end[2]) return `${start.join(' ')} to ${end.join(' ')}`;
  if (start[1] !== end[1]) return `${start[0]} ${start[1]} to ${end.join(' ')}`;
  return `${start[0]} to ${end.join(' ')}`;
}
