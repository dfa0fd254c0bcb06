/** Lists of visits: the visits of one day with a filter, and the actions on the first page. */
import { endOf, type VisitInPlan } from '../operations/plan/index.ts';
import type { Field } from '../platform/forms/fields.ts';
import type { Request } from '../platform/http/server.ts';
import type { TableSection } from '../platform/rendering/pages.ts';
import { pageSize, paginate, withQuery } from '../platform/rendering/paging.ts';
import { shortDay } from '../vocabulary/calendar/days.ts';
import { instantAt } from '../vocabulary/calendar/wall-clock.ts';
import { visitPaths } from '../vocabulary/paths/visits.ts';
import type { DecisionNotice } from './decision-to-proceed.ts';
import { mayWrite, type Stage, stageTags } from './pages.ts';
import type { PageOfVisits } from './visit-list-store.ts';

/** Where the team of a visit is; undefined before it arrives, and after the visit is finished. */
export type TeamPlace = 'inside' | 'at the premises' | 'left';
export type VisitWithStage = VisitInPlan & { readonly stage: Stage; readonly team: TeamPlace | undefined };
export type VisitFilter = {
  readonly state: string;
  readonly town: string;
  readonly day: string;
  readonly page: number;
};

/** Today's visits first, then later ones, then past ones, latest first. Open ones come before finished ones. */
export function sortVisits(visits: readonly VisitWithStage[], today: string): VisitWithStage[] {
  const rank = ({ day, stage }: VisitWithStage): number => {
    if (day === today) return stage === 'planned' || stage === 'under way' ? 0 : 1;
    return day > today ? 2 : 3;
  };
  const clock = ({ day, starts }: VisitWithStage): string => `${day} ${starts}`;
  return [...visits].sort(
    (a, b) =>
      rank(a) - rank(b) || (rank(a) === 3 ? -1 : 1) * clock(a).localeCompare(clock(b)) || a.id.localeCompare(b.id),
  );
}

export const startOf = ({ day, starts }: VisitWithStage): Date => instantAt(day, starts);

/** The first visit to come that the member will record. One whose time has passed gives way to a later one of today, and to the one under way. */
export function findNextVisit(
  visits: readonly VisitWithStage[],
  request: Pick<Request, 'can' | 'actor' | 'today' | 'now'>,
): VisitWithStage | undefined {
  const own = visits.filter((visit) => mayWrite(request, visit));
  const waiting = own
    .filter(({ stage, day }) => stage === 'planned' && day >= request.today)
    .toSorted((one, other) => startOf(one).getTime() - startOf(other).getTime());
  const coming = waiting.filter((visit) => endOf(visit) > request.now);
  const today = coming.find(({ day }) => day === request.today);
  return today ?? (own.some(({ stage }) => stage === 'under way') ? coming[0] : waiting[0]);
}

/** The visits with their filter, and which records it names. */
export type VisitsPage = {
  readonly title: string;
  readonly lead: readonly string[];
  readonly filter: readonly Field[];
  readonly list: TableSection;
  readonly shown: readonly string[];
};

declare module '../platform/rendering/views.ts' {
  interface ViewModels {
    'visits/list': VisitsPage;
  }
}

const choose = (
  name: string,
  label: string,
  value: string,
  options: readonly (readonly [value: string, text: string])[],
): Field => ({
  kind: 'select',
  name,
  label,
  value,
  options: options.map(([of, text]) => ({ value: of, text })),
});

function filterFields(towns: readonly string[], filter: VisitFilter): Field[] {
  return [
    choose('day', 'Day', filter.day, [
      ['', 'Any day'],
      ['today', 'Today'],
    ]),
    choose('state', 'State', filter.state, [
      ['all', 'Any state'],
      ['to do', 'To do'],
      ['finished', 'Finished'],
      ['not made', 'Postponed or called off'],
    ]),
    choose('town', 'Town', filter.town, [['', 'Any town'], ...towns.map((town) => [town, town] as const)]),
  ];
}

export function visitsPage(
  { visits: here, total, any, towns }: PageOfVisits,
  filter: VisitFilter,
  today: string,
  /** What teams are told that must not go in yet, by visit. */
  stops: ReadonlyMap<string, DecisionNotice>,
): VisitsPage {
  const { page, ...asked } = filter;
  return {
    shown: here.flatMap((visit) => [visit.id, visit.premises.id]),
    title: 'Visits',
    lead: ['This list shows the planned and finished visits of your teams. Today’s visits come first.'],
    filter: filterFields(towns, filter),
    list: {
      kind: 'table',
      stack: true,
      caption: filter.state === 'all' && filter.town === '' && filter.day === '' ? 'All visits' : 'Visits that fit',
      columns: ['Premises', 'When', 'State', 'Town', 'Team'].map((text) => ({ text })),
      rows: here.map((visit) => [
        { text: visit.premises.name, href: visitPaths.visit(visit.id) },
        { text: `${visit.day === today ? 'Today' : shortDay(visit.day, today)}, ${visit.starts}` },
        { text: [visit.stage, stops.get(visit.id)?.status].filter(Boolean).join(', '), tag: stageTags[visit.stage] },
        { text: visit.premises.town },
        { text: visit.teamName },
      ]),
      empty: !any
        ? 'No visit is planned for your teams in the days round an operation. A planner puts you on a team.'
        : 'No visit fits. Change the filter.',
      pages: paginate(page, pageSize, total, (to) => withQuery(visitPaths.list(), { ...asked, page: to })),
    },
  };
}
