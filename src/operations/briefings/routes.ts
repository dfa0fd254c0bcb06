/** Who may make a team's briefing, read it, say so, and see who has. */

import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { conflict, notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listPlans } from '../plan/store.ts';
import { getTeam, listTeamMembers } from '../weeks/partner-store.ts';
import { getOperation } from '../weeks/store.ts';
import { type BriefingId, compareBriefings, createBriefingContent, listTeamAdvice } from './briefing.ts';
import { briefingPage, teamBriefingsPage } from './pages.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });
const Unchanged = z.object({ unchanged: z.literal('yes').optional().catch(undefined) });

/** The member's own team, or any team of an operation that they plan or command by name. Otherwise not found. */
async function getReadableTeam(request: Request, id: string) {
  const team = await getTeam(request.db, id);
  const inOperation = request.actor.operations.includes(team.operationId);
  const all = (inOperation && request.can('target.read')) || request.actor.glassOperation === team.operationId;
  if (!all && !request.actor.teams.includes(team.id)) throw notFound('team');
  return {
    team,
    operation: await getOperation(request.db, team.operationId),
    all,
    make: inOperation && request.can('briefing.make'),
  };
}

async function getPlan(request: Request, operationId: string) {
  const db = request.look('plan.shown', operationId, { fields: ['premises', 'powers'] });
  const [plan] = await listPlans(db, [await getOperation(db, operationId)]);
  if (!plan) throw notFound('operation');
  return plan;
}

export async function briefingRoutes(app: App): Promise<void> {
  app.get('/teams/:id/briefing', may('briefing.read', IdPath, Unchanged), async (request, reply) => {
    const { team, operation, all, make } = await getReadableTeam(request, request.params.id);
    const members = await listTeamMembers(request.db, team.id);
    const briefings = await store.listBriefings(request.look('briefings.listed', team.id), team.id);
    request.returned(briefings.map(({ id }) => id));
    const readings = await store.listReadings(request.db, team.id);
    const names = await memberNames(
      request.db,
      briefings.map(({ madeBy }) => madeBy),
    );
    const advice = make ? listTeamAdvice(await getPlan(request, operation.id), team, request.today) : [];
    const unchanged = request.query.unchanged === 'yes';
    const around = { operation, team, members, briefings, readings, names, unchanged };
    const model = teamBriefingsPage(around, { make, all }, advice, request.actor.memberId);
    return reply.page('operations/briefings/team', model);
  });

  app.post('/teams/:id/briefing', may('briefing.make', IdPath), async (request, reply) => {
    const { team, operation, make } = await getReadableTeam(request, request.params.id);
    if (!make) throw notFound('team');
    const id = newId<'briefing'>();
    const made = await request.change(
      'briefing.made',
      id,
      async (tx) => {
        const [plan] = await listPlans(tx, [operation]);
        if (!plan) throw notFound('operation');
        const told = createBriefingContent(plan, team, request.today);
        const before = await store.findLatestContent(tx, team.id);
        const changes = before ? compareBriefings(before, told) : [];
        if (before && changes.length === 0) return refuse('nothing has changed');
        const content = { ...told, changes };
        const madeBy = request.actor.memberId as MemberId;
        const { id: teamId, operationId } = team;
        return refuseOn({ [uniqueViolation]: 'made at the same moment' } as const, () =>
          store.addBriefing(tx, { id, operationId, teamId, content, madeBy, madeAt: request.now }),
        );
      },
      { kind: 'collection', returned: [team.id] },
    );
    if (!made.ok && made.refusal === 'nothing has changed')
      return reply.redirect(`/staff/teams/${team.id}/briefing?unchanged=yes`, 303);
    if (!made.ok) throw conflict('somebody made a version at the same moment');
    return reply.redirect(`/staff/briefings/${id}`, 303);
  });

  app.get('/briefings/:id', may('briefing.read', IdPath), async (request, reply) => {
    const db = request.look('briefing.shown', request.params.id, { fields: ['content'] });
    const briefing = await store.getBriefing(db, request.params.id);
    const [latest] = await store.listBriefings(request.db, briefing.teamId);
    const readings = await store.listReadings(request.db, briefing.teamId);
    const { memberId, teams } = request.actor;
    const own = readings.find((one) => one.briefingId === briefing.id && one.memberId === memberId);
    const names = await memberNames(request.db, [briefing.madeBy]);
    const member = teams.includes(briefing.teamId);
    return reply.page(
      'operations/briefings/briefing',
      briefingPage(briefing, { names, latest, readAt: own?.readAt, member }),
    );
  });

  app.post('/briefings/:id/read', may('briefing.acknowledge', IdPath), async (request, reply) => {
    const briefing = await store.getBriefing(request.db, request.params.id);
    const reading = {
      briefingId: request.params.id as BriefingId,
      memberId: request.actor.memberId as MemberId,
      readAt: request.now,
    };
    const read = async (tx: Parameters<typeof store.addReading>[0]) => accept(await store.addReading(tx, reading));
    await request.change('briefing.read', briefing.id, read, { kind: 'collection' });
    return reply.redirect(`/staff/briefings/${briefing.id}`, 303);
  });
}
