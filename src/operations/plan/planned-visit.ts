/** Which team goes where, when, under which power; moved, postponed or called off with a reason. Pure: no clock, no database, no wording. */
import { daysBetween } from '../../vocabulary/calendar/days.ts';
import { dayOf, instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import type { OperationId, PremisesId, TeamId, VisitId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { PowerState } from './planned-power.ts';
import type { Premises } from './premises.ts';

export const visitStates = ['planned', 'postponed', 'called off'] as const;
export type VisitState = (typeof visitStates)[number];

export type PlannedVisit = {
  /** The visit itself will bear the same id. */
  readonly id: VisitId;
  readonly operationId: OperationId;
  readonly premisesId: PremisesId;
  readonly teamId: TeamId;
  readonly powerId: string | null;
  readonly day: string;
  /** On the wall's clock, `HH:MM`. */
  readonly starts: string;
  readonly minutes: number;
  /** The order in which teams go in, where two are at one place. */
  readonly turn: number | null;
  readonly state: VisitState;
  /** Why it was postponed or called off. */
  readonly reason: string | null;
  /** What another force writes on its own plan of this visit, so that a coordinator counts it once. */
  readonly jointReference?: string | null | undefined;
};

/** A planned visit with what a team needs to know of the place and of its power. */
export type VisitInPlan = PlannedVisit & {
  readonly teamName: string;
  readonly basis: string | null;
  readonly powerState: PowerState | null;
  readonly powerExpiresOn: string | null;
  readonly premises: Pick<
    Premises,
    | 'id'
    | 'name'
    | 'address'
    | 'town'
    | 'postcode'
    | 'business'
    | 'dwelling'
    | 'languages'
    | 'interpreter'
    | 'risks'
    | 'immigrationEntry'
    | 'referrerId'
    | 'referrerOnCall'
    | 'referrerContact'
  >;
};

export const minutesOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const minutesPerDay = 1_440;

/** Whether two visits are under way at one moment; a visit may run past midnight. */
export function isOverlapping(
  one: Pick<PlannedVisit, 'day' | 'starts' | 'minutes'>,
  other: Pick<PlannedVisit, 'day' | 'starts' | 'minutes'>,
): boolean {
  const from = minutesOfDay(one.starts);
  const to = daysBetween(one.day, other.day) * minutesPerDay + minutesOfDay(other.starts);
  return from < to + other.minutes && to < from + one.minutes;
}

/** Each two visits that are under way at one moment, in the order in which they were given. */
export function listOverlapping<Visit extends Timed>(visits: readonly Visit[]): (readonly [Visit, Visit])[] {
  const timed = visits
    .map((visit, index) => ({ visit, index, from: minutesSinceEpoch(visit) }))
    .sort((one, other) => one.from - other.from);
  const pairs = timed.flatMap((one, at) => {
    const found: (typeof one)[] = [];
    for (let next = at + 1; next < timed.length; next += 1) {
      const other = timed[next];
      if (!other || other.from >= one.from + one.visit.minutes) break;
      found.push(other);
    }
    return found.map((other) => (one.index < other.index ? ([one, other] as const) : ([other, one] as const)));
  });
  return pairs
    .sort(([one, two], [three, four]) => one.index - three.index || two.index - four.index)
    .map(([one, other]) => [one.visit, other.visit]);
}

const minutesSinceEpoch = ({ day, starts }: Timed): number =>
  daysBetween('1970-01-01', day) * minutesPerDay + minutesOfDay(starts);

type Timed = Pick<PlannedVisit, 'day' | 'starts' | 'minutes'>;
const minuteMs = 60_000;

export const startOf = ({ day, starts }: Pick<Timed, 'day' | 'starts'>): Date => instantAt(day, starts);
export const endOf = (visit: Timed): Date => new Date(startOf(visit).getTime() + visit.minutes * minuteMs);

/** Whether a team can still set out: until the end of the day, or of a visit that runs past midnight. */
export const canStillBegin = (visit: Timed, now: Date): boolean => visit.day >= dayOf(now) || endOf(visit) > now;

/** "10:00 to 11:30" */
export function formatHours({ starts, minutes }: Pick<PlannedVisit, 'starts' | 'minutes'>): string {
  const end = (minutesOfDay(starts) + minutes) % minutesPerDay;
  const two = (count: number) => String(count).padStart(2, '0');
  return `${starts} to ${two(Math.floor(end / 60))}:${two(end % 60)}`;
}

const farDays = 28;

/** Whether a day is so far outside the dates of its operation that it was mistyped. The plan check notes days that are nearer. */
export const isFarFromOperation = (
  day: string,
  dates: { readonly startsOn: string; readonly endsOn: string },
): boolean => daysBetween(day, dates.startsOn) > farDays || daysBetween(dates.endsOn, day) > farDays;

export type VisitRefusal =
  | 'called off already'
  | 'postponed already'
  | 'team of another operation'
  | 'power of another premises';

export type VisitTiming = Pick<PlannedVisit, 'teamId' | 'powerId' | 'day' | 'starts' | 'minutes' | 'turn'>;

/** Refuses a team of another operation and a power for other premises. */
export function checkVisitTiming(
  visit: Pick<PlannedVisit, 'teamId' | 'powerId'>,
  teams: readonly { readonly id: string }[],
  powersHere: readonly { readonly id: string }[],
): Result<true, VisitRefusal> {
  if (!teams.some(({ id }) => id === visit.teamId)) return refuse('team of another operation');
  if (visit.powerId !== null && !powersHere.some(({ id }) => id === visit.powerId))
    return refuse('power of another premises');
  return accept(true);
}

/** Another time, team, turn or power. A postponed visit is planned again by it; one that was called off stays so, and another is planned. */
export function moveVisit(visit: PlannedVisit, timing: VisitTiming): Result<PlannedVisit, VisitRefusal> {
  if (visit.state === 'called off') return refuse('called off already');
  return accept({ ...visit, ...timing, state: 'planned', reason: null });
}

/** Not then, and not yet known when. */
export function postpone(visit: PlannedVisit, reason: string): Result<PlannedVisit, VisitRefusal> {
  if (visit.state === 'called off') return refuse('called off already');
  if (visit.state === 'postponed') return refuse('postponed already');
  return accept({ ...visit, state: 'postponed', reason });
}

/** Not at all. It stays in the plan and is counted. */
export const callOff = (visit: PlannedVisit, reason: string): Result<PlannedVisit, VisitRefusal> =>
  visit.state === 'called off' ? refuse('called off already') : accept({ ...visit, state: 'called off', reason });
