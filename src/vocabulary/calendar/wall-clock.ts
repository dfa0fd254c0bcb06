/** The clock on the wall where the partnership works: what it shows at an instant, and when it shows a time. Asks nobody the time. */
import { Temporal } from 'temporal-polyfill';

export const zone = 'Europe/London';

const dayInZone = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
const timeInZone = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });

export const dayOf = (instant: Date): string => dayInZone.format(instant);

/** "09:30", as the clock on the wall shows it. */
export const timeOf = (instant: Date): string => timeInZone.format(instant);

/** The instant at which a wall clock in the zone shows this day and time; the earlier one where a clock is set back. */
export const instantAt = (day: string, time: string): Date =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time.padStart(5, '0')}`).toZonedDateTime(zone).epochMilliseconds);
