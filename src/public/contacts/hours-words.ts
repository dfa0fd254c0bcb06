/** How hours, reasons and dates checked are said on the page. */

import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { english, type TextKey } from '../languages/english.ts';
import type { Reason, RoutedContacts } from './contact-router.ts';
import { type Hours, type HoursState, type Interval, weekdays } from './hours.ts';
import { dayNumberOf, dayOfWall, dayText, minuteOf, minutesADay, wallAt } from './wall-clock.ts';

/** "8am", "5:30pm", "midday", "midnight". */
function clockTime(minuteOfDay: number): string {
  if (minuteOfDay === 0) return 'midnight';
  if (minuteOfDay === minutesADay / 2) return 'midday';
  const [hour, minute] = [Math.floor(minuteOfDay / 60), minuteOfDay % 60];
  const past = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${past}${hour < 12 ? 'am' : 'pm'}`;
}

const wallClockOf = (at: Date): { day: number; minute: number } => {
  const wall = wallAt(minuteOf(at));
  return { day: dayOfWall(wall), minute: wall - dayOfWall(wall) * minutesADay };
};

/** "today", "tomorrow", "Monday", and with its date where a bare weekday could mean two days. */
function describeDay(day: number, today: number): string {
  if (day === today) return 'today';
  if (day === today + 1) return 'tomorrow';
  const text = dayText(day);
  return day - today < 7 ? weekdayOf(text) : `${weekdayOf(text)} ${longDay(text).split(' ').slice(0, 2).join(' ')}`;
}

const describeOpening = (opens: Date, now: Date): string =>
  `${describeDay(wallClockOf(opens).day, wallClockOf(now).day)} at ${clockTime(wallClockOf(opens).minute)}`;

/** "8pm", "midnight", "6am tomorrow", "Sunday at 6pm". Midnight ends the day it closes. */
function describeClosing(until: Date, now: Date): string {
  const [end, today] = [wallClockOf(until), wallClockOf(now).day];
  const midnight = end.minute === 0;
  const day = midnight ? end.day - 1 : end.day;
  if (day === today) return clockTime(end.minute);
  if (day === today + 1) return `${clockTime(end.minute)} tomorrow`;
  return `${describeDay(day, today)} at ${clockTime(end.minute)}`;
}

const parenthesise = (why: string | null): string => (why ? ` (${why})` : '');

function describeOpen(state: Extract<HoursState, { state: 'open' }>, now: Date): string {
  if (state.until === null) return 'open now, 24 hours a day';
  return `open now until ${describeClosing(state.until, now)}${parenthesise(state.today)}`;
}

function describeClosed(state: Extract<HoursState, { state: 'closed' }>, now: Date): string {
  const opens = state.opens ? `opens ${describeOpening(state.opens, now)}` : 'we do not know when it opens again';
  const special = state.today !== null && state.allDay;
  const start = special ? `closed today${parenthesise(state.today)}, ` : state.opens ? '' : 'closed now, ';
  const sameDay = state.opens !== null && wallClockOf(state.opens).day === wallClockOf(now).day;
  const why = !special && sameDay ? parenthesise(state.today) : '';
  const today = wallClockOf(now).day;
  const doubts = state.doubts.map(
    ({ day, why: name }) => `${describeDay(dayNumberOf(day), today)}${parenthesise(name)}`,
  );
  const doubt = doubts.length > 0 ? `; hours not confirmed for ${listOf(doubts)}` : '';
  return `${start}${opens}${why}${doubt}`;
}

/** "open now until 8pm", "opens Monday at 8am", "closed today (Boxing Day), opens Monday at 8am", "hours not confirmed: …". */
export function describeHours(state: HoursState, hours: Hours, now: Date): string {
  if (state.state === 'open') return describeOpen(state, now);
  if (state.state === 'closed') return describeClosed(state, now);
  if (state.today === null) return `hours not confirmed: ${hours.says ?? 'we do not know when it answers'}`;
  const again = state.opens ? `; usual hours start again ${describeOpening(state.opens, now)}` : '';
  return `hours not confirmed today (${state.today})${again}`;
}

const describeInterval = ({ from, to }: Interval): string =>
  `${clockTime(from)} to ${clockTime(to % minutesADay)}${to > minutesADay ? ' the next day' : ''}`;
const describeIntervals = (spans: readonly Interval[]): string =>
  spans.length > 0 ? listOf(spans.map(describeInterval)) : 'closed';

const describeHolidayHours = (kept: Hours['bankHolidays']): string => {
  if (kept === 'as usual') return '';
  if (kept === 'closed') return '; closed on bank holidays';
  return kept === 'not known' ? '; bank holidays not confirmed' : `; on bank holidays ${describeIntervals(kept)}`;
};

/** For paper, which knows no minute: "24 hours a day", "Monday to Friday 8am to 8pm, Saturday 9am to 5pm; bank holidays not confirmed". */
export function describeUsualHours({ usual, says, bankHolidays }: Hours): string {
  if (usual === 'not confirmed') return `hours not confirmed: ${says ?? 'we do not know when it answers'}`;
  if (usual === '24 hours') return `24 hours a day${describeHolidayHours(bankHolidays)}`;
  const runs: { first: string; last: string; words: string }[] = [];
  for (const day of [...weekdays.slice(1), weekdays[0]]) {
    const words = describeIntervals(usual[day] ?? []);
    const run = runs.at(-1);
    if (run?.words === words) run.last = day;
    else runs.push({ first: day, last: day, words });
  }
  const open = runs.filter(({ words }) => words !== 'closed');
  const said = open.map(({ first, last, words }) => `${first === last ? first : `${first} to ${last}`} ${words}`);
  return `${said.join(', ')}${describeHolidayHours(bankHolidays)}`;
}

export const reasonKeys: Readonly<Record<Reason, TextKey>> = {
  emergency: 'reason.emergency',
  'open now': 'reason.open',
  'closed now': 'reason.closed',
  'hours not confirmed': 'reason.unconfirmed',
  'outside the police': 'reason.outside',
  'with the police': 'reason.with',
  police: 'reason.police',
  'never known': 'reason.unknown',
  'once danger is over': 'reason.over',
};

export const reasonTexts: Readonly<Record<Reason, string>> = {
  emergency: english.reason.emergency,
  'open now': english.reason.open,
  'closed now': english.reason.closed,
  'hours not confirmed': english.reason.unconfirmed,
  'outside the police': english.reason.outside,
  'with the police': english.reason.with,
  police: english.reason.police,
  'never known': english.reason.unknown,
  'once danger is over': english.reason.over,
};

/** "checked on 25 September 2019", and the warning where that is long ago. */
export const describeCheckedDate = (dateChecked: string, stale: boolean): string =>
  `checked on ${longDay(dateChecked)}${stale ? '; hours may have changed' : ''}`;

/** What the page says where nobody outside the police is confirmed open; null where somebody is. */
export function describeOutsidePolice(answer: RoutedContacts, now: Date): string | null {
  if (answer.outsidePolice === 'open') return null;
  const next = answer.nextOutsidePolice;
  const soonest = next ? ` The next to open is ${next.service.name}: ${describeOpening(next.opens, now)}.` : '';
  const unsure = answer.routes.some(
    ({ service, hours, stale }) => service.independentOfPolice && (stale || hours.state === 'not confirmed'),
  );
  const may = unsure ? ' Those whose hours are not confirmed may answer all the same.' : '';
  return `At this minute no service outside the police is sure to be open.${soonest}${may}`;
}
