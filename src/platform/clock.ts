/** The only place that asks the time. Wall-clock rules live in the area's zone. */
import { dayOf } from '../vocabulary/calendar/wall-clock.ts';

export { dayOf, instantAt, timeOf, zone } from '../vocabulary/calendar/wall-clock.ts';

export type Clock = {
  readonly now: () => Date;
  /** Today's date where the partnership works, as `YYYY-MM-DD`. */
  readonly today: () => string;
};

const clockFrom = (now: () => Date): Clock => ({ now, today: () => dayOf(now()) });

export const systemClock: Clock = clockFrom(() => new Date());

/** A clock that stands still until it is moved: for tests, seeds and the gallery. */
export function stoppedClock(at: Date): Clock & { move: (to: Date) => void } {
  let instant = at;
  return { ...clockFrom(() => instant), move: (to) => (instant = to) };
}
