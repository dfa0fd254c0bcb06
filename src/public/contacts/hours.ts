/** Whether a service is open at an instant, until when, and when it opens next. Pure. */
import type { Calendar, Nation } from '../../vocabulary/calendar/working-days.ts';
import {
  type DayNumber,
  dayOfWall,
  dayText,
  firstMinuteShowing,
  instantOf,
  type Minute,
  minuteOf,
  minutesADay,
  wallAt,
  weekdayNumber,
} from './wall-clock.ts';

export { type Calendar, type Nation, nations } from '../../vocabulary/calendar/working-days.ts';

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** In minutes after the day's midnight on the wall; beyond 1440 it runs into the next day. */
export type Interval = { readonly from: number; readonly to: number };
export type Week = Readonly<Partial<Record<Weekday, readonly Interval[]>>>;
export type Exception = { readonly day: string; readonly intervals: readonly Interval[]; readonly why: string };

export type Hours = {
  readonly usual: '24 hours' | 'not confirmed' | Week;
  /** What the service says of its hours, where they are not confirmed. */
  readonly says: string | null;
  readonly nation: Nation | null;
  readonly bankHolidays: 'as usual' | 'closed' | 'not known' | readonly Interval[];
  readonly exceptions: readonly Exception[];
};

/** A day whose hours nobody has confirmed, and why it differs from others. */
export type UnconfirmedDay = { readonly day: string; readonly why: string | null };

export type HoursState =
  /** until null: it does not close within the days that we look ahead. today: why its hours are not the usual ones, if so. */
  | { readonly state: 'open'; readonly until: Date | null; readonly today: string | null }
  | {
      readonly state: 'closed';
      readonly opens: Date | null;
      readonly today: string | null;
      readonly allDay: boolean;
      /** Days before it opens on which it may be open all the same. */
      readonly doubts: readonly UnconfirmedDay[];
    }
  | { readonly state: 'not confirmed'; readonly opens: Date | null; readonly today: string | null };

export const daysAhead = 35;
const lookAheadMinutes = daysAhead * minutesADay;

type DayHours = { readonly sure: boolean; readonly intervals: readonly Interval[]; readonly why: string | null };
type Span = { readonly start: Minute; readonly end: Minute };

const allDay: readonly Interval[] = [{ from: 0, to: minutesADay }];
const unconfirmedHours: DayHours = { sure: false, intervals: [], why: null };

/** A dated exception outranks a bank holiday, which outranks the week. */
function dayHoursOf(hours: Hours, day: DayNumber, holidays: Calendar): DayHours {
  const date = hours.exceptions.length > 0 || hours.bankHolidays !== 'as usual' ? dayText(day) : '';
  const exception = hours.exceptions.find((one) => one.day === date);
  if (exception) return { sure: true, intervals: exception.intervals, why: exception.why };
  const { bankHolidays } = hours;
  const why = hours.nation && bankHolidays !== 'as usual' ? holidays(hours.nation, date) : undefined;
  if (why && bankHolidays === 'not known') return { sure: false, intervals: [], why };
  if (why) return { sure: true, intervals: typeof bankHolidays === 'string' ? [] : bankHolidays, why };
  if (hours.usual === 'not confirmed') return unconfirmedHours;
  if (hours.usual === '24 hours') return { sure: true, intervals: allDay, why: null };
  const weekday = weekdays[weekdayNumber(day)] as Weekday;
  return { sure: true, intervals: hours.usual[weekday] ?? [], why: null };
}

const spansOf = (plan: DayHours, day: DayNumber): Span[] =>
  plan.intervals.map(({ from, to }) => ({
    start: firstMinuteShowing(day * minutesADay + from),
    end: firstMinuteShowing(day * minutesADay + to),
  }));

/** Follows hours that touch or overlap, past midnight and on, to where they stop. */
function findClosing(first: Minute, at: Minute, plans: (day: DayNumber) => DayHours): Date | null {
  for (let end = first; end - at <= lookAheadMinutes; ) {
    const day = dayOfWall(wallAt(end));
    const further = [...spansOf(plans(day - 1), day - 1), ...spansOf(plans(day), day)]
      .filter((span) => span.start <= end && span.end > end)
      .map((span) => span.end);
    if (further.length === 0) return instantOf(end);
    end = Math.max(...further);
  }
  return null;
}

type NextOpening = { readonly opens: Date | null; readonly doubts: readonly UnconfirmedDay[] };

function findNextOpening(at: Minute, today: DayNumber, plans: (day: DayNumber) => DayHours): NextOpening {
  const doubts: UnconfirmedDay[] = [];
  for (let day = today; day <= today + daysAhead + 1; day++) {
    const plan = plans(day);
    if (!plan.sure) doubts.push({ day: dayText(day), why: plan.why });
    const starts = spansOf(plan, day).flatMap((span) => (span.start > at && span.end > span.start ? [span.start] : []));
    if (starts.length === 0) continue;
    const soonest = Math.min(...starts);
    if (soonest - at <= lookAheadMinutes) return { opens: instantOf(soonest), doubts };
    break;
  }
  return { opens: null, doubts: [] };
}

/** Hours that no date changes need no calendar and no search: most of the answers of a public page. */
const isUnchanging = (hours: Hours): boolean =>
  typeof hours.usual === 'string' && hours.exceptions.length === 0 && hours.bankHolidays === 'as usual';

export function hoursAt(hours: Hours, at: Date, holidays: Calendar): HoursState {
  if (isUnchanging(hours)) {
    return hours.usual === '24 hours'
      ? { state: 'open', until: null, today: null }
      : { state: 'not confirmed', opens: null, today: null };
  }
  const minute = minuteOf(at);
  const today = dayOfWall(wallAt(minute));
  const plans = (day: DayNumber): DayHours => dayHoursOf(hours, day, holidays);
  for (const day of [today, today - 1]) {
    const plan = plans(day);
    const open = spansOf(plan, day).find((span) => span.start <= minute && minute < span.end);
    if (open)
      return { state: 'open', until: findClosing(open.end, minute, plans), today: day === today ? plan.why : null };
  }
  const plan = plans(today);
  const { opens, doubts } = findNextOpening(minute, today, plans);
  if (!plan.sure) return { state: 'not confirmed', opens, today: plan.why };
  return { state: 'closed', opens, today: plan.why, allDay: plan.intervals.length === 0, doubts };
}

/** Whether the data are such that nothing above is asked a question it cannot answer. */
export const isWellFormed = ({ from, to }: Interval): boolean =>
  from >= 0 && from < minutesADay && to > from && to <= from + minutesADay;
