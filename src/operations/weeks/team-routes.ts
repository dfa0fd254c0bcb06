/** Routes for the teams of an operation: make one, change its members, end it. */

import { z } from 'zod';
import type { Writer } from '../../platform/database/database.ts';
import { foreignKeyViolation, refuseOn } from '../../platform/database/violations.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, staleForm, withChanges } from '../../platform/forms/stale-form.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { operationPaths, premisesPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { TeamForm } from './forms.ts';
import type { OperationInWeek, Participant, Team } from './operation.ts';
import * as store from './partner-store.ts';
import { getTeamFields, teamErrors, teamFormPage, teamRemovePage, toTeamForm } from './people-pages.ts';
import { getOwnOperation } from './routes.ts';
import { lockOperation } from './store.ts';

/** The premises whose visit is planned once there is a team. Whether the reader may plan there is asked by that page. */
const TeamQuery = z.object({ premises: z.uuid().optional().catch(undefined) });

type TeamSubject = { readonly operation: OperationInWeek; readonly people: readonly Participant[] };

const hasNonParticipants = ({ people }: TeamSubject, members: readonly MemberId[]): boolean =>
  !members.every((member) => people.some(({ memberId }) => memberId === member));

const forTeams = {
  may: may('taking part.change', IdPath),
  form: TeamForm,
  check: (subject: TeamSubject, { members }: { readonly members: readonly MemberId[] }) =>
    hasNonParticipants(subject, members) ? teamErrors['not taking part'] : undefined,
  next: (_: unknown, { operation }: Pick<TeamSubject, 'operation'>) => `${operationPaths.people(operation.id)}#teams`,
};

function addTeamRoute(app: App): void {
  formRoute(app, operationPaths.addTeam.route, {
    ...forTeams,
    may: may('taking part.change', IdPath, TeamQuery),
    load: async (request) => {
      const operation = await getOwnOperation(request, request.params.id);
      return { id: newId<'team'>(), operation, people: await store.listParticipants(request.db, [operation.id]) };
    },
    page: ({ operation, people }, _typed, _errors, { query }) =>
      teamFormPage(operation, people, { visitTo: query.premises }),
    saves: 'Team',
    event: 'team.added',
    subject: ({ id }) => id,
    details: (_, { members }) => ({ kind: 'collection', returned: members }),
    change: async (tx, { id, operation }, { members, ...values }) => {
      const team: Team = { id, operationId: operation.id, ...values };
      await lockOperation(tx, operation.id);
      const teams = await store.listTeams(tx, [operation.id]);
      if (teams.some(({ name }) => name === team.name)) return refuse('name taken');
      await store.addTeam(tx, team);
      await store.joinTeam(tx, team, members);
      return accept(true);
    },
    refusals: teamErrors,
    next: (done, known, _values, { query }) =>
      query.premises ? premisesPaths.addVisit(query.premises) : forTeams.next(done, known),
  });
}

function changeTeamRoute(app: App): void {
  formRoute(app, teamPaths.change.route, {
    ...forTeams,
    load: async (request) => {
      const subject = await getOwnTeam(request, request.params.id);
      return {
        ...subject,
        fields: getTeamFields(subject.people),
        now: toTeamForm(subject.team, subject.members),
      };
    },
    page: ({ operation, people, team, members, fields, now }, _, errors, { body }) =>
      withChanges(teamFormPage(operation, people, { team, members }), errors, body, now, fields),
    retype: (body, { now, fields }, errors) => answersAfterStale(body, now, fields, errors),
    saves: 'Team',
    event: 'team.changed',
    subject: ({ team }) => team.id,
    details: (_, { members }) => ({ fields: ['name', 'leadId', 'members'], returned: members }),
    change: async (tx, known, { members, ...values }, { body }) => {
      await lockOperation(tx, known.operation.id);
      const team = await store.getTeam(tx, known.team.id);
      known.now = toTeamForm(team, await store.listEverybodyOnTeam(tx, team.id));
      if (isStale(body, known.now, known.fields)) return refuse('stale');
      const teams = await store.listTeams(tx, [known.operation.id]);
      if (teams.some(({ id, name }) => id !== team.id && name === values.name)) return refuse('name taken');
      await store.saveTeam(tx, { ...team, ...values });
      await replaceMembers(tx, team, known.now.members, members);
      return accept(true);
    },
    refusals: { ...teamErrors, stale: staleForm },
  });
}

async function replaceMembers(
  tx: Writer<store.ParticipationTables>,
  team: Team,
  before: readonly MemberId[],
  after: readonly MemberId[],
): Promise<void> {
  await store.leaveTeam(
    tx,
    team.id,
    before.filter((member) => !after.includes(member)),
  );
  await store.joinTeam(
    tx,
    team,
    after.filter((member) => !before.includes(member)),
  );
}

export async function teamRoutes(app: App): Promise<void> {
  addTeamRoute(app);
  changeTeamRoute(app);

  formRoute(app, teamPaths.remove.route, {
    may: forTeams.may,
    load: (request) => getOwnTeam(request, request.params.id),
    form: NothingAsked,
    page: ({ operation, team }) => teamRemovePage(operation, team),
    event: 'team.removed',
    subject: ({ team }) => team.id,
    details: () => ({ kind: 'erasure' }),
    change: (tx, { team }) =>
      refuseOn({ [foreignKeyViolation]: 'has visits' } as const, () => store.removeTeam(tx, team)),
    refusals: teamErrors,
    next: forTeams.next,
  });
}

export async function getOwnTeam(request: Request, id: string) {
  const team = await store.getTeam(request.db, id);
  const operation = await getOwnOperation(request, team.operationId);
  const members = await store.listEverybodyOnTeam(request.db, team.id);
  const people = await store.listParticipants(request.db, [operation.id]);
  return { operation, team, members, people };
}
