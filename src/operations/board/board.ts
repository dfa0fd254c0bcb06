/** The state of each team on the day of an operation: at which visit it is, since when, and whether it is overdue. Pure: no clock, no database, no wording. */
import type { VisitState } from '../../platform/area.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { findSecondEntry } from '../plan-check/warrant-entries.ts';
import type { Team } from '../weeks/operation.ts';

const minuteMs = 60_000;

export const teamStates = ['inside', 'at the premises', 'not started', 'left', 'no visit today'] as const;
export type TeamState = (typeof teamStates)[number];

export type BoardRow = {
  readonly team: Team;
  readonly state: TeamState;
  /** The visit that the team is at, that comes next, or that it made last. */
  readonly visit: VisitInPlan | undefined;
  /** When it arrived or left. */
  readonly since: Date | undefined;
  /** The team is there longer than planned, and has not said that it left. */
  readonly overdueSince: Date | undefined;
  /** Later visits of the day. */
  readonly later: number;
};

const isThere = ({ leftAt, finishedAt }: VisitState): boolean => leftAt === null && finishedAt === null;
/** Answers of a visit at which somebody of the team went in. */
const isInside = ({ answer }: VisitState): boolean => /^(entered|forced)/.test(answer ?? '');

/** One row a team, overdue teams first, then teams at a visit. Visits that began on another day and are not left yet count as today's. */
export function createBoard(
  { teams, visits }: { readonly teams: readonly Team[]; readonly visits: readonly VisitInPlan[] },
  made: VisitRecords,
  { today, now }: { readonly today: string; readonly now: Date },
): readonly BoardRow[] {
  const rows = teams.map((team) => toRow(team, visits, made, today, now));
  const rank = ({ overdueSince, state }: BoardRow): number => (overdueSince ? -1 : teamStates.indexOf(state));
  return rows.toSorted((one, other) => rank(one) - rank(other));
}

function toRow(team: Team, visits: readonly VisitInPlan[], made: VisitRecords, today: string, now: Date): BoardRow {
  const own = visits.filter(({ teamId }) => teamId === team.id);
  const waiting = own.filter(({ id, day, state }) => day === today && state === 'planned' && !made.has(id));
  const begun = own
    .flatMap((visit) => {
      const record = made.get(visit.id);
      return record && (visit.day === today || isThere(record)) ? [{ visit, record }] : [];
    })
    .toSorted((one, other) => other.record.arrivedAt.getTime() - one.record.arrivedAt.getTime());
  const current = begun.find(({ record }) => isThere(record));
  if (current) {
    const { visit, record } = current;
    const due = new Date(record.arrivedAt.getTime() + visit.minutes * minuteMs);
    return {
      team,
      state: isInside(record) ? 'inside' : 'at the premises',
      visit,
      since: record.arrivedAt,
      overdueSince: due < now ? due : undefined,
      later: waiting.length,
    };
  }
  const [next] = waiting;
  const nothing = { team, since: undefined, overdueSince: undefined };
  if (next) return { ...nothing, state: 'not started', visit: next, later: waiting.length - 1 };
  const [last] = begun;
  if (!last) return { ...nothing, state: 'no visit today', visit: undefined, later: 0 };
  const { visit, record } = last;
  return { ...nothing, state: 'left', visit, since: record.leftAt ?? record.finishedAt ?? undefined, later: 0 };
}

/** Teams that would go in next, or went in, under a warrant for one entry that another team used first. */
export const listSecondEntries = (
  rows: readonly BoardRow[],
  plan: Plan,
  made: VisitRecords,
  now: Date,
): ReadonlyMap<BoardRow, 'used' | 'inside'> =>
  new Map(
    rows.flatMap((row) => {
      const { state, visit } = row;
      if (!visit || state === 'left') return [];
      const found = findSecondEntry(plan, visit, { made, now });
      return found ? [[row, found] as const] : [];
    }),
  );
