/** When each team is briefed, and from when until when it sees the premises of its visits. The database enforces the same window (the function ctx.align_team). */
import { instantAt, timeOf } from '../../platform/clock.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { Id, MemberId, OperationId, TeamId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type Operation, teamAccessDaysAfter } from '../weeks/operation.ts';

export type SetBriefingTime = {
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

export type BriefingTime = Pick<SetBriefingTime, 'day' | 'time' | 'place' | 'opensAt'> & {
  readonly from: 'the team' | 'the operation' | 'nobody yet';
};

/** The eve of the first day, in the afternoon: time to read, not so long that an address leaks. */
const defaultTime = '16:00';
const getDefaultBriefingTime = ({ startsOn }: Pick<Operation, 'startsOn'>): BriefingTime => {
  const day = addDays(startsOn, -1);
  return { day, time: defaultTime, place: null, opensAt: instantAt(day, defaultTime), from: 'nobody yet' };
};

/** The team's own, else the operation's, else the usual one; of several the last that was set. `times` are newest first. */
export function getBriefingTime(
  operation: Pick<Operation, 'startsOn'>,
  teamId: string | null,
  times: readonly SetBriefingTime[],
): BriefingTime {
  const own = teamId === null ? undefined : times.find((one) => one.teamId === teamId);
  const set = own ?? times.find((one) => one.teamId === null);
  if (!set) return getDefaultBriefingTime(operation);
  const { day, time, place, opensAt } = set;
  return { day, time, place, opensAt, from: own ? 'the team' : 'the operation' };
}

/** When access of teams ends: midnight after the last day for finishing records. */
export const calculateAccessEnd = ({ endsOn }: Pick<Operation, 'endsOn'>): Date =>
  instantAt(addDays(endsOn, teamAccessDaysAfter + 1), '00:00');

export type TimeRefusal = 'no such time' | 'after the operation';

/** A time that the clock skips on that day is none; one that comes twice is the earlier. */
export function resolveBriefingTime(
  operation: Pick<Operation, 'endsOn'>,
  { day, time }: { readonly day: string; readonly time: string },
): Result<Date, TimeRefusal> {
  if (day > operation.endsOn) return refuse('after the operation');
  const at = instantAt(day, time);
  return timeOf(at) === time ? accept(at) : refuse('no such time');
}

export const getAccessState = (opensAt: Date, closes: Date, now: Date): 'sealed' | 'open' | 'closed' =>
  now < opensAt ? 'sealed' : now < closes ? 'open' : 'closed';
