/** When each team is briefed, and so from when until when it sees what it is to visit. The database derives the same and lets in by it; here it is said. */
import { instantAt, timeOf } from '../../platform/clock.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { Id, MemberId, OperationId, TeamId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type Operation, teamSeesDaysAfter } from '../weeks/operation.ts';

export type SetTime = {
  readonly id: Id<'briefing time'>;
  readonly operationId: OperationId;
  /** Null where it is the time of all teams that have none of their own. */
  readonly teamId: TeamId | null;
  readonly day: string;
  readonly time: string;
  readonly place: string | null;
  readonly opensAt: Date;
  readonly reason: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

export type BriefingTime = Pick<SetTime, 'day' | 'time' | 'place' | 'opensAt'> & {
  readonly from: 'the team' | 'the operation' | 'nobody yet';
};

/** The eve of the first day, in the afternoon: time to read, not so long that an address leaks. */
const usualTime = '16:00';
const usually = ({ startsOn }: Pick<Operation, 'startsOn'>): BriefingTime => {
  const day = addDays(startsOn, -1);
  return { day, time: usualTime, place: null, opensAt: instantAt(day, usualTime), from: 'nobody yet' };
};

/** The team's own, else the operation's, else the usual one; of several the last that was set. `times` are newest first. */
export function briefingTimeOf(
  operation: Pick<Operation, 'startsOn'>,
  teamId: string | null,
  times: readonly SetTime[],
): BriefingTime {
  const own = teamId === null ? undefined : times.find((one) => one.teamId === teamId);
  const set = own ?? times.find((one) => one.teamId === null);
  if (!set) return usually(operation);
  const { day, time, place, opensAt } = set;
  return { day, time, place, opensAt, from: own ? 'the team' : 'the operation' };
}

/** When access of teams ends: midnight after the last day for finishing records. */
export const closesAt = ({ endsOn }: Pick<Operation, 'endsOn'>): Date =>
  instantAt(addDays(endsOn, teamSeesDaysAfter + 1), '00:00');

export type TimeRefusal = 'no such time' | 'after the operation';

/** A time that the clock skips on that day is none; one that comes twice is the earlier. */
export function opening(
  operation: Pick<Operation, 'endsOn'>,
  { day, time }: { readonly day: string; readonly time: string },
): Result<Date, TimeRefusal> {
  if (day > operation.endsOn) return refuse('after the operation');
  const at = instantAt(day, time);
  return timeOf(at) === time ? accept(at) : refuse('no such time');
}

export const openness = (opensAt: Date, closes: Date, now: Date): 'sealed' | 'open' | 'closed' =>
  now < opensAt ? 'sealed' : now < closes ? 'open' : 'closed';
