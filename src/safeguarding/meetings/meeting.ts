/** A meeting of support agencies about cases, its list of cases, and how both can change until the chair closes the minutes. Pure. */
import type { AgencyId, Id, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { MeetingId } from '../actions/action.ts';

export type { MeetingId } from '../actions/action.ts';
export type MeetingCaseId = Id<'case on a meeting'>;

/** What somebody wrote down, under their own name. */
export type MeetingEntry = {
  readonly words: string;
  readonly by: MemberId;
  /** To the hour, like all times of this database. */
  readonly at: Date;
};

export type Attendance = {
  readonly agenciesPresent: readonly AgencyId[];
  /** Names of colleagues, never of the people that the meeting is about. */
  readonly present: string | null;
  readonly apologies: string | null;
  readonly nextDay: string | null;
};

/** Sealed under the meeting's own key. */
export type MeetingContent = Attendance & {
  readonly time: string;
  /** Where it is, or how it is held. */
  readonly place: string;
  /** Added after the minutes were closed. */
  readonly corrections: readonly MeetingEntry[];
};

export type Meeting = MeetingContent & {
  readonly id: MeetingId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly chairId: MemberId;
  readonly operationId: OperationId | null;
  readonly day: string;
  readonly invited: readonly AgencyId[];
  readonly calledAt: Date;
  readonly previousId: MeetingId | null;
  readonly closedAt: Date | null;
  readonly closedBy: MemberId | null;
  readonly revision: number;
};

/** What the form of a meeting asks for. */
export type MeetingPlan = Pick<Meeting, 'day' | 'time' | 'place' | 'operationId' | 'chairId' | 'invited'>;

export const createMeeting = (
  plan: MeetingPlan & Pick<Meeting, 'id' | 'agencyId' | 'authorId' | 'calledAt' | 'previousId'>,
): Meeting => ({
  ...plan,
  agenciesPresent: [],
  present: null,
  apologies: null,
  nextDay: null,
  corrections: [],
  closedAt: null,
  closedBy: null,
  revision: 1,
});

export type MeetingRefusal = 'closed already' | 'not the chair' | 'still open';

export const planMeeting = (meeting: Meeting, plan: MeetingPlan): Result<Meeting, MeetingRefusal> =>
  meeting.closedAt ? refuse('closed already') : accept({ ...meeting, ...plan });

export const recordAttendance = (meeting: Meeting, attendance: Attendance): Result<Meeting, MeetingRefusal> =>
  meeting.closedAt ? refuse('closed already') : accept({ ...meeting, ...attendance });

/** The chair alone closes the minutes, once. */
export function closeMinutes(meeting: Meeting, by: MemberId, at: Date): Result<Meeting, MeetingRefusal> {
  if (meeting.closedAt) return refuse('closed already');
  if (meeting.chairId !== by) return refuse('not the chair');
  return accept({ ...meeting, closedAt: at, closedBy: by });
}

/** Closed minutes stay as they are. What was wrong stands beside them, with name and hour. */
export const correctMinutes = (meeting: Meeting, entry: MeetingEntry): Result<Meeting, MeetingRefusal> =>
  meeting.closedAt ? accept({ ...meeting, corrections: [...meeting.corrections, entry] }) : refuse('still open');

export type Decision = MeetingEntry & {
  /** Written after the minutes were closed: a correction. */
  readonly later: boolean;
};

/** Whether the person knows that the meeting talks about them. */
export type Knows = 'yes' | 'no';

/** Sealed under the person's key, and erased with their record. */
export type MeetingCaseContent = {
  /** Null until somebody answers, for a case that was carried over. */
  readonly knows: Knows | null;
  /** Why they do not know: asking may not be safe. */
  readonly reason: string | null;
  readonly decisions: readonly Decision[];
};

export type MeetingCase = MeetingCaseContent & {
  readonly id: MeetingCaseId;
  readonly meetingId: MeetingId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly addedAt: Date;
  readonly revision: number;
};

export const createMeetingCase = (added: Omit<MeetingCase, 'decisions' | 'revision'>): MeetingCase => ({
  ...added,
  decisions: [],
  revision: 1,
});

type Decided = Pick<MeetingCaseContent, 'knows' | 'reason'> & { readonly words: string | null };

/** Adds a decision, and the answer whether the person knows. Earlier decisions stay. */
export function decideCase(
  one: MeetingCase,
  { words, knows, reason }: Decided,
  entry: Omit<Decision, 'words'>,
): MeetingCase {
  const decisions = words === null ? one.decisions : [...one.decisions, { ...entry, words }];
  return { ...one, knows, reason, decisions };
}

export const countCorrections = (
  { corrections }: Pick<Meeting, 'corrections'>,
  cases: readonly Pick<MeetingCase, 'decisions'>[],
): number => corrections.length + cases.flatMap(({ decisions }) => decisions).filter(({ later }) => later).length;
