/** Whether a line is attended: who reads it and when, in the partnership's own dated words, and whether they have. Pure. */
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';

export const readingDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type ReadingDay = (typeof readingDays)[number];

export const lineStates = ['open', 'closed'] as const;

/** One dated version of what the public sees before the first question. The newest is in force. */
export type Attendance = {
  readonly id: Id<'attendance'>;
  readonly agencyId: AgencyId;
  readonly state: (typeof lineStates)[number];
  /** The key that reports are sealed to. A process with another key stays closed. */
  readonly keyId: string;
  readonly days: readonly ReadingDay[];
  /** `HH:MM`, on the wall. */
  readonly opens: string;
  readonly closes: string;
  /** Each report is opened within so many reading hours. */
  readonly promisedHours: number;
  readonly readers: string;
  readonly mustAct: string;
  readonly immigration: string;
  /** What is kept, for how long, whose it is: the privacy notice. */
  readonly notice: string;
  /** Only a body that can keep it offers it. */
  readonly keepsConfidence: boolean;
  readonly onCall: string;
  readonly setBy: MemberId;
  readonly setAt: Date;
};

export type AttendanceState = 'not open' | 'lies unopened' | 'attended';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The days of the reading hours, in minutes after midnight, in the same form as opening hours of support services. */
export function weekOf({
  days,
  opens,
  closes,
}: Pick<Attendance, 'days' | 'opens' | 'closes'>): Readonly<
  Partial<Record<ReadingDay, readonly { readonly from: number; readonly to: number }[]>>
> {
  const interval = { from: minutesOf(opens), to: minutesOf(closes) };
  return Object.fromEntries(days.map((day) => [day, [interval]]));
}

/** Beyond these the answer is the same: too long. */
const maxHoursCounted = 21 * 24;

/** How many reading hours have passed since the queue was last opened, by the full hour; counted until there are enough. */
export function readingHoursSince(
  since: Date,
  now: Date,
  isReading: (at: Date) => boolean,
  enough = Number.POSITIVE_INFINITY,
): number {
  const from = Math.max(since.getTime(), now.getTime() - maxHoursCounted * hourMs);
  let passed = 0;
  for (let at = from; at + hourMs <= now.getTime() && passed < enough; at += hourMs)
    if (isReading(new Date(at))) passed += 1;
  return passed;
}

/** A queue that nobody opened when promised is shown as late; one never opened counts from when the line was set to open. */
export function attendanceStateOf(
  attendance: Attendance | undefined,
  openedAt: Date | null,
  now: Date,
  isReading: (at: Date) => boolean,
): AttendanceState {
  if (attendance?.state !== 'open') return 'not open';
  const since = openedAt && openedAt > attendance.setAt ? openedAt : attendance.setAt;
  const { promisedHours } = attendance;
  const passed = readingHoursSince(since, now, isReading, promisedHours);
  return passed >= promisedHours ? 'lies unopened' : 'attended';
}
