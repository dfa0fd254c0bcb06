/** The state of a line at this minute: what the public sees before the first question, whether anybody has looked, and the key to seal to. */
import type { StoreName } from '../../platform/access-policy/access.ts';
import { type Db, isUnavailable } from '../../platform/database/database.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { bankHolidays, hoursAt, type Service } from '../../public/signs/index.ts';
import { type AttendanceStatus, getAttendance } from '../intake/store.ts';
import type { IntakeLine } from '../report.ts';
import { currentKeyPair } from '../sealing/sealed-report.ts';
import type { IntakeKeys } from '../sealing/sealing.ts';
import { type Attendance, type AttendanceState, attendanceStateOf, weekOf } from './attendance.ts';

export const storeOf: Record<IntakeLine, StoreName> = { police: 'main', help: 'safeguarding' };

export type LineAccess = {
  /** Undefined where this process has no way to that store. */
  readonly db: (line: IntakeLine) => Db | undefined;
  readonly keys: (line: IntakeLine) => IntakeKeys;
  /** As this process last saw them attended, and what there was to say of it in that minute. */
  readonly seen: Map<
    IntakeLine,
    { readonly attended: AttendanceStatus; readonly minute?: number; readonly said?: LineStatus }
  >;
};

type Parts = Pick<AreaParts, 'requestServices' | 'keys' | 'intakeKeys'>;

/** The public's own way to each store, and the public half of each line's keys: by the setting, where this process holds no other. */
export function openLineAccess({ requestServices, keys, intakeKeys }: Parts): LineAccess {
  const known = new Map<IntakeLine, IntakeKeys>();
  return {
    seen: new Map(),
    db: (line) =>
      requestServices.databases.has(storeOf[line], 'public')
        ? requestServices.databases.for(storeOf[line], 'public')
        : undefined,
    keys: (line) => {
      const found = known.get(line) ?? intakeKeys?.[line] ?? publicHalf(currentKeyPair(keys, line));
      known.set(line, found);
      return found;
    },
  };
}

const publicHalf = ({ id, publicKey }: IntakeKeys): IntakeKeys => ({ id, publicKey });

export type LineStatus = {
  readonly line: IntakeLine;
  readonly standing: AttendanceState;
  readonly attendance: Attendance | undefined;
  readonly next: NextReading;
};

/** When somebody reads next: now and until when, or from when, where it is known. */
export type NextReading =
  | { readonly read: 'now'; readonly until: Date }
  | { readonly read: 'later'; readonly from: Date }
  | { readonly read: 'not known' };

const closedLine = (line: IntakeLine): LineStatus => ({
  line,
  standing: 'not open',
  attendance: undefined,
  next: { read: 'not known' },
});

/** A line is not open if its store cannot be reached, or if its staff hold another key than this process. Reports that nobody could read must not be accepted. */
export async function getLineStatus(lines: LineAccess, line: IntakeLine, now: Date): Promise<LineStatus> {
  const reached = lines.db(line);
  const attended =
    reached &&
    (await getAttendance(reached).catch((error: unknown) => {
      if (isUnavailable(error)) return undefined;
      throw error;
    }));
  if (attended) lines.seen.set(line, { attended });
  else lines.seen.delete(line);
  return getCachedLineStatus(lines, line, now);
}

/** Without asking: for what the store itself checks again before it takes anything in. */
export async function getCachedLineStatus(
  { keys, seen }: LineAccess,
  line: IntakeLine,
  now: Date,
): Promise<LineStatus> {
  const known = seen.get(line);
  if (known?.attended.attendance?.keyId !== keys(line).id) return closedLine(line);
  const minute = Math.floor(now.getTime() / 60_000);
  if (known.said && known.minute === minute) return known.said;
  const said = await computeLineStatus(line, known.attended, now);
  seen.set(line, { attended: known.attended, minute, said });
  return said;
}

async function computeLineStatus(
  line: IntakeLine,
  { attendance, openedAt }: AttendanceStatus,
  now: Date,
): Promise<LineStatus> {
  if (!attendance) return closedLine(line);
  const holidays = await bankHolidays();
  const hours: Service['hours'] = {
    usual: weekOf(attendance),
    says: null,
    nation: 'England and Wales',
    bankHolidays: 'closed',
    exceptions: [],
  };
  const stateAt = (at: Date) => hoursAt(hours, at, holidays);
  const standing = attendanceStateOf(attendance, openedAt, now, (at) => stateAt(at).state === 'open');
  if (standing === 'not open') return closedLine(line);
  const state = stateAt(now);
  const next: NextReading =
    state.state === 'open' && state.until
      ? { read: 'now', until: state.until }
      : state.state === 'closed' && state.opens
        ? { read: 'later', from: state.opens }
        : { read: 'not known' };
  return { line, standing, attendance, next };
}
