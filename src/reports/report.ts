/** What a report is, who keeps it, and what may happen to it. Pure: no clock, no database, no wording. */
import type { AgencyId, Id, MemberId } from '../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';

export type ReportId = Id<'report'>;
export type PartId = Id<'report part'>;

/** Who reads: police, or the support side, whose store police have no way to. */
export const intakeLines = ['police', 'help'] as const;
export type IntakeLine = (typeof intakeLines)[number];

export const states = ['open', 'asked', 'closed', 'withdrawn'] as const;
export type ReportState = (typeof states)[number];

/** Nothing is refused: what comes in a flood waits behind the others. */
export const queues = ['first', 'second'] as const;
export type Queue = (typeof queues)[number];

export const ways = ['public form', 'by phone', 'partner', 'internal log'] as const;
export type Way = (typeof ways)[number];

/** What the queue can show alone. Only reports to police become intelligence. */
export const queueShows = ['waiting', 'asked', 'intelligence', 'referred', 'closed', 'taken-back'] as const;
export type QueueShow = (typeof queueShows)[number];

/** What the reporter wrote, what staff wrote to the reporter, and what they noted for colleagues alone. */
export const reporterKinds = ['told', 'added'] as const;
export const messageKinds = ['asked', 'replied', 'closed'] as const;
export const partKinds = [...reporterKinds, ...messageKinds, 'noted'] as const;
export type MessageKind = (typeof messageKinds)[number];
export type PartKind = (typeof partKinds)[number];

/** The part of the row in plaintext: nothing of the report's content, and no time finer than the hour. */
export type Report = {
  readonly id: ReportId;
  readonly agencyId: AgencyId;
  readonly way: Way;
  readonly receivedAt: Date;
  readonly actedAt: Date;
  readonly dueAt: Date;
  readonly danger: boolean;
  readonly queue: Queue;
  readonly state: ReportState;
  /** The reporter wrote something that nobody has answered or set aside. */
  readonly unread: boolean;
  /** Whether anybody can come back to it. */
  readonly answerable: boolean;
};

export type Part = {
  readonly id: PartId;
  readonly reportId: ReportId;
  readonly place: number;
  readonly kind: PartKind;
  readonly writtenAt: Date;
  readonly memberId: MemberId | null;
};

/** So long nobody may let a report lie where somebody is in danger. */
export const dangerHours = 1;
/** A report in the second queue may wait this many times longer. */
const secondQueueFactor = 3;

/** How many hours a report may wait; the queue's clock starts from it. */
export const hoursToWait = (promised: number, danger: boolean, queue: Queue): number =>
  danger ? dangerHours : queue === 'second' ? promised * secondQueueFactor : promised;

export type MessageRefusal = 'withdrawn' | 'closed' | 'nobody can read it' | 'written meanwhile';

/** A message needs somebody who can come back for it; a closed report gets no other until the reporter writes again. */
export function mayWrite(
  { state, answerable }: Pick<Report, 'state' | 'answerable'>,
  kind: MessageKind,
): Result<ReportState, MessageRefusal> {
  if (state === 'withdrawn') return refuse('withdrawn');
  if (state === 'closed') return refuse('closed');
  if (!answerable && kind !== 'closed') return refuse('nobody can read it');
  return accept(stateAfter[kind]);
}

const stateAfter: Record<MessageKind, ReportState> = { asked: 'asked', replied: 'open', closed: 'closed' };

/** Danger first, then what waits for an answer, then by its clock; the second queue behind the first. */
export function compareReports(one: Report, other: Report): number {
  const rank = ({ danger, state, unread, queue }: Report): number =>
    (needsAction({ state, unread }) ? 0 : 4) + (danger ? 0 : 2) + (queue === 'first' ? 0 : 1);
  return rank(one) - rank(other) || one.dueAt.getTime() - other.dueAt.getTime() || (one.id < other.id ? -1 : 1);
}

/** Somebody of staff has to do something about it. */
export const needsAction = ({ state, unread }: Pick<Report, 'state' | 'unread'>): boolean => unread || state === 'open';

export const isOverdue = (report: Report, now: Date): boolean => needsAction(report) && report.dueAt <= now;
