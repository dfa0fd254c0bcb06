/** Routes for the teams of an operation: make one, change its members, end it. */

import type { FastifyRequest as Request } from 'fastify';
import { foreignKeyViolation, refuseOn } from '../../platform/database/violations.ts';
import { answersOf, type FormErrors, readForm } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, listChanges, staleForm } from '../../platform/forms/stale-form.ts';
import { type App, may } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { TeamForm } from './forms.ts';
import type { Team } from './operation.ts';
import * as store from './partner-store.ts';
import { getTeamFields, teamErrors, teamFormPage, teamRemovePage, toTeamForm } from './people-pages.ts';
import { getOwnOperation, IdPath } from './routes.ts';
import { lockOperation } from './store.ts';

export async function teamRoutes(app: App): Promise<void> {
  app.get('/operations/:id/teams/new', may('taking part.change', IdPath), async (request, reply) => {
    const operation = await getOwnOperation(request, request.params.id);
    const people = await store.listParticipants(request.db, [operation.id]);
    return reply.page('platform/form', teamFormPage(operation, people, {}));
  });

  app.post('/operations/:id/teams/new', may('taking part.change', IdPath), async (request, reply) => {
    const operation = await getOwnOperation(request, request.params.id);
    const people = await store.listParticipants(request.db, [operation.id]);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', teamFormPage(operation, people, {}, answersOf(request.body), errors));
    const form = readForm(TeamForm, request.body);
    if (!form.ok) return again(form.errors);
    const { members, ...values } = form.values;
    if (!members.every((member) => people.some(({ memberId }) => memberId === member)))
      return again(teamErrors['not taking part']);
    const team: Team = { id: newId(), operationId: operation.id, ...values };
    const added = await request.change(
      'team.added',
      team.id,
      async (tx) => {
        await lockOperation(tx, operation.id);
        const teams = await store.listTeams(tx, [operation.id]);
        if (teams.some(({ name }) => name === team.name)) return refuse('name taken');
        await store.addTeam(tx, team);
        await store.joinTeam(tx, team, members);
        return accept(true);
      },
      { kind: 'collection', returned: members },
    );
    if (!added.ok) return again(teamErrors[added.refusal]);
    return reply.redirect(`/staff/operations/${operation.id}#teams`, 303);
  });

  app.get('/teams/:id/edit', may('taking part.change', IdPath), async (request, reply) => {
    const { operation, team, members, people } = await getOwnTeam(request, request.params.id);
    return reply.page('platform/form', teamFormPage(operation, people, { team, members }));
  });

  app.post('/teams/:id/edit', may('taking part.change', IdPath), async (request, reply) => {
    const { body } = request;
    const { operation, people, ...read } = await getOwnTeam(request, request.params.id);
    const fields = getTeamFields(people);
    let now = toTeamForm(read.team, read.members);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', {
        ...teamFormPage(operation, people, read, answersAfterStale(body, now, fields, errors), errors),
        ...(errors === staleForm && { meanwhile: listChanges(body, now, fields) }),
      });
    const form = readForm(TeamForm, body);
    if (!form.ok) return again(form.errors);
    const { members, ...values } = form.values;
    if (!members.every((member) => people.some(({ memberId }) => memberId === member)))
      return again(teamErrors['not taking part']);
    const changed = await request.change(
      'team.changed',
      now.id,
      async (tx) => {
        await lockOperation(tx, operation.id);
        const team = await store.getTeam(tx, now.id);
        now = toTeamForm(team, await store.listTeamMembers(tx, team.id));
        if (isStale(body, now, fields)) return refuse('stale');
        const teams = await store.listTeams(tx, [operation.id]);
        if (teams.some(({ id, name }) => id !== team.id && name === values.name)) return refuse('name taken');
        await store.saveTeam(tx, { ...team, ...values });
        const before = now.members;
        await store.leaveTeam(
          tx,
          team.id,
          before.filter((member) => !members.includes(member)),
        );
        await store.joinTeam(
          tx,
          team,
          members.filter((member) => !before.includes(member)),
        );
        return accept(true);
      },
      { fields: ['name', 'leadId', 'members'], returned: members },
    );
    if (!changed.ok) return again(changed.refusal === 'stale' ? staleForm : teamErrors[changed.refusal]);
    return reply.redirect(`/staff/operations/${operation.id}#teams`, 303);
  });

  app.get('/teams/:id/remove', may('taking part.change', IdPath), async (request, reply) => {
    const { operation, team } = await getOwnTeam(request, request.params.id);
    return reply.page('platform/form', teamRemovePage(operation, team));
  });

  app.post('/teams/:id/remove', may('taking part.change', IdPath), async (request, reply) => {
    const { operation, team } = await getOwnTeam(request, request.params.id);
    const removed = await request.change(
      'team.removed',
      team.id,
      (tx) => refuseOn({ [foreignKeyViolation]: 'has visits' } as const, () => store.removeTeam(tx, team)),
      { kind: 'erasure' },
    );
    if (!removed.ok) return reply.page('platform/form', teamRemovePage(operation, team, teamErrors[removed.refusal]));
    return reply.redirect(`/staff/operations/${operation.id}#teams`, 303);
  });
}
export async function getOwnTeam(request: Request, id: string) {
  const team = await store.getTeam(request.db, id);
  const operation = await getOwnOperation(request, team.operationId);
  const members = await store.listTeamMembers(request.db, team.id);
  const people = await store.listParticipants(request.db, [operation.id]);
  return { operation, team, members, people };
}
