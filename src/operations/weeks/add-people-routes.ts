/** Adds people of all partners in one form, each with a duty, and puts some of them on a new team. */
import type { z } from 'zod';
import { listMembers } from '../../identity/agencies/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, IdPath, may, type Request } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { addParticipantsOfAllPage, type ColleaguesOfPartner } from './add-people-pages.ts';
import { PeopleAndTeamForm } from './forms.ts';
import { listNoteReaders } from './note-readers.ts';
import type { OperationInWeek, Participant, Team } from './operation.ts';
import * as store from './partner-store.ts';
import { teamErrors } from './people-pages.ts';
import { getOwnOperation } from './routes.ts';
import { lockOperation } from './store.ts';

type Values = z.output<typeof PeopleAndTeamForm>;
type Known = {
  readonly teamId: Team['id'];
  readonly operation: OperationInWeek;
  readonly inside: readonly Participant[];
  readonly lacksLead: boolean;
  readonly groups: readonly ColleaguesOfPartner[];
};

async function readAddable(request: Request & { readonly params: { readonly id: string } }): Promise<Known> {
  const operation = await getOwnOperation(request, request.params.id);
  const inside = await store.listParticipants(request.db, [operation.id]);
  const lacksLead = listNoteReaders(inside, await store.listPartners(request.db, [operation.id])).length === 0;
  const groups = await listColleagues(request, operation, inside);
  return { teamId: newId<'team'>(), operation, inside, lacksLead, groups };
}

/** Whom the form does not know, and members of the team who would not take part. */
function findWrongPeople({ groups, inside }: Known, { people, members }: Values): FormErrors | undefined {
  const offered = new Set<string>(groups.flatMap(({ colleagues }) => colleagues.map(({ id }) => id)));
  if (!people.every(({ memberId }) => offered.has(memberId)))
    return { '': 'Somebody you chose takes part already. Look at the list again.' };
  const there = new Set<string>([...people, ...inside].map(({ memberId }) => memberId));
  return members.every((member) => there.has(member))
    ? undefined
    : { members: 'Choose a duty above for everybody on the team' };
}

export function addParticipantsRoute(app: App): void {
  formRoute(app, operationPaths.addPeopleOfAll.route, {
    may: may('taking part.change', IdPath),
    load: readAddable,
    form: PeopleAndTeamForm,
    check: findWrongPeople,
    page: addParticipantsOfAllPage,
    saves: 'People',
    event: 'participants.let in',
    subject: ({ operation }) => operation.id,
    details: ({ teamId }, { people, teamName }) => ({
      kind: 'collection',
      returned: people.map(({ memberId }) => memberId),
      ...(teamName !== null && { also: [{ event: 'team.added', subject: teamId }] }),
    }),
    change: async (tx, { operation, groups, teamId }, { people, teamName, members, leadId }, { actor, now }) => {
      await lockOperation(tx, operation.id);
      const inside = new Set((await store.listParticipants(tx, [operation.id])).map(({ memberId }) => memberId));
      const added = people
        .filter(({ memberId }) => !inside.has(memberId))
        .map(({ memberId, duty }) => {
          const group = groups.find(({ colleagues }) => colleagues.some(({ id }) => id === memberId));
          if (!group) throw notFound('partner');
          return { operationId: operation.id, memberId, partnerId: group.partner.id, duty };
        });
      await store.addParticipants(tx, added, { by: actor.memberId, at: now });
      if (teamName === null) return accept(true);
      const teams = await store.listTeams(tx, [operation.id]);
      if (teams.some(({ name }) => name === teamName)) return refuse('name taken');
      const team = { id: teamId, operationId: operation.id, name: teamName, leadId };
      await store.addTeam(tx, team);
      await store.joinTeam(tx, team, members);
      return accept(true);
    },
    refusals: { 'name taken': { teamName: teamErrors['name taken'].name ?? '' } },
    next: (_, { operation }) => operationPaths.people(operation.id),
  });
}

/** Who may be added, by partner. Members of an agency with several units stand under the first: the leading unit, or the one that was named first. */
async function listColleagues(
  request: Request,
  operation: OperationInWeek,
  participants: readonly Participant[],
): Promise<ColleaguesOfPartner[]> {
  const partners = await store.listPartners(request.db, [operation.id]);
  const inside = new Set(participants.map(({ memberId }) => memberId));
  const members = await listMembers(request.db, { agencyIds: [...new Set(partners.map(({ agencyId }) => agencyId))] });
  return partners.flatMap((partner) => {
    if (partners.find(({ agencyId }) => agencyId === partner.agencyId) !== partner) return [];
    const colleagues = members.filter(({ id, agencyId }) => agencyId === partner.agencyId && !inside.has(id));
    return colleagues.length > 0 ? [{ partner, colleagues }] : [];
  });
}
