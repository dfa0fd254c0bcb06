/** Who is on call, and for whom an alert rings until somebody takes it on. Pure: each area has its own shifts, alerts and pages. */
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';

export type Shift<ShiftId extends string> = {
  readonly id: ShiftId;
  readonly agencyId: AgencyId;
  readonly memberId: MemberId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** How colleagues reach them, apart from the urgent page. */
  readonly reached: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

export type Ringing<AlertId extends string> = {
  readonly id: AlertId;
  readonly agencyId: AgencyId;
  /** For how many minutes it has rung: counted, so that no time finer than the hour is kept. */
  readonly rounds: number;
  readonly acknowledgedBy: MemberId | null;
  /** To the hour. */
  readonly acknowledgedAt: Date | null;
};

/** Shifts that have begun and are not over. */
export const shiftsAt = <One extends { readonly startsAt: Date; readonly endsAt: Date }>(
  shifts: readonly One[],
  now: Date,
): One[] => shifts.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);

export type Escalation = {
  /** So long nobody may take it on before it rings for more. */
  readonly minutes: number;
  /** Whether those on call are rung one after another, in their order, or all at once. */
  readonly oneByOne: boolean;
};

/** The members for whom it rings now. Undefined: for everybody who may take it on, because no member is on call, or all on call let their minutes pass. */
export function alertedMembers(
  rounds: number,
  onCall: readonly { readonly memberId: MemberId }[],
  { minutes, oneByOne }: Escalation,
): readonly MemberId[] | undefined {
  const step = Math.floor(rounds / minutes);
  const rung = oneByOne ? onCall.slice(0, step + 1) : onCall;
  return step >= (oneByOne ? onCall.length : Math.min(onCall.length, 1)) ? undefined : rung.map((one) => one.memberId);
}

/** `alerted` as `alertedMembers` gives it. */
export const isAlerted = (alerted: readonly MemberId[] | undefined, memberId: string): boolean =>
  alerted?.some((one) => one === memberId) ?? true;
