/** Stores partners, participants, teams and their grants in PostgreSQL. */
import { type ColumnType, sql } from 'kysely';
import { addGrants, type PartnershipTables } from '../../identity/agencies/index.ts';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId, OperationId, PartnerId, TeamId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import type { PartnerState } from '../invitations/invitation.ts';
import { addInvitation, type InvitationTables, listWaitingPartners } from '../invitations/store.ts';
import {
  isComing,
  type Operation,
  type Participant,
  type Partner,
  type Resource,
  type Team,
  type TeamMember,
} from './operation.ts';

type ParticipantRow = { operationId: OperationId; memberId: MemberId; partnerId: PartnerId; duty: string };

export type ParticipationTables = PartnershipTables &
  InvitationTables & {
    partners: Mutable<Omit<Partner, 'resources'>> & { resources: ColumnType<Resource[], string, string> };
    operationMembers: ParticipantRow;
    teams: Mutable<Team>;
    teamMembers: { teamId: TeamId; memberId: MemberId; operationId: OperationId };
  };

/** In the order in which they were named; the leading unit first. */
export const listPartners = (db: Reader<ParticipationTables>, operationIds: readonly string[]): Promise<Partner[]> =>
  db
    .selectFrom('partners')
    .selectAll()
    .where('operationId', '=', anyOf<OperationId>(operationIds))
    .orderBy('leads', 'desc')
    .orderBy('ownUnit', 'desc')
    .orderBy('id')
    .execute();

/** One array as one value: the query's text is the same for one and for sixty. */
const anyOf = <One>(ids: readonly string[]) => sql<One>`any (${sql.val([...ids])}::uuid[])`;

export const getPartner = (db: Reader<ParticipationTables>, id: string): Promise<Partner> =>
  db
    .selectFrom('partners')
    .selectAll()
    .where('id', '=', id as PartnerId)
    .executeTakeFirstOrThrow(() => notFound('partner'));

/** How a partner joins: at once, as the leading agency's own units do, or by an invitation. On a live site it needs an agreement to accept. */
export type Joining = 'at once' | 'invited' | 'invited, needs an agreement';

export type Mode = 'demonstration' | 'live';

export const getJoining = ({ ownUnit }: Pick<Partner, 'ownUnit'>, mode: Mode): Joining =>
  ownUnit ? 'at once' : mode === 'live' ? 'invited, needs an agreement' : 'invited';

/** Adds a partner. Once it has access, its agency sees that the operation exists, but never its targets. Database triggers give access to a partner that is invited. */
export async function addPartner(
  tx: Writer<ParticipationTables>,
  { resources, ...partner }: Partner,
  given: { readonly by: MemberId; readonly at: Date; readonly joins: Joining },
): Promise<void> {
  await tx
    .insertInto('partners')
    .values({ ...partner, resources: JSON.stringify(resources) })
    .execute();
  const { id, operationId, agencyId } = partner;
  if (given.joins !== 'at once') {
    const unanswered = { answer: null, reason: null, answeredBy: null, answeredAt: null, saidBy: null, saidAt: null };
    const needsAgreement = given.joins === 'invited, needs an agreement';
    const invited = { invitedBy: given.by, invitedAt: given.at };
    return addInvitation(tx, { id, operationId, agencyId, needsAgreement, ...invited, ...unanswered });
  }
  await addGrants(tx, [
    {
      relation: 'partner',
      subject: operationId,
      operationId,
      memberId: null,
      agencyId,
      since: given.at,
      until: null,
      givenBy: given.by,
    },
  ]);
}

export async function savePartner(
  tx: Writer<ParticipationTables>,
  { id, operationId: _always, resources, ...partner }: Partner,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('partners')
    .set({ ...partner, resources: JSON.stringify(resources) })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function saveResources(
  tx: Writer<ParticipationTables>,
  id: PartnerId,
  resources: readonly Resource[],
): Promise<void> {
  await tx
    .updateTable('partners')
    .set({ resources: JSON.stringify(resources) })
    .where('id', '=', id)
    .execute();
}

/** The unit that leads is printed as the operation names it. */
export async function renameLeadingUnit(
  tx: Writer<ParticipationTables>,
  { id, unit }: Pick<Operation, 'id' | 'unit'>,
  name: string,
): Promise<void> {
  if (name === unit) return;
  await tx
    .updateTable('partners')
    .set({ printedName: name })
    .where('operationId', '=', id)
    .where('leads', '=', true)
    .execute();
}

/** Removes a partner. Its agency no longer sees the operation, unless another of its units takes part. */
export async function removePartner(tx: Writer<ParticipationTables>, partner: Partner, at: Date): Promise<void> {
  await tx.deleteFrom('partners').where('id', '=', partner.id).execute();
  const still = await tx
    .selectFrom('partners')
    .select('id')
    .where('operationId', '=', partner.operationId)
    .where('agencyId', '=', partner.agencyId)
    .executeTakeFirst();
  if (still) return;
  await tx
    .updateTable('grants')
    .set({ until: sql<Date>`greatest(since, ${at})` })
    .where('subject', '=', partner.operationId)
    .where('agencyId', '=', partner.agencyId)
    .where((on) => on.or([on('until', 'is', null), on('until', '>', at)]))
    .execute();
}

/** The same as getPartnerState. */
const partnerState = sql<PartnerState>`case when i.id is null or i.answer = 'accepted' then 'takes part'
  else coalesce(i.answer, 'invited') end`.as('state');

/** Those of a partner that declined too: their state says so. */
export async function listParticipants(
  db: Reader<ParticipationTables>,
  operationIds: readonly string[],
): Promise<Participant[]> {
  const rows = await db
    .selectFrom('operationMembers as o')
    .innerJoin('members as m', 'm.id', 'o.memberId')
    .innerJoin('agencies as a', 'a.id', 'm.agencyId')
    .innerJoin('partners as p', 'p.id', 'o.partnerId')
    .select(['o.operationId', 'o.memberId', 'o.partnerId', 'o.duty'])
    .leftJoin('partnerInvitations as i', 'i.id', 'p.id')
    .select(['m.name', 'm.title', 'm.roles', 'm.agencyId', 'a.name as agencyName', 'p.printedName'])
    .select(partnerState)
    .where('o.operationId', '=', anyOf<OperationId>(operationIds))
    .orderBy('p.leads', 'desc')
    .orderBy('p.printedName')
    .orderBy('m.name')
    .execute();
  return rows as (Omit<(typeof rows)[number], 'roles'> & { roles: Role[] })[];
}

/** Those who have access as far as their partner's answer says. */
export const listTakingPart = async (
  db: Reader<ParticipationTables>,
  operationIds: readonly string[],
): Promise<Participant[]> => (await listParticipants(db, operationIds)).filter(({ state }) => state === 'takes part');

/** Adds a member to the operation. They see as much of the plan as their roles allow, once their agency does not wait. */
export async function addParticipant(
  tx: Writer<ParticipationTables>,
  participant: ParticipantRow,
  given: { readonly by: string; readonly at: Date },
): Promise<void> {
  await addParticipants(tx, [participant], given);
}

/** People who are added together, each as above. */
export async function addParticipants(
  tx: Writer<ParticipationTables>,
  participants: readonly ParticipantRow[],
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  if (participants.length === 0) return;
  await tx
    .insertInto('operationMembers')
    .values([...participants])
    .execute();
  const partnerIds = [...new Set(participants.map(({ partnerId }) => partnerId))];
  const waiting = await listWaitingPartners(tx, partnerIds);
  const open = participants.filter(({ partnerId }) => !waiting.has(partnerId));
  await addGrants(
    tx,
    open.map(({ operationId, memberId }) => ({
      ...({ relation: 'member', subject: operationId, operationId, memberId, agencyId: null } as const),
      ...{ since: at, until: null, givenBy: by },
    })),
  );
}

/** Removes a member from the operation, its teams and leads, and ends their grants in it. False if they did not take part. */
export async function endParticipation(
  tx: Writer<ParticipationTables>,
  operationId: string,
  memberId: string,
  at: Date,
): Promise<boolean> {
  const [operation, member] = [operationId as OperationId, memberId as MemberId];
  const { numDeletedRows } = await tx
    .deleteFrom('operationMembers')
    .where('operationId', '=', operation)
    .where('memberId', '=', member)
    .executeTakeFirst();
  await tx.deleteFrom('teamMembers').where('operationId', '=', operation).where('memberId', '=', member).execute();
  await tx
    .updateTable('teams')
    .set({ leadId: null })
    .where('operationId', '=', operation)
    .where('leadId', '=', member)
    .execute();
  await tx
    .updateTable('grants')
    .set({ until: sql<Date>`greatest(since, ${at})` })
    .where('operationId', '=', operation)
    .where('memberId', '=', member)
    .where((on) => on.or([on('until', 'is', null), on('until', '>', at)]))
    .execute();
  return numDeletedRows > 0n;
}

/** False if the member does not take part. */
export async function saveDuty(
  tx: Writer<ParticipationTables>,
  operationId: string,
  memberId: string,
  duty: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('operationMembers')
    .set({ duty })
    .where('operationId', '=', operationId as OperationId)
    .where('memberId', '=', memberId as MemberId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const listTeams = (db: Reader<ParticipationTables>, operationIds: readonly string[]): Promise<Team[]> =>
  db
    .selectFrom('teams')
    .selectAll()
    .where('operationId', '=', anyOf<OperationId>(operationIds))
    .orderBy('name')
    .execute();

export const getTeam = (db: Reader<ParticipationTables>, id: string): Promise<Team> =>
  db
    .selectFrom('teams')
    .selectAll()
    .where('id', '=', id as TeamId)
    .executeTakeFirstOrThrow(() => notFound('team'));

const teamMembers = (db: Reader<ParticipationTables>) =>
  db
    .selectFrom('teamMembers as t')
    .innerJoin('teams', 'teams.id', 't.teamId')
    .innerJoin('members as m', 'm.id', 't.memberId')
    .innerJoin('agencies as a', 'a.id', 'm.agencyId')
    .leftJoin('operationMembers as o', (join) =>
      join.onRef('o.operationId', '=', 't.operationId').onRef('o.memberId', '=', 't.memberId'),
    )
    .leftJoin('partners as p', 'p.id', 'o.partnerId')
    .leftJoin('partnerInvitations as i', 'i.id', 'p.id')
    .select(partnerState)
    .select(['t.teamId', 't.memberId', 'm.name', 'm.title', 'm.roles', 'm.agencyId', 'a.name as agencyName'])
    .select(['p.id as partnerId', 'p.printedName', 'p.kind'])
    .select(sql<boolean>`teams.lead_id is not distinct from t.member_id`.as('leads'))
    .orderBy('leads', 'desc')
    .orderBy('m.name');

/** Who comes, the lead first, then by name: nobody whose partner declined. */
export const listTeamMembers = async (db: Reader<ParticipationTables>, teamId: string): Promise<TeamMember[]> =>
  (await listEverybodyOnTeam(db, teamId)).filter(isComing);

/** Those of a partner that declined too, for who plans the team. */
export const listEverybodyOnTeam = async (db: Reader<ParticipationTables>, teamId: string): Promise<TeamMember[]> =>
  (await teamMembers(db)
    .where('t.teamId', '=', teamId as TeamId)
    .execute()) as TeamMember[];

/** Of all teams of these operations, those of a partner that declined too: their state says so. */
export const listMembersOfTeams = async (
  db: Reader<ParticipationTables>,
  operationIds: readonly string[],
): Promise<TeamMember[]> =>
  (await teamMembers(db).where('t.operationId', '=', anyOf<OperationId>(operationIds)).execute()) as TeamMember[];

export async function addTeam(tx: Writer<ParticipationTables>, team: Team): Promise<void> {
  await tx.insertInto('teams').values(team).execute();
}

export async function saveTeam(tx: Writer<ParticipationTables>, { id, name, leadId }: Team): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('teams')
    .set({ name, leadId })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Puts members on a team. What they see of its visits, and from when until when, follows in the database from the briefing time. */
export async function joinTeam(
  tx: Writer<ParticipationTables>,
  { id: teamId, operationId }: Pick<Team, 'id' | 'operationId'>,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  await tx
    .insertInto('teamMembers')
    .values(memberIds.map((memberId) => ({ teamId, memberId: memberId as MemberId, operationId })))
    .execute();
}

export async function leaveTeam(
  tx: Writer<ParticipationTables>,
  teamId: TeamId,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  await tx
    .deleteFrom('teamMembers')
    .where('teamId', '=', teamId)
    .where('memberId', 'in', memberIds as MemberId[])
    .execute();
}

/** Its members stay in the operation. The database refuses where visits or briefings are the team's. */
export async function removeTeam(tx: Writer<ParticipationTables>, team: Pick<Team, 'id'>): Promise<void> {
  await tx.deleteFrom('teamMembers').where('teamId', '=', team.id).execute();
  await tx.deleteFrom('teams').where('id', '=', team.id).execute();
}
