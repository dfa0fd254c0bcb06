/** Who will see what, when: a chart of teams over time, and a table with a row for each team and each person. */

import { type BreakGlassDetails, breakGlassColumns, breakGlassRow } from '../../access/break-glass/index.ts';
import { dayOf } from '../../platform/clock.ts';
import type { CasePage } from '../../platform/rendering/pages.ts';
import { addDays, daysBetween, shortDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import type { OperationInWeek, Participant, Team } from '../weeks/operation.ts';
import { type BriefingTime, getAccessState } from './briefing-time.ts';
import { formatShortBriefingTime } from './pages.ts';
import type { GrantInterval } from './store.ts';

export type TeamAccessWindow = {
  readonly team: Pick<Team, 'id' | 'name'>;
  readonly time: BriefingTime;
  readonly closes: Date;
};
export type PersonAccess = Pick<Participant, 'memberId' | 'name' | 'title' | 'roles' | 'printedName'>;

const text = (words: string) => ({ text: words });
const formatUntil = (at: Date | null): string => (at ? formatMoment(at) : 'until they leave the operation');
const stateTag = { sealed: 'grey', open: 'green', closed: 'grey' } as const;

export type AccessWindowPageData = {
  readonly operation: OperationInWeek;
  readonly teams: readonly TeamAccessWindow[];
  readonly people: readonly PersonAccess[];
  readonly intervals: readonly GrantInterval[];
  readonly glass: readonly BreakGlassDetails[];
  /** What a person reads by standing so: from the policy table. */
  readonly reads: (person: PersonAccess, standing: GrantInterval['relation']) => readonly string[];
  readonly change: boolean;
};

export type AccessWindowPage = CasePage & {
  readonly picture: ReturnType<typeof createAccessWindowChart> | undefined;
  readonly pictureTitle: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/premises-restriction/access-window': AccessWindowPage;
  }
}

export function accessWindowPage(around: AccessWindowPageData, now: Date): AccessWindowPage {
  const { operation, teams, people, glass } = around;
  return {
    title: 'Access windows',
    caption: operation.codeName,
    back: { href: operationPaths.operation(operation.id), text: operation.codeName },
    lead: [
      'Planners and commanders added to the operation can see its premises at all times. Each team can see the details of its own premises in Safelight, from its briefing until the operation’s records are finished. The database checks each member’s access every time they open the premises.',
    ],
    picture: teams.length > 0 ? createAccessWindowChart(teams, now) : undefined,
    pictureTitle: 'Teams and time',
    actions: around.change
      ? [{ href: operationPaths.briefingTime(operation.id), text: 'Briefing time of all teams', secondary: true }]
      : [],
    sections: [
      {
        kind: 'table',
        id: 'teams',
        caption: 'Teams',
        columns: ['Team', 'Opens: briefing', 'Closes', 'Now', 'Time'].map(text),
        rows: teams.map(({ team, time, closes }) => {
          const state = getAccessState(time.opensAt, closes, now);
          return [
            text(team.name),
            text(formatMoment(time.opensAt) + (time.place ? `, ${time.place}` : '')),
            text(formatMoment(closes)),
            { text: state, tag: stateTag[state] },
            { text: 'Time', hidden: `of ${team.name}`, href: teamPaths.briefingTime(team.id) },
          ];
        }),
        empty: 'No teams yet. Until there are, only planners and commanders added to the operation see the premises.',
      },
      {
        kind: 'table',
        id: 'people',
        caption: 'People added to the operation',
        columns: ['Name', 'Roles', 'By', 'From', 'Until', 'Reads'].map(text),
        rows: people.flatMap((person) => personRows(person, around)),
        empty: 'Nobody has been added yet.',
      },
      {
        kind: 'table',
        id: 'glass',
        caption: 'Emergency access',
        columns: breakGlassColumns,
        rows: glass.map((one) => breakGlassRow(one, now)),
        empty: 'Nobody has used emergency access to this operation.',
      },
    ],
  };
}

function personRows(person: PersonAccess, { intervals, teams, reads }: AccessWindowPageData) {
  const own = intervals.filter(({ memberId }) => memberId === person.memberId);
  return own.map((interval) => {
    const team = teams.find((one) => one.team.id === interval.subject);
    const read = reads(person, interval.relation);
    const by = {
      member: 'name',
      team: team?.team.name ?? 'a team that was removed',
      glass: 'emergency access',
      partner: 'agency',
    };
    return [
      text(`${person.title} ${person.name}, ${person.printedName}`),
      text(person.roles.join(', ')),
      text(by[interval.relation]),
      text(formatMoment(interval.since)),
      text(formatUntil(interval.until)),
      text(read.length > 0 ? capital(listOf(read)) : 'nothing in the plan'),
    ];
  });
}

const labelWidth = 118;
const width = 900;
const headerHeight = 44;
const rowHeight = 34;

/** Teams down, days across; each bar runs from the briefing to the closing, and one line says where now is. */
export function createAccessWindowChart(teams: readonly TeamAccessWindow[], now: Date) {
  const first = dayOf(new Date(Math.min(...teams.map(({ time }) => time.opensAt.getTime()))));
  const last = dayOf(new Date(Math.max(...teams.map(({ closes }) => closes.getTime()))));
  const from = addDays(first, -1);
  const days = daysBetween(from, last) + 1;
  const dayWidth = Math.max(44, Math.floor((width - labelWidth) / days));
  const start = Date.parse(`${from}T00:00:00Z`);
  const x = (at: Date): number => labelWidth + Math.round(((at.getTime() - start) / 86_400_000) * dayWidth);
  const inside = x(now) >= labelWidth && x(now) <= labelWidth + days * dayWidth;
  return {
    width: labelWidth + days * dayWidth,
    height: headerHeight + teams.length * rowHeight,
    days: Array.from({ length: days }, (_, index) => {
      const day = addDays(from, index);
      const left = labelWidth + index * dayWidth;
      return {
        x: left,
        middle: left + dayWidth / 2,
        weekday: weekdayOf(day).slice(0, 2),
        date: shortDay(day).split(' ')[0],
      };
    }),
    dayWidth,
    rows: teams.map(({ team, time, closes }, index) => ({
      name: team.name.slice(0, 15),
      y: headerHeight + index * rowHeight,
      x: x(time.opensAt),
      width: Math.max(3, x(closes) - x(time.opensAt)),
      state: getAccessState(time.opensAt, closes, now),
      title: `${team.name}: opens ${formatMoment(time.opensAt)}, closes ${formatMoment(closes)}`,
      words: formatShortBriefingTime({ ...time, place: null }),
    })),
    now: inside ? { x: x(now), words: `Now, ${formatMoment(now)}` } : null,
    alternative: `When each team can see its targets: ${listOf(teams.map(({ team, time, closes }) => `${team.name} from ${formatMoment(time.opensAt)} until ${formatMoment(closes)}`))}. The table below gives the same times.`,
  };
}
