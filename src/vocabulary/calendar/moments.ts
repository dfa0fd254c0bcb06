/** Hours and moments: rounding to the hour, and how people read a moment, an hour and a period. The public site has its own clock times (8am). */
import { addDays, longDay, weekdayOf } from './days.ts';
import { dayOf, timeOf } from './wall-clock.ts';

export const hourMs = 3_600_000;

/** The safeguarding database keeps the hour and not the minute: minutes could show who spoke when. */
export const floorToHour = (instant: Date): Date => new Date(Math.floor(instant.getTime() / hourMs) * hourMs);

/** For an end or a deadline, so that it never passes too early. */
export const ceilToHour = (instant: Date): Date => new Date(Math.ceil(instant.getTime() / hourMs) * hourMs);

/** "09:30 on 16 September 2026" */
export const formatMoment = (at: Date): string => `${timeOf(at)} on ${longDay(dayOf(at))}`;

/** "16 September 2026, 09:30", in tables and lists of facts. */
export const formatDateTime = (at: Date): string => `${longDay(dayOf(at))}, ${timeOf(at)}`;

/** "in the hour after 09:00 on 16 September 2026", of what is kept to the hour. */
export const formatHour = (at: Date): string => `in the hour after ${formatMoment(at)}`;

/** "about 3 hours ago", of what is kept to the hour; days from two days on. */
export function formatHoursAgo(at: Date, now: Date): string {
  const hours = Math.floor((now.getTime() - at.getTime()) / hourMs);
  if (hours < 1) return 'less than an hour ago';
  if (hours < 48) return `about ${hours} ${hours === 1 ? 'hour' : 'hours'} ago`;
  return `about ${Math.floor(hours / 24)} days ago`;
}

/** "22:00 on 16 September 2026 to 06:00 on 17 September 2026"; a period within one day names it once. */
export const formatPeriod = (from: Date, until: Date): string =>
  `${formatMoment(from)} to ${dayOf(from) === dayOf(until) ? timeOf(until) : formatMoment(until)}`;

/** "22:00 to 06:00 the next day", beside the day on which it begins. */
export const formatTimes = (from: Date, until: Date): string =>
  `${timeOf(from)} to ${timeOf(until)}${dayOf(from) === dayOf(until) ? '' : ' the next day'}`;

/** In the night on which clocks go back, one hour occurs twice: only then the text says which one is meant. */
function whichHour(at: Date): string {
  const shown = timeOf(at);
  if (timeOf(new Date(at.getTime() + hourMs)) === shown) return ', before the clocks go back';
  if (timeOf(new Date(at.getTime() - hourMs)) === shown) return ', after the clocks went back';
  return '';
}

/** "17:00 on Thursday 3 December 2026"; midnight is shown as the end of the day before. */
export function formatDeadline(at: Date): string {
  const day = dayOf(at);
  if (timeOf(at) === '00:00' && at.getTime() % 60_000 === 0) {
    const before = addDays(day, -1);
    return `the end of ${weekdayOf(before)} ${longDay(before)}`;
  }
  return `${timeOf(at)}${whichHour(at)} on ${weekdayOf(day)} ${longDay(day)}`;
}
