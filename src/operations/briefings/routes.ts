/** Who may make a team's briefing, read it, say so, and see who has. */

import { z } from 'zod';
import { getAgency, memberNames } from '../../identity/agencies/index.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { buttonRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { formatPrinter } from '../../platform/paper/staff-paper.ts';
import { makeStaffPdf } from '../../platform/paper/staff-paper-pdf.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newId, type OperationId } from '../../vocabulary/ids.ts';
import { briefingPaths, operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { createVisitRecordsReader, readVisitRecords } from '../plan/plan-reader.ts';
import { listPlans } from '../plan/store.ts';
import { listRiskAssessments } from '../plan-files/store.ts';
import { getBriefingTime } from '../premises-restriction/briefing-time.ts';
import { listBriefingTimes } from '../premises-restriction/store.ts';
import { isComing, isLedBy, type Team } from '../weeks/operation.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { getTeam, listMembersOfTeams, listTeamMembers, listTeams } from '../weeks/partner-store.ts';
import { getOperation } from '../weeks/store.ts';
import { type Briefing, compareBriefings, createBriefingContent, listTeamAdvice, toRiskFiles } from './briefing.ts';
import { iimarchPage, toIimarchPaper } from './iimarch-page.ts';
import { type OpenVisits, withoutKeptOutVisits, withoutOperationFiles, withoutPremises } from './kept-out.ts';
import { briefingPage, briefingsPage, teamBriefingsPage } from './pages.ts';
import * as store from './store.ts';

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

const isImmigrationReader = async ({ db, actor }: Request): Promise<boolean> =>
  (await getAgency(db, actor.agencyId)).kind === 'immigration';

/** Which visits of an operation the reader may know. Row policies keep immigration officers from visits where they are not present; the rest of a team may know all. */
async function readOpenVisits(request: Request, operationId: OperationId): Promise<OpenVisits> {
  if (!(await isImmigrationReader(request))) return () => true;
  const open = await store.listOpenVisitReferences(request.db, operationId);
  return (reference) => open.has(reference);
}

/** The versions of a team's briefing. Their changes name no premises to a reader who is kept out of a visit. */
async function listReadableBriefings(request: Request, db: Request['db'], team: Pick<Team, 'id' | 'operationId'>) {
  const briefings = await store.listBriefings(db, team.id);
  const isOpen = await readOpenVisits(request, team.operationId);
  if (briefings.every(({ visits }) => visits.every(isOpen))) return briefings;
  return briefings.map((briefing) => ({ ...briefing, changes: withoutPremises(briefing.changes) }));
}

/** The briefings of one team, who has read them, and what a new version would be told. */
async function readTeamBriefings(
  request: Request & { readonly params: z.output<typeof IdPath>; readonly query: z.output<typeof Unchanged> },
  readVisits: ReturnType<typeof createVisitRecordsReader>,
) {
  const { team, operation, all, make } = await getReadableTeam(request, request.params.id);
  const members = await listTeamMembers(request.db, team.id);
  const briefings = await listReadableBriefings(request, request.look('briefings.listed', team.id), team);
  request.returned(briefings.map(({ id }) => id));
  const readings = await store.listReadings(request.db, team.id);
  const names = await memberNames(
    request.db,
    briefings.map(({ madeBy }) => madeBy),
  );
  const advice = make
    ? listTeamAdvice(await getPlan(request, operation.id), team, request.now, await readVisits(request, operation.id))
    : [];
  const unchanged = request.query.unchanged === 'yes';
  const around = { operation, team, members, briefings, readings, names, unchanged };
  return {
    ...teamBriefingsPage(around, { make, all }, advice, request.actor.memberId),
    ...listOperationTabs(request, operation, 'briefings'),
  };
}

/** All teams of an operation: when each is briefed, and who has read the latest version. */
async function readBriefings(request: Request & { readonly params: z.output<typeof IdPath> }) {
  const { db, actor } = request;
  const operation = await getOperation(db, request.params.id);
  const named = actor.operations.includes(operation.id);
  const glass = actor.glassOperation === operation.id;
  const plans = (named && request.can('target.read')) || glass;
  const times = await listBriefingTimes(db, [operation.id]);
  const teams = await listTeams(db, [operation.id]);
  const members = (await listMembersOfTeams(db, [operation.id])).filter(isComing);
  const latest = request.can('briefing.read')
    ? await store.listLatestBriefings(request.look('briefings.listed', operation.id), operation.id)
    : [];
  return briefingsPage(
    {
      operation,
      teams: teams.map((team) => ({
        team,
        time: getBriefingTime(operation, team.id, times),
        members: members.filter(({ teamId }) => teamId === team.id),
        latest: latest.find(({ teamId }) => teamId === team.id),
        opens: plans || actor.teams.includes(team.id),
      })),
    },
    {
      all: plans,
      sets: request.can('briefing time.set') && isLedBy(operation, actor.agencyId),
      papers: named && request.can('plan paper.read'),
      self: actor.memberId,
    },
  );
}

/** One version, without what the plan keeps from its reader. */
async function readBriefing(
  request: Request & { readonly params: z.output<typeof IdPath> },
  event: 'briefing.shown' | 'briefing.exported',
) {
  const db = request.look(event, request.params.id, {
    fields: ['content'],
    ...(event === 'briefing.exported' && { kind: 'disclosure' as const, recipient: request.actor.agencyId }),
  });
  const briefing = await store.getBriefing(db, request.params.id);
  const { operationId, teamId } = briefing;
  const versions = await listReadableBriefings(request, request.db, { id: teamId, operationId });
  const changes = versions.find(({ id }) => id === briefing.id)?.changes ?? [];
  const open = withoutKeptOutVisits({ ...briefing.content, changes }, await readOpenVisits(request, operationId));
  const directs = request.actor.operations.includes(operationId) && request.can('target.read');
  const content = directs ? open : withoutOperationFiles(open);
  return {
    briefing: { ...briefing, content },
    latest: versions[0],
    ofImmigration: await isImmigrationReader(request),
  };
}

/** The same version in the order of an IIMARCH briefing, to print. Its number is that of the briefing. */
function iimarchRoutes(app: App): void {
  const stampOf = ({ actor }: Request, { version, madeAt }: Pick<Briefing, 'version' | 'madeAt'>) => ({
    version,
    made: formatMoment(madeAt),
    printedBy: formatPrinter(actor),
  });
  app.get(briefingPaths.iimarch.route, may('briefing.read', IdPath), async (request, reply) => {
    const { briefing, latest, ofImmigration } = await readBriefing(request, 'briefing.shown');
    return reply.page(
      'platform/paper',
      iimarchPage(briefing, {
        stamp: stampOf(request, briefing),
        latest,
        ofImmigration,
        takes: request.mayTake('briefing.read'),
      }),
    );
  });

  app.get(briefingPaths.iimarchPdf.route, may('briefing.read', IdPath), async (request, reply) => {
    const { briefing, ofImmigration } = await readBriefing(request, 'briefing.exported');
    return reply.export({
      fileName: `iimarch-version-${briefing.version}.pdf`,
      type: 'application/pdf',
      content: await makeStaffPdf(toIimarchPaper(briefing.content, ofImmigration), stampOf(request, briefing)),
    });
  });
}

export async function briefingRoutes(app: App, parts: AreaParts): Promise<void> {
  const readVisits = createVisitRecordsReader(parts);
  app.get(operationPaths.briefings.route, may('briefing time.read', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const page = await readBriefings(request);
    return reply.case({ ...page, ...listOperationTabs(request, operation, 'briefings') });
  });

  app.get(teamPaths.briefing.route, may('briefing.read', IdPath, Unchanged), async (request, reply) =>
    reply.page('operations/briefings/team', await readTeamBriefings(request, readVisits)),
  );

  makeBriefingRoute(app, parts);

  app.get(briefingPaths.briefing.route, may('briefing.read', IdPath), async (request, reply) => {
    const { briefing, latest, ofImmigration } = await readBriefing(request, 'briefing.shown');
    const readings = await store.listReadings(request.db, briefing.teamId);
    const { memberId, teams } = request.actor;
    const own = readings.find((one) => one.briefingId === briefing.id && one.memberId === memberId);
    const names = await memberNames(request.db, [briefing.madeBy]);
    const member = teams.includes(briefing.teamId);
    return reply.page(
      'operations/briefings/briefing',
      briefingPage(briefing, { names, latest, readAt: own?.readAt, member, ofImmigration }),
    );
  });

  iimarchRoutes(app);

  buttonRoute(app, briefingPaths.read.route, {
    may: may('briefing.acknowledge', IdPath),
    load: ({ db, params }) => store.getBriefing(db, params.id),
    event: 'briefing.read',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection' }),
    change: async (tx, { id: briefingId }, _, { actor, now }) =>
      accept(await store.addReading(tx, { briefingId, memberId: actor.memberId as MemberId, readAt: now })),
    next: (_, { id }) => briefingPaths.briefing(id),
  });
}

function makeBriefingRoute(app: App, parts: AreaParts): void {
  buttonRoute(app, teamPaths.briefing.route, {
    may: may('briefing.make', IdPath),
    load: async (request) => {
      const { team, operation, make } = await getReadableTeam(request, request.params.id);
      if (!make) throw notFound('team');
      return { id: newId<'briefing'>(), team, operation };
    },
    saves: 'Briefing',
    event: 'briefing.made',
    subject: ({ id }) => id,
    details: ({ team }) => ({ kind: 'collection', returned: [team.id] }),
    change: async (tx, { id, team, operation }, _, { actor, now: madeAt }) => {
      const [plan] = await listPlans(tx, [operation]);
      if (!plan) throw notFound('operation');
      const told = createBriefingContent(plan, team, madeAt, await readVisitRecords(parts, tx, [operation.id]));
      const before = await store.findLatestContent(tx, team.id);
      const changes = before ? compareBriefings(before, told) : [];
      if (before && changes.length === 0) return refuse('nothing has changed');
      const { id: teamId, operationId } = team;
      const madeBy = actor.memberId as MemberId;
      const riskFiles = toRiskFiles(plan, team, await listRiskAssessments(tx, operationId));
      const content = { ...told, riskFiles, changes };
      return refuseOn({ [uniqueViolation]: 'somebody made a version at the same moment' } as const, () =>
        store.addBriefing(tx, { id, operationId, teamId, content, madeBy, madeAt }),
      );
    },
    refused: (refusal, { team }) =>
      refusal === 'nothing has changed' ? withQuery(teamPaths.briefing(team.id), { unchanged: 'yes' }) : undefined,
    next: (_, { id }) => briefingPaths.briefing(id),
  });
}
