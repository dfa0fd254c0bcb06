/** The clock on the wall where the partnership works: what it shows at an instant, and when it shows a time. Asks nobody the time. */
import { Temporal } from 'temporal-polyfill';
import { dateFormat } from './date-format.ts';

export const zone = 'Europe/London';

/** "2026-09-16": the day in the zone at an instant. */
export const dayOf: (instant: Date) => string = dateFormat('en-CA', { timeZone: zone, dateStyle: 'short' });

/** "09:30", as the clock on the wall shows it. */
export const timeOf: (instant: Date) => string = dateFormat('en-GB', { timeZone: zone, timeStyle: 'short' });

/** In milliseconds since 1970. A plan of a thousand visits asks for the same few hundred moments again and again. */
const known = new Map<string, number>();
const mostKnown = 10_000;

/** The instant at which a wall clock in the zone shows this day and time; the earlier one where a clock is set back. */
export function instantAt(day: string, time: string): Date {
  const shown = `${day}T${time.padStart(5, '0')}`;
  const found = known.get(shown);
  if (found !== undefined) return new Date(found);
  const instant = Temporal.PlainDateTime.from(shown).toZonedDateTime(zone).epochMilliseconds;
  if (known.size >= mostKnown) known.clear();
  known.set(shown, instant);
  return new Date(instant);
}

/** Whether clocks go forward over this time on this day, so that no clock ever shows it. Takes `HH:MM`. */
export const isSkippedTime = (day: string, time: string): boolean => timeOf(instantAt(day, time)) !== time;
