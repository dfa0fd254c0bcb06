/** The schedule of an operation: days and teams as a picture, the towns on a map, the visits as a table, and a calendar file for each team. */
import type { SectionsPage } from '../../platform/rendering/pages.ts';
import { operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { type PlanAccess, visitsSection } from '../plan/plan-pages.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { createPlanChart, type PlanChart } from './plan-chart.ts';
import { drawTownMap, type TownMap } from './town-map.ts';

export type SchedulePage = SectionsPage & {
  readonly picture: PlanChart | undefined;
  readonly map: TownMap | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/schedule/schedule': SchedulePage;
  }
}

export type ScheduleData = {
  readonly plan: Plan;
  readonly access: PlanAccess;
  readonly made: VisitRecords;
  readonly today: string;
  /** Whether the reader may take calendar files out of Safelight. */
  readonly takes: boolean;
};

export function schedulePage({ plan, access, made, today, takes }: ScheduleData): SchedulePage {
  const { operation, visits } = plan;
  const shown = plan.teams.filter(({ id }) => visits.some(({ teamId }) => teamId === id));
  return {
    title: 'Schedule',
    caption: operation.codeName,
    actions:
      access.plan && access.named
        ? [{ href: operationPaths.board(operation.id), text: 'Operation-day board', secondary: true }]
        : [],
    picture: visits.length > 0 ? createPlanChart(plan, made, today, access.waiting) : undefined,
    map: drawTownMap(visits.filter(({ state }) => state !== 'called off').map(({ premises }) => premises)),
    sections: [
      visitsSection(plan, access, made, today),
      ...(takes && shown.length > 0
        ? [
            {
              kind: 'list' as const,
              id: 'calendars',
              title: 'Calendar files',
              lead: [
                'Each calendar event shows the team, the visit’s reference and the town. The event does not name the premises.',
              ],
              items: shown.map(({ id, name }) => ({
                href: teamPaths.calendar(id),
                text: `Calendar of ${name} (.ics)`,
              })),
            },
          ]
        : []),
    ],
  };
}
