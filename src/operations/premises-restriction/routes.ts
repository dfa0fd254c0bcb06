/** Who may say when a team is briefed, and see who will see what, when. */
import type { z } from 'zod';
import { listBreakGlass } from '../../access/break-glass/index.ts';
import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { notify } from '../../platform/notifications/index.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { operationPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import { isComing, isLedBy, type OperationInWeek, type Team } from '../weeks/operation.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { getTeam, listMembersOfTeams, listParticipants, listTeams } from '../weeks/partner-store.ts';
import { getOperation } from '../weeks/store.ts';
import { listReadableClasses } from './access-window.ts';
import { accessWindowPage } from './access-window-pages.ts';
import { calculateAccessEnd, getBriefingTime, resolveBriefingTime, type SetBriefingTime } from './briefing-time.ts';
import { BriefingTimeForm } from './forms.ts';
import { briefingTimeErrors, briefingTimePage, getBriefingTimePaths, setBriefingTimePage } from './pages.ts';
import { insertBriefingTime, listBriefingTimes, listGrantIntervals, listTeamDays } from './store.ts';

type BriefingTimeSubject = { readonly operation: OperationInWeek; readonly team: Team | undefined };

const getTeamSubject = async (request: Request, id: string): Promise<BriefingTimeSubject> => {
  const team = await getTeam(request.db, id);
  return { team, operation: await getOperation(request.db, team.operationId) };
};
const getOperationSubject = async (request: Request, id: string): Promise<BriefingTimeSubject> => ({
  team: undefined,
  operation: await getOperation(request.db, id),
});

/** Planners of the leading agency, and its commanders who were added by name, set the times. */
const maySetBriefingTime = ({ actor, can }: Request, { operation }: BriefingTimeSubject): boolean =>
  can('briefing time.set') &&
  isLedBy(operation, actor.agencyId) &&
  (actor.roles.includes('planner') || actor.operations.includes(operation.id));

async function readBriefingTime(request: Request, { operation, team }: BriefingTimeSubject) {
  const times = await listBriefingTimes(request.db, [operation.id]);
  const now = getBriefingTime(operation, team?.id ?? null, times);
  return { operation, team, now, closes: calculateAccessEnd(operation), times };
}

/** The same pages for one team and for all that have no time of their own. */
function briefingTimeRoutes(
  app: App,
  { briefingTime, setBriefingTime }: Pick<typeof teamPaths | typeof operationPaths, 'briefingTime' | 'setBriefingTime'>,
  find: typeof getTeamSubject,
): void {
  app.get(briefingTime.route, may('briefing time.read', IdPath), async (request, reply) => {
    const subject = await find(request, request.params.id);
    const { times, ...time } = await readBriefingTime(request, subject);
    const history = times.filter(({ teamId }) => teamId === null || teamId === subject.team?.id);
    const names = await memberNames(
      request.db,
      history.map(({ setBy }) => setBy),
    );
    const days = (await listTeamDays(request.db)).filter(({ teamId }) => teamId === subject.team?.id);
    const shown = { ...time, days: days.map(({ day }) => day), history, names };
    return reply.case({
      ...briefingTimePage(shown, { set: maySetBriefingTime(request, subject) }, request.now),
      ...listOperationTabs(request, subject.operation, 'briefings'),
    });
  });

  formRoute(app, setBriefingTime.route, {
    may: may('briefing time.set', IdPath),
    load: async (request) => {
      const subject = await find(request, request.params.id);
      if (!maySetBriefingTime(request, subject))
        throw new Problem('forbidden', 'the agency that leads sets briefing times');
      return readBriefingTime(request, subject);
    },
    form: BriefingTimeForm,
    check: ({ operation }, values) => {
      const opens = resolveBriefingTime(operation, values);
      return opens.ok ? undefined : briefingTimeErrors[opens.refusal];
    },
    page: setBriefingTimePage,
    saves: 'Briefing time',
    event: 'briefing time.set',
    subject: ({ operation, team }) => team?.id ?? operation.id,
    details: (_, { reason }) => ({ fields: ['day', 'time', 'place'], reason }),
    change: (tx, subject, values, request) => changeBriefingTime(tx, subject, values, request),
    refusals: briefingTimeErrors,
    next: (_, subject) => getBriefingTimePaths(subject).time,
  });
}

async function changeBriefingTime(
  tx: Writer<AnyTables>,
  { operation, team, times }: BriefingTimeSubject & { readonly times: readonly SetBriefingTime[] },
  values: z.output<typeof BriefingTimeForm>,
  { actor, now }: Pick<Request, 'actor' | 'now'>,
) {
  const opens = resolveBriefingTime(operation, values);
  if (!opens.ok) return opens;
  await insertBriefingTime(tx, {
    id: newId(),
    operationId: operation.id,
    teamId: team?.id ?? null,
    ...values,
    opensAt: opens.value,
    setBy: actor.memberId as MemberId,
    setAt: now,
  });
  await notifyMembers(tx, { operation, team }, times, now);
  return accept(true);
}

/** Those whom it moves: the team, or all whose teams have no time of their own. */
async function notifyMembers(
  tx: Writer<AnyTables>,
  { operation, team }: BriefingTimeSubject,
  times: readonly SetBriefingTime[],
  madeAt: Date,
): Promise<void> {
  const members = (await listMembersOfTeams(tx, [operation.id])).filter(isComing);
  const moved = members.filter(({ teamId }) =>
    team ? teamId === team.id : !times.some((one) => one.teamId === teamId),
  );
  await notify(
    tx,
    moved.map(({ teamId, memberId }) => ({
      kind: 'briefing time set',
      subject: teamId,
      ownerId: operation.agencyId,
      to: { member: memberId },
      madeAt,
    })),
  );
}

export async function premisesRestrictionRoutes(app: App, { requestServices }: AreaParts): Promise<void> {
  briefingTimeRoutes(app, teamPaths, getTeamSubject);
  briefingTimeRoutes(app, operationPaths, getOperationSubject);

  app.get(operationPaths.accessWindow.route, may('briefing time.set', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const named = request.actor.operations.includes(operation.id);
    const change = maySetBriefingTime(request, { operation, team: undefined });
    if (!named && !change) throw notFound('operation');
    const times = await listBriefingTimes(request.db, [operation.id]);
    const teams = (await listTeams(request.db, [operation.id])).map((team) => ({
      team,
      time: getBriefingTime(operation, team.id, times),
      closes: calculateAccessEnd(operation),
    }));
    const people = await listParticipants(request.db, [operation.id]);
    const sides = new Map((await listAgencies(request.db)).map(({ id, side }) => [id, side]));
    const side = new Map(people.map(({ memberId, agencyId }) => [memberId, sides.get(agencyId) ?? 'help']));
    return reply.page('operations/premises-restriction/access-window', {
      ...accessWindowPage(
        {
          operation,
          teams,
          people,
          change,
          intervals: await listGrantIntervals(request.db, operation.id),
          glass: await listBreakGlass(request.db, { operationId: operation.id }),
          reads: ({ memberId, roles }, standing) =>
            listReadableClasses(requestServices.access.policy, { roles, side: side.get(memberId) ?? 'help' }, standing),
        },
        request.now,
      ),
      ...listOperationTabs(request, operation, 'overview'),
    });
  });
}
