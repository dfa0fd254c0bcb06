/** Who may open the schedule of an operation, and take a team's calendar along. */

import { instantAt } from '../../platform/clock.ts';
import { toFileName } from '../../platform/exports/csv.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { createVisitRecordsReader, getPlan, getPlanAccess, withWaitingVisits } from '../plan/plan-reader.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import { listPlannedVisits } from '../plan/store.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { getTeam } from '../weeks/partner-store.ts';
import { type CalendarEvent, writeCalendar } from './calendar-file.ts';
import { schedulePage } from './pages.ts';

const minuteMs = 60_000;

/** It does not name the premises: a calendar shows its events on a locked phone. */
const toEvent = ({ id, day, starts, minutes, state, teamName, premises }: VisitInPlan): CalendarEvent => {
  const from = instantAt(day, starts);
  return {
    id,
    summary: `${teamName}: visit ${referenceOf('visit', id)}`,
    location: premises.town,
    starts: from,
    ends: new Date(from.getTime() + minutes * minuteMs),
    cancelled: state !== 'planned',
  };
};

export async function scheduleRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);

  app.get(operationPaths.schedule.route, may('operation.read', IdPath), async (request, reply) => {
    const plan = await getPlan(request, request.params.id);
    const access = await withWaitingVisits(request, plan, getPlanAccess(request, plan));
    if (!access.named && !access.glass) throw notFound('operation');
    const made = await readVisits(request, plan.operation.id);
    const takes = access.named && request.mayTake('planned visit.read');
    return reply.page('operations/schedule/schedule', {
      ...schedulePage({ plan, access, made, today: request.today, takes }),
      ...listOperationTabs(request, plan.operation, 'schedule'),
    });
  });

  app.get(teamPaths.calendar.route, may('planned visit.read', IdPath), async (request, reply) => {
    const { db, actor, now } = request;
    const team = await getTeam(db, request.params.id);
    if (!actor.operations.includes(team.operationId)) throw notFound('team');
    const read = request.look('calendar.taken', team.id, {
      kind: 'disclosure',
      recipient: actor.agencyId,
      fields: ['town'],
    });
    const visits = (await listPlannedVisits(read, { operationIds: [team.operationId] })).filter(
      ({ teamId }) => teamId === team.id,
    );
    if (visits.length === 0) throw notFound('visit of this team');
    request.returned(visits.map(({ id }) => id));
    return reply.export({
      fileName: `${toFileName(team.name)}.ics`,
      type: 'text/calendar',
      content: writeCalendar(team.name, visits.map(toEvent), now),
    });
  });
}
