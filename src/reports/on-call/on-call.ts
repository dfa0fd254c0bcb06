/** Who is alerted when a report says that somebody is in danger: those on call, in their order, one more after each interval without an answer. Pure. */
import { alertedMembers, type Ringing, type Shift, shiftsAt } from '../../platform/on-call/on-call.ts';
import type { Id, MemberId } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';

export type OnCallShift = Shift<Id<'on-call turn'>> & {
  /** Who is rung first, second, and so on. */
  readonly place: number;
};

export type Alert = Ringing<ReportId>;

/** The next is rung as well when nobody took it on for so long. */
export const escalationMinutes = 5;
export const orderChoices = ['1', '2', '3'] as const;

export const listOnCallAt = <One extends Pick<OnCallShift, 'place' | 'startsAt' | 'endsAt' | 'id'>>(
  turns: readonly One[],
  now: Date,
): One[] => shiftsAt(turns, now).toSorted((one, other) => one.place - other.place || (one.id < other.id ? -1 : 1));

/** Members alerted by now, the first on call first. All readers where there is no one on call, or all on call let their interval pass. */
export const listAlerted = (
  { rounds }: Pick<Alert, 'rounds'>,
  onCall: readonly Pick<OnCallShift, 'memberId'>[],
): readonly MemberId[] | 'all who read' =>
  alertedMembers(rounds, onCall, { minutes: escalationMinutes, oneByOne: true }) ?? 'all who read';

export const isAlerted = (rung: ReturnType<typeof listAlerted>, memberId: string): boolean =>
  rung === 'all who read' || rung.some((one) => one === memberId);
