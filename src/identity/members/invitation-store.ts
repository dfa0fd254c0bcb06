/** Stores invitations in PostgreSQL: the hash of each link, never the link. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import type { Invitation } from './person.ts';

export type InvitationTables = {
  invitations: Mutable<Omit<Invitation, 'roles'>> & {
    roles: string[];
    tokenHash: Buffer;
    withdrawnAt: Date | null;
    acceptedAt: Date | null;
  };
};

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export async function addInvitation(
  tx: Writer<InvitationTables>,
  invitation: Invitation,
  token: string,
): Promise<void> {
  await tx
    .insertInto('invitations')
    .values({
      ...invitation,
      roles: [...invitation.roles],
      tokenHash: hashToken(token),
      withdrawnAt: null,
      acceptedAt: null,
    })
    .execute();
}

const queryOpenInvitations = (db: Reader<InvitationTables>) =>
  db
    .selectFrom('invitations')
    .select(['id', 'agencyId', 'memberId', 'name', 'title', 'email', 'roles', 'madeBy', 'madeAt', 'expiresAt'])
    .where('withdrawnAt', 'is', null)
    .where('acceptedAt', 'is', null);

/** Invitations that are neither used nor withdrawn, including expired ones. */
export async function listInvitations(db: Reader<InvitationTables>, agencyId: string): Promise<Invitation[]> {
  const rows = await queryOpenInvitations(db)
    .where('agencyId', '=', agencyId as AgencyId)
    .orderBy('name')
    .execute();
  return rows as Invitation[];
}

export const findInvitation = async (db: Reader<InvitationTables>, id: string): Promise<Invitation | undefined> =>
  (await queryOpenInvitations(db).where('id', '=', id).executeTakeFirst()) as Invitation | undefined;

/** A new link for the same person; the earlier one stops working. False where the invitation is used or withdrawn. */
export async function renewInvitation(
  tx: Writer<InvitationTables>,
  id: string,
  token: string,
  { madeBy, madeAt, expiresAt }: Pick<Invitation, 'madeBy' | 'madeAt' | 'expiresAt'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitations')
    .set({ tokenHash: hashToken(token), madeBy, madeAt, expiresAt })
    .where('id', '=', id)
    .where('withdrawnAt', 'is', null)
    .where('acceptedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function withdrawInvitation(tx: Writer<InvitationTables>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitations')
    .set({ withdrawnAt: at })
    .where('id', '=', id)
    .where('withdrawnAt', 'is', null)
    .where('acceptedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type OpenInvitation = {
  readonly id: string;
  readonly memberId: MemberId;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly agencyName: string;
  readonly officialName: string;
  readonly invitedBy: string | null;
  readonly expiresAt: Date;
};

/** The invitation behind the link; undefined where it never existed, is used, withdrawn or expired. */
export async function findOpenInvitation(
  db: Reader<AnyTables>,
  token: string,
  now: Date,
): Promise<OpenInvitation | undefined> {
  const { rows } = await sql<OpenInvitation>`select * from ctx.invitation(${hashToken(token)}, ${now})`.execute(db);
  return rows[0];
}

/** Makes the member and the account and uses up the link, in one step. Undefined where the link is no longer valid. */
export async function acceptInvitation(
  tx: Writer<AnyTables>,
  token: string,
  passwordHash: string,
  now: Date,
): Promise<MemberId | undefined> {
  const { rows } = await sql<{ memberId: MemberId | null }>`
    select ctx.accept_invitation(${hashToken(token)}, ${passwordHash}, ${now}) as member_id`.execute(tx);
  return rows[0]?.memberId ?? undefined;
}
