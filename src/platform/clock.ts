/** The only place that asks the time. Wall-clock rules live in the area's zone. */
import { Temporal } from 'temporal-polyfill';

export const zone = 'Europe/London';

export type Clock = {
  readonly now: () => Date;
  /** Today's date where the partnership works, as `YYYY-MM-DD`. */
  readonly today: () => string;
};

const dayInZone = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
const timeInZone = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });

export const dayOf = (instant: Date): string => dayInZone.format(instant);

/** "09:30", as the clock on the wall shows it. */
export const timeOf = (instant: Date): string => timeInZone.format(instant);

const clockFrom = (now: () => Date): Clock => ({ now, today: () => dayOf(now()) });

export const systemClock: Clock = clockFrom(() => new Date());

/** A clock that stands still until it is moved: for tests, seeds and the gallery. */
export function stoppedClock(at: Date): Clock & { move: (to: Date) => void } {
  let instant = at;
  return { ...clockFrom(() => instant), move: (to) => (instant = to) };
}

/** The instant at which a wall clock in the zone shows this day and time; the earlier one where a clock is set back. */
export const instantAt = (day: string, time: string): Date =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time.padStart(5, '0')}`).toZonedDateTime(zone).epochMilliseconds);
