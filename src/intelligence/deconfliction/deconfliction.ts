/** The check between agencies: what is compared, with whom, and when somebody must be rung. A match says that both plan the same, and whom to ring. Pure: no clock, no database, no wording. */
import { addDays, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import type { AgencyId, Id, MemberId, OperationId, VisitId } from '../../vocabulary/ids.ts';
import type { EntityId } from '../entities/entity.ts';

/** Whom other agencies ring. An agency without one takes no part. */
export type ContactId = Id<'deconfliction contact'>;
export type Contact = {
  readonly id: ContactId;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly telephone: string;
  readonly hours: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};
export type ContactDetails = Pick<Contact, 'name' | 'telephone' | 'hours'>;

/** An agency of this instance by its id, or a partner of another by the partner's id. */
export type PartyId = AgencyId | PartnerId;
export type PartnerId = Id<'deconfliction partner'>;

/** An agency of another instance, whose key was compared on the telephone. */
export type Partner = {
  readonly id: PartnerId;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly origin: string;
  readonly theirAgency: string;
  readonly publicKey: string;
  readonly addedBy: MemberId;
  readonly addedAt: Date;
  readonly endedBy: MemberId | null;
  readonly endedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly failedAt: Date | null;
  readonly failure: Failure | null;
};

export const failures = ['no answer', 'no partner there', 'another time', 'another key'] as const;
export type Failure = (typeof failures)[number];

/** A planned visit or an entity of intelligence, with the texts that stand for it. */
export type Target = {
  readonly id: VisitId | EntityId;
  readonly agencyId: AgencyId;
  readonly operationId: OperationId | null;
  readonly inputs: readonly string[];
  /** Other agencies are not told: it is in no list. The own agency still asks about it. */
  readonly hidden: boolean;
};

export type MatchId = Id<'deconfliction match'>;
export type Match = {
  readonly id: MatchId;
  readonly agencyId: AgencyId;
  readonly party: PartyId;
  readonly partyName: string;
  readonly contactName: string;
  readonly contactTelephone: string;
  readonly contactHours: string;
  readonly target: VisitId | EntityId;
  readonly operationId: OperationId | null;
  readonly foundAt: Date;
  readonly endedAt: Date | null;
  readonly acknowledgedBy: MemberId | null;
  readonly acknowledgedAt: Date | null;
};

export type HiddenId = Id<'hidden operation'>;
export type HiddenOperation = {
  readonly id: HiddenId;
  readonly operationId: OperationId;
  readonly agencyId: AgencyId;
  readonly reason: string;
  readonly hiddenBy: MemberId;
  readonly hiddenAt: Date;
};

/** An entity of intelligence that triage has compared until a day. Its inputs are sealed. */
export type Subject = {
  readonly id: EntityId;
  readonly agencyId: AgencyId;
  readonly until: string;
  readonly addedBy: MemberId;
  readonly addedAt: Date;
};

/** Whether an agency asked, or was asked. */
export const directions = ['asked', 'answered'] as const;

export type AskedInHour = {
  readonly id: string;
  readonly agencyId: AgencyId;
  readonly party: PartyId;
  readonly partyName: string;
  readonly direction: (typeof directions)[number];
  readonly hour: Date;
  readonly week: string;
  readonly questions: number;
  readonly refused: number;
};

/** Questions that one agency may ask another in a week: enough for its plan, far too few to guess the other's. */
export const mostQuestions = 480;
/** Visits of so many days ahead are compared. */
export const daysAhead = 28;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The Monday of the week: from then to the next one key counts for each pair. */
export function weekOf(now: Date): string {
  const today = dayOf(now);
  return addDays(today, -Math.max(0, weekdays.indexOf(weekdayOf(today))));
}

const ringBeforeMs = 30 * 60_000;
export const matchStates = ['ring now', 'to ring', 'rung', 'over'] as const;
export type MatchState = (typeof matchStates)[number];

/** A match that nobody has acknowledged is urgent 30 minutes before the visit, and at any time where the visit is not known. */
export function stateOfMatch(
  { acknowledgedAt, endedAt }: Pick<Match, 'acknowledgedAt' | 'endedAt'>,
  startsAt: Date | undefined,
  now: Date,
): MatchState {
  if (endedAt !== null) return 'over';
  if (acknowledgedAt !== null) return 'rung';
  return startsAt !== undefined && startsAt.getTime() - now.getTime() <= ringBeforeMs ? 'ring now' : 'to ring';
}

/** Those of the targets that the other's list has. `tags` are the answers to the own questions, by input. */
export function findMatches(
  targets: readonly Target[],
  tags: ReadonlyMap<string, Buffer>,
  list: ReadonlySet<string>,
): readonly Target[] {
  return targets.filter(({ inputs }) =>
    inputs.some((input) => {
      const tag = tags.get(input);
      return tag !== undefined && list.has(tag.toString('hex'));
    }),
  );
}
