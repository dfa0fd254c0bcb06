/** Whom a notice rings for: the custodians on call, and after a quarter of an hour in which nobody took it on every custodian there. Pure. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { CrossingId } from './notice.ts';
import type { SentenceName } from './sentence.ts';

export type TurnId = Id<'custodian turn'>;
export type Turn = {
  readonly id: TurnId;
  readonly agencyId: AgencyId;
  readonly memberId: MemberId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** How colleagues reach them beside the page that rings. */
  readonly reached: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

export const passings = [
  'told the custody officer',
  'told the officer who decides on the charge',
  'told whoever decides on detention or removal',
  'nobody is held there under this reference',
] as const;
export type Passing = (typeof passings)[number];

export type Ring = {
  readonly id: CrossingId;
  readonly agencyId: AgencyId;
  /** For how many minutes it rang: counted, so that no time finer than the hour is kept. */
  readonly rounds: number;
  readonly acknowledgedBy: MemberId | null;
  /** To the hour, as the next. */
  readonly acknowledgedAt: Date | null;
  readonly passedOn: Passing | null;
  readonly passedAt: Date | null;
};

/** What reached the custodian: no name, no agency that sent it, no ground. */
export type CustodyNotice = {
  readonly id: CrossingId;
  readonly agencyId: AgencyId;
  readonly sentence: SentenceName;
  /** Undefined once it is forgotten. */
  readonly reference: string | undefined;
  /** The notice that it takes back. */
  readonly takesBack: CrossingId | null;
  /** The full hour after it came. */
  readonly arrivedAt: Date;
};

/** In so many minutes a custodian on call has it. */
export const minutesToAnswer = 15;
/** After so many days the reference is forgotten: what was to be said was said. */
export const daysKept = 28;

export const onCallAt = <One extends Pick<Turn, 'startsAt' | 'endsAt'>>(turns: readonly One[], now: Date): One[] =>
  turns.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);

export function rungBy(
  { rounds }: Pick<Ring, 'rounds'>,
  onCall: readonly Pick<Turn, 'memberId'>[],
): readonly MemberId[] | 'every custodian' {
  if (onCall.length === 0 || rounds >= minutesToAnswer) return 'every custodian';
  return onCall.map(({ memberId }) => memberId);
}

export const ringsFor = (rung: ReturnType<typeof rungBy>, memberId: string): boolean =>
  rung === 'every custodian' || rung.some((one) => one === memberId);

export const standings = ['on its way', 'rings', 'rings on', 'a custodian has it'] as const;
export type Standing = (typeof standings)[number];

/** All that the side that sent it learns: never what came of it, or a guessed reference would tell who is held. */
export function standingOf(found: { readonly rounds: number; readonly acknowledged: boolean } | undefined): Standing {
  if (!found) return 'on its way';
  if (found.acknowledged) return 'a custodian has it';
  return found.rounds >= minutesToAnswer ? 'rings on' : 'rings';
}
