/** Stores the invitations of partners. Database triggers give access with the answer, and end it. */
import { sql } from 'kysely';
import { listMembers } from '../../identity/agencies/index.ts';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId, OperationId, PartnerId } from '../../vocabulary/ids.ts';
import { invitationRoles } from '../../vocabulary/people.ts';
import type { Invitation, InvitationAnswer } from './invitation.ts';

export type InvitationTables = {
  partnerInvitations: Mutable<Invitation>;
};

/** Of these operations, as far as the member may see them. */
export const listInvitations = (db: Reader<InvitationTables>, operationIds: readonly string[]): Promise<Invitation[]> =>
  db
    .selectFrom('partnerInvitations')
    .selectAll()
    .where('operationId', '=', sql<OperationId>`any (${sql.val([...operationIds])}::uuid[])`)
    .orderBy('id')
    .execute();

export const getInvitation = (db: Reader<InvitationTables>, id: string): Promise<Invitation> =>
  db
    .selectFrom('partnerInvitations')
    .selectAll()
    .where('id', '=', id as PartnerId)
    .executeTakeFirstOrThrow(() => notFound('invitation'));

/** Held until the transaction ends. Not found where the member neither answers for the agency nor invites it. */
export const lockInvitation = (tx: Writer<InvitationTables>, id: string): Promise<Invitation> =>
  tx
    .selectFrom('partnerInvitations')
    .selectAll()
    .where('id', '=', id as PartnerId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('invitation'));

export async function addInvitation(tx: Writer<InvitationTables>, invitation: Invitation): Promise<void> {
  await tx.insertInto('partnerInvitations').values(invitation).execute();
}

export async function saveAnswer(
  tx: Writer<InvitationTables>,
  id: PartnerId,
  said: {
    readonly answer: InvitationAnswer;
    readonly reason: string | null;
    readonly answeredBy: MemberId;
    readonly answeredAt: Date;
  } & ({ readonly saidBy: string; readonly saidAt: Date } | { readonly saidBy: null; readonly saidAt: null }),
): Promise<void> {
  await tx.updateTable('partnerInvitations').set(said).where('id', '=', id).execute();
}

/** Those of these partners whose agency waits for its answer: its people get no access yet. */
export async function listWaitingPartners(
  db: Reader<InvitationTables>,
  ids: readonly PartnerId[],
): Promise<ReadonlySet<PartnerId>> {
  const { rows } = await sql<{ id: PartnerId }>`
    select id from partners where id = any (${sql.val([...ids])}::uuid[])
      and ctx.agency_waits(operation_id, agency_id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Those of these agencies where no member has a role that answers an invitation. */
export async function listUnreachableAgencies(
  db: Reader<AnyTables>,
  agencyIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (agencyIds.length === 0) return new Set();
  const members = await listMembers(db, { agencyIds });
  const reached = members.filter(({ roles }) => invitationRoles.some((role) => roles.includes(role)));
  return new Set(agencyIds.filter((id) => !reached.some(({ agencyId }) => agencyId === id)));
}

export type OpenInvitation = Pick<Invitation, 'id'> & {
  readonly codeName: string;
  readonly startsOn: string;
};

/** Invitations of this agency that nobody answered, in operations that are not over. */
export async function listOpenInvitations(
  db: Reader<AnyTables>,
  agencyId: string,
  today: string,
): Promise<OpenInvitation[]> {
  const { rows } = await sql<OpenInvitation>`
    select i.id, o.code_name as "codeName", o.starts_on::text as "startsOn"
    from partner_invitations i join operations o on o.id = i.operation_id
    where i.agency_id = ${agencyId} and i.answer is null and o.ends_on >= ${today}::date
    order by o.starts_on, i.id`.execute(db);
  return rows;
}
