/** The clock on the wall where the partnership works: what it shows at an instant, and when it shows a time. Asks nobody the time. */
import { Temporal } from 'temporal-polyfill';
import { dateFormat } from './date-format.ts';

export const zone = 'Europe/London';

/** "2026-09-16": the day in the zone at an instant. */
export const dayOf: (instant: Date) => string = dateFormat('en-CA', { timeZone: zone, dateStyle: 'short' });

/** "09:30", as the clock on the wall shows it. */
export const timeOf: (instant: Date) => string = dateFormat('en-GB', { timeZone: zone, timeStyle: 'short' });

/** The instant at which a wall clock in the zone shows this day and time; the earlier one where a clock is set back. */
export const instantAt = (day: string, time: string): Date =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time.padStart(5, '0')}`).toZonedDateTime(zone).epochMilliseconds);

/** Whether clocks go forward over this time on this day, so that no clock ever shows it. Takes `HH:MM`. */
export const isSkippedTime = (day: string, time: string): boolean => timeOf(instantAt(day, time)) !== time;
