/** What the clock at the wall of Europe/London shows, in whole minutes, and when it first shows a time. Pure. */

/** The zone of every opening hour here. The tz data of the runtime says when its clocks change; nothing here does. */
const zone = 'Europe/London';
const offsetText = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });

export const minutesADay = 1440;
const minutesAnHour = 60;
const millisecondsAMinute = 60_000;

/** Minutes since 1970 in UTC. */
export type Minute = number;
/** Minutes since 1 January 1970, 00:00, as the wall clock counts them: an hour is missing in spring and comes twice in autumn. */
export type WallMinute = number;
/** Days since 1 January 1970 on the wall. */
export type DayNumber = number;

type Period = { readonly from: Minute; readonly offset: number };

function readOffset(minute: Minute): number {
  const text = offsetText
    .formatToParts(minute * millisecondsAMinute)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(text ?? '') ?? [];
  const size = Number(hours ?? 0) * minutesAnHour + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}

const startOfMonth = (year: number, month: number): Minute => Date.UTC(year, month) / millisecondsAMinute;

/** The periods of one offset in a year, found by halving between months whose offsets differ. */
function findPeriods(year: number): readonly Period[] {
  const periods: Period[] = [{ from: startOfMonth(year, 0), offset: readOffset(startOfMonth(year, 0)) }];
  for (let month = 1; month <= 12; month++) {
    let [before, after] = [startOfMonth(year, month - 1), startOfMonth(year, month) - 1];
    const [old, changed] = [readOffset(before), readOffset(after)];
    if (old === changed) continue;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (readOffset(middle) === old) before = middle;
      else after = middle;
    }
    periods.push({ from: after, offset: changed });
  }
  return periods;
}

/** Asking Intl is a thousand times slower than remembering, and a year never changes. */
const periodsByYear = new Map<number, readonly Period[]>();

function periodsOf(minute: Minute): readonly Period[] {
  const year = new Date(minute * millisecondsAMinute).getUTCFullYear();
  const known = periodsByYear.get(year);
  if (known) return known;
  const found = findPeriods(year);
  periodsByYear.set(year, found);
  return found;
}

export const minuteOf = (at: Date): Minute => Math.floor(at.getTime() / millisecondsAMinute);
export const instantOf = (minute: Minute): Date => new Date(minute * millisecondsAMinute);

export const wallAt = (minute: Minute): WallMinute =>
  minute + (periodsOf(minute).findLast((period) => period.from <= minute)?.offset ?? 0);

export const dayOfWall = (wall: WallMinute): DayNumber => Math.floor(wall / minutesADay);

/**
 * The first minute at which the wall clock shows this time or has passed it.
 * So a time in the missing hour of spring falls where the clock leaps, and one in the doubled hour of autumn where it comes first.
 */
export function firstMinuteShowing(wall: WallMinute): Minute {
  const periods = periodsOf(wall);
  for (const [place, period] of periods.entries()) {
    const minute = wall - period.offset;
    if (minute < (periods[place + 1]?.from ?? Number.POSITIVE_INFINITY)) return Math.max(minute, period.from);
  }
  return wall;
}

export const dayNumberOf = (day: string): DayNumber =>
  Date.parse(`${day}T00:00:00Z`) / (minutesADay * millisecondsAMinute);

/** Writing a date takes longer than all else that is asked of a day. As many as a century has, and then from the start. */
const dayTexts = new Map<DayNumber, string>();
const mostDayTexts = 36_525;

/** `YYYY-MM-DD`. */
export function dayText(day: DayNumber): string {
  const known = dayTexts.get(day);
  if (known) return known;
  if (dayTexts.size === mostDayTexts) dayTexts.clear();
  const text = new Date(day * minutesADay * millisecondsAMinute).toISOString().slice(0, 10);
  dayTexts.set(day, text);
  return text;
}

/** 0 is Sunday; 1 January 1970 was a Thursday. */
export const weekdayNumber = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;
