/** The operation-day board: one row a team, for commanders and planners. */
import { dayOf, timeOf } from '../../platform/clock.ts';
import type { SectionsPage } from '../../platform/rendering/pages.ts';
import { longDay, shortDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { formatHours } from '../plan/planned-visit.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import type { BoardRow, TeamState } from './board.ts';

export type BoardPage = SectionsPage & {
  /** What a commander must know before the table. */
  readonly alarms: readonly string[];
  /** Where the page is fetched again. */
  readonly address: string;
  readonly updated: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/board/board': BoardPage;
  }
}

const stateTags: Record<TeamState, string> = {
  inside: 'orange',
  'at the premises': 'orange',
  'not started': 'grey',
  left: 'green',
  'no visit today': 'grey',
};

const text = (words: string) => ({ text: words });

/** "10:40", and the day where it is another. */
const formatSince = (at: Date, today: string): string =>
  dayOf(at) === today ? timeOf(at) : `${timeOf(at)} on ${shortDay(dayOf(at))}`;

type Shown = {
  readonly now: Date;
  readonly today: string;
  readonly opensVisits: boolean;
  /** What a commander decided; undefined before any decision. */
  readonly decision: 'go' | 'no-go' | undefined;
  /** Planned visits that were added after the decision. */
  readonly unseen: ReadonlySet<string>;
  /** Teams whose warrant another team used first. */
  readonly secondEntries: ReadonlyMap<BoardRow, 'used' | 'inside'>;
};

const isAtPremises = ({ state }: BoardRow): boolean => state === 'inside' || state === 'at the premises';

/** "Team 2 goes to Blue Door next, but another team is inside under the same warrant. Call its team leader." */
function formatSecondEntry(row: BoardRow, how: 'used' | 'inside'): string {
  const place = row.visit?.premises.name;
  const team = isAtPremises(row)
    ? `${row.team.name} is ${row.state === 'inside' ? 'inside' : 'at'} ${place}`
    : `${row.team.name} goes to ${place} next`;
  const first = how === 'inside' ? 'another team is inside under the same warrant' : 'its warrant was used already';
  return `${team}, but ${first}. Call its team leader.`;
}

/** Teams that are where no commander sent them come first, then teams that are overdue. */
function listAlarms(rows: readonly BoardRow[], { today, decision, unseen, secondEntries }: Shown): string[] {
  const without =
    decision === 'no-go'
      ? 'although a commander decided not to go ahead'
      : 'and no commander has decided on this visit';
  const astray = rows.filter(
    (row) => isAtPremises(row) && (decision !== 'go' || (row.visit && unseen.has(row.visit.id))),
  );
  return [
    ...astray.map(
      ({ team, state, visit }) =>
        `${team.name} is ${state === 'inside' ? 'inside' : 'at'} ${visit?.premises.name}, ${without}. Call its team leader.`,
    ),
    ...[...secondEntries].map(([row, how]) => formatSecondEntry(row, how)),
    ...rows.flatMap(({ team, overdueSince }) =>
      overdueSince ? [`${team.name} is overdue since ${formatSince(overdueSince, today)}. Call its team leader.`] : [],
    ),
  ];
}

export function boardPage(operation: OperationInWeek, rows: readonly BoardRow[], shown: Shown): BoardPage {
  const { now, today, opensVisits } = shown;
  const none = rows.every(({ state }) => state === 'no visit today');
  return {
    title: 'Operation-day board',
    caption: `${operation.codeName}, ${longDay(today)}`,
    address: operationPaths.board(operation.id),
    updated: `Updated at ${timeOf(now)}`,
    alarms: listAlarms(rows, shown),
    sections: [
      {
        kind: 'table',
        caption: 'Teams',
        stack: true,
        columns: ['Team', 'State', 'Since', 'Visit', 'Premises', 'Planned', 'Later today'].map(text),
        rows: none ? [] : rows.map((row) => toCells(row, today, opensVisits)),
        empty: 'No visit is planned for today. On the day of a visit, this page shows the state of each team.',
      },
    ],
  };
}

function toCells({ team, state, visit, since, overdueSince, later }: BoardRow, today: string, opensVisits: boolean) {
  const reference = visit && referenceOf('visit', visit.id);
  return [
    text(team.name),
    overdueSince ? { text: `Overdue, ${state}`, tag: 'red' } : { text: capital(state), tag: stateTags[state] },
    text(since ? formatSince(since, today) : 'not yet'),
    visit && opensVisits
      ? { text: reference, href: visitPaths.visit(visit.id), hidden: `of ${team.name}` }
      : text(reference ?? 'none'),
    visit
      ? { text: `${visit.premises.name}, ${visit.premises.town}`, href: premisesPaths.premises(visit.premisesId) }
      : text('none'),
    text(visit ? formatHours(visit) : 'none'),
    text(String(later)),
  ];
}
