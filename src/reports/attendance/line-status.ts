/** The state of a line at this minute: what the public sees before the first question, whether anybody has looked, and the key to seal to. */
import type { StoreName } from '../../platform/access-policy/access.ts';
import { type Db, isUnavailable } from '../../platform/database/database.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { bankHolidays, hoursAt, type Service } from '../../public/signs/index.ts';
import { type Attended, attendanceNow } from '../intake/store.ts';
import type { Line } from '../report.ts';
import { pairOf } from '../sealing/sealed-report.ts';
import type { IntakeKeys } from '../sealing/sealing.ts';
import { type Attendance, type Standing, standingOf, weekOf } from './attendance.ts';

export const storeOf: Record<Line, StoreName> = { police: 'main', help: 'safeguarding' };

export type Lines = {
  /** Undefined where this process has no way to that store. */
  readonly db: (line: Line) => Db | undefined;
  readonly keys: (line: Line) => IntakeKeys;
  /** As this process last saw them attended, and what there was to say of it in that minute. */
  readonly seen: Map<Line, { readonly attended: Attended; readonly minute?: number; readonly said?: LineNow }>;
};

type Parts = Pick<AreaParts, 'ground' | 'keys' | 'intakeKeys'>;

/** The public's own way to each store, and the public half of each line's keys: by the setting, where this process holds no other. */
export function linesOf({ ground, keys, intakeKeys }: Parts): Lines {
  const known = new Map<Line, IntakeKeys>();
  return {
    seen: new Map(),
    db: (line) =>
      ground.databases.has(storeOf[line], 'public') ? ground.databases.for(storeOf[line], 'public') : undefined,
    keys: (line) => {
      const found = known.get(line) ?? intakeKeys?.[line] ?? publicHalf(pairOf(keys, line));
      known.set(line, found);
      return found;
    },
  };
}

const publicHalf = ({ id, publicKey }: IntakeKeys): IntakeKeys => ({ id, publicKey });

export type LineNow = {
  readonly line: Line;
  readonly standing: Standing;
  readonly attendance: Attendance | undefined;
  readonly next: NextRead;
};

/** When somebody reads next: now and until when, or from when, where it is known. */
export type NextRead =
  | { readonly read: 'now'; readonly until: Date }
  | { readonly read: 'later'; readonly from: Date }
  | { readonly read: 'not known' };

const shut = (line: Line): LineNow => ({
  line,
  standing: 'not open',
  attendance: undefined,
  next: { read: 'not known' },
});

/** A line is not open if its store cannot be reached, or if its staff hold another key than this process. Reports that nobody could read must not be accepted. */
export async function lineNow(lines: Lines, line: Line, now: Date): Promise<LineNow> {
  const reached = lines.db(line);
  const attended =
    reached &&
    (await attendanceNow(reached).catch((error: unknown) => {
      if (isUnavailable(error)) return undefined;
      throw error;
    }));
  if (attended) lines.seen.set(line, { attended });
  else lines.seen.delete(line);
  return lineAsSeen(lines, line, now);
}

/** Without asking: for what the store itself checks again before it takes anything in. */
export async function lineAsSeen({ keys, seen }: Lines, line: Line, now: Date): Promise<LineNow> {
  const known = seen.get(line);
  if (known?.attended.attendance?.keyId !== keys(line).id) return shut(line);
  const minute = Math.floor(now.getTime() / 60_000);
  if (known.said && known.minute === minute) return known.said;
  const said = await sayNow(line, known.attended, now);
  seen.set(line, { attended: known.attended, minute, said });
  return said;
}

async function sayNow(line: Line, { attendance, openedAt }: Attended, now: Date): Promise<LineNow> {
  if (!attendance) return shut(line);
  const holidays = await bankHolidays();
  const hours: Service['hours'] = {
    usual: weekOf(attendance),
    says: null,
    nation: 'England and Wales',
    bankHolidays: 'closed',
    exceptions: [],
  };
  const stateAt = (at: Date) => hoursAt(hours, at, holidays);
  const standing = standingOf(attendance, openedAt, now, (at) => stateAt(at).state === 'open');
  if (standing === 'not open') return shut(line);
  const state = stateAt(now);
  const next: NextRead =
    state.state === 'open' && state.until
      ? { read: 'now', until: state.until }
      : state.state === 'closed' && state.opens
        ? { read: 'later', from: state.opens }
        : { read: 'not known' };
  return { line, standing, attendance, next };
}
