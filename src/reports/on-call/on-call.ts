/** Who is alerted when a report says that somebody is in danger: those on call, in their order, one more after each interval without an answer. Pure. */
import { type Escalation, type Ringing, type Shift, shiftsAt } from '../../platform/on-call/on-call.ts';
import type { Id } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';

export type OnCallShift = Shift<Id<'on-call turn'>> & {
  /** Who is rung first, second, and so on. */
  readonly place: number;
};

export type Alert = Ringing<ReportId>;

/** The next is alerted as well when nobody took it on for so long. */
export const escalation: Escalation = { minutes: 5, oneByOne: true };
export const orderChoices = ['1', '2', '3'] as const;

export const listOnCallAt = <One extends Pick<OnCallShift, 'place' | 'startsAt' | 'endsAt' | 'id'>>(
  turns: readonly One[],
  now: Date,
): One[] => shiftsAt(turns, now).toSorted((one, other) => one.place - other.place || (one.id < other.id ? -1 : 1));
