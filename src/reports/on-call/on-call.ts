/** Who is alerted when a report says that somebody is in danger: those on call, in their order, one more after each interval without an answer. Pure. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';

export type OnCallShift = {
  readonly id: Id<'on-call turn'>;
  readonly agencyId: AgencyId;
  readonly memberId: MemberId;
  /** Who is rung first, second, and so on. */
  readonly place: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Another way to reach them, apart from the urgent page. */
  readonly reached: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

export type Alert = {
  readonly id: ReportId;
  readonly agencyId: AgencyId;
  readonly raisedAt: Date;
  /** For how many minutes it has rung: counted, so that no time finer than the hour is kept. */
  readonly rounds: number;
  readonly acknowledgedBy: MemberId | null;
  readonly acknowledgedAt: Date | null;
};

/** The next is rung as well when nobody took it on for so long. */
export const escalationMinutes = 5;
export const orderChoices = ['1', '2', '3'] as const;

export const listOnCallAt = <One extends Pick<OnCallShift, 'place' | 'startsAt' | 'endsAt' | 'id'>>(
  turns: readonly One[],
  now: Date,
): One[] =>
  turns
    .filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
    .toSorted((one, other) => one.place - other.place || (one.id < other.id ? -1 : 1));

/** Members alerted by now, the first on call first. All readers where there is no one on call, or all on call let their interval pass. */
export function listAlerted(
  { rounds }: Pick<Alert, 'rounds'>,
  onCall: readonly Pick<OnCallShift, 'memberId'>[],
): readonly MemberId[] | 'all who read' {
  const step = Math.floor(rounds / escalationMinutes);
  if (step >= onCall.length) return 'all who read';
  return onCall.slice(0, step + 1).map(({ memberId }) => memberId);
}

export const isAlerted = (rung: ReturnType<typeof listAlerted>, memberId: string): boolean =>
  rung === 'all who read' || rung.some((one) => one === memberId);
