/** Stores agencies, members, accounts and grants in PostgreSQL: the only file of this module with their queries. */
import type { Generated } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Side } from '../../vocabulary/people.ts';
import { normaliseEmailAddress } from './email-address.ts';
import type { Agency, Member } from './member.ts';

export type GrantRow = {
  id: string;
  relation: 'member' | 'partner' | 'team' | 'glass';
  subject: string;
  operationId: string;
  memberId: string | null;
  agencyId: string | null;
  since: Date;
  until: Date | null;
  givenBy: string;
};
export type PartnershipTables = {
  agencies: Mutable<Agency>;
  members: Mutable<Omit<Member, 'roles'>> & {
    roles: string[];
    gone: Generated<boolean>;
    shiftOnly: Generated<boolean>;
  };
  accounts: { memberId: MemberId; agencyId: AgencyId; email: string; passwordHash: string };
  grants: GrantRow;
  memberTerms: { memberId: MemberId; agencyId: AgencyId; roles: string[]; since: Date; until: Date | null };
};

export const listAgencies = (db: Reader<PartnershipTables>): Promise<Agency[]> =>
  db.selectFrom('agencies').selectAll().orderBy('name').execute();

export const getAgency = (db: Reader<PartnershipTables>, id: string): Promise<Agency> =>
  db
    .selectFrom('agencies')
    .selectAll()
    .where('id', '=', id as AgencyId)
    .executeTakeFirstOrThrow(() => notFound('agency'));

/** Names to print next to people's actions; members who have left keep theirs. */
export async function memberNames(
  db: Reader<PartnershipTables>,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))] as MemberId[];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('members').select(['id', 'title', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map(({ id, title, name }) => [id, `${title} ${name}`.trim()]));
}

/** The names of all who work here or ever did, without their titles. */
export const listMemberNames = (db: Reader<PartnershipTables>): Promise<{ id: string; name: string }[]> =>
  db.selectFrom('members').select(['id', 'name']).execute();

export type MemberWithAgency = Member & { readonly agencyName: string; readonly agencySide: Side };

/** Who works here now, by agency and name. */
export async function listMembers(
  db: Reader<PartnershipTables>,
  { agencyIds }: { agencyIds?: readonly string[] } = {},
): Promise<MemberWithAgency[]> {
  let query = db
    .selectFrom('members')
    .innerJoin('agencies', 'agencies.id', 'members.agencyId')
    .select([
      'members.id',
      'members.agencyId',
      'members.name',
      'members.title',
      'members.roles',
      'members.endedAt',
      'agencies.name as agencyName',
      'agencies.side as agencySide',
    ])
    .where('members.endedAt', 'is', null);
  if (agencyIds) query = query.where('members.agencyId', 'in', agencyIds as AgencyId[]);
  return (await query.orderBy('agencies.name').orderBy('members.name').execute()) as MemberWithAgency[];
}

export type RoleTerm = { readonly roles: readonly string[]; readonly since: Date; readonly until: Date | null };

/** Which roles somebody held, the latest first. */
export const listRoleTerms = (db: Reader<PartnershipTables>, id: MemberId): Promise<RoleTerm[]> =>
  db
    .selectFrom('memberTerms')
    .select(['roles', 'since', 'until'])
    .where('memberId', '=', id)
    .orderBy('since', 'desc')
    .execute();

export async function addAgency(tx: Writer<PartnershipTables>, agency: Agency): Promise<void> {
  await tx.insertInto('agencies').values(agency).execute();
}

/** A member with an account to sign in by. The database refuses an address that is not plain, that somebody has, or that looks like one. */
export async function addMember(
  tx: Writer<PartnershipTables>,
  member: Member,
  account: { email: string; passwordHash: string },
): Promise<void> {
  await tx
    .insertInto('members')
    .values({ ...member, roles: [...member.roles] })
    .execute();
  await tx
    .insertInto('accounts')
    .values({ memberId: member.id, agencyId: member.agencyId, ...account, email: normaliseEmailAddress(account.email) })
    .execute();
}

/** Ends a member at once: database triggers end what every module holds of them, in this transaction. */
export async function endMember(tx: Writer<PartnershipTables>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('members')
    .set({ endedAt: at, gone: true })
    .where('id', '=', id as MemberId)
    .where('gone', '=', false)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type Grant = Omit<GrantRow, 'id'>;

/** Gives a member access to an operation or a team, for an interval. Operations adds these; no code deletes one. */
export async function addGrants(tx: Writer<PartnershipTables>, grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return;
  await tx
    .insertInto('grants')
    .values(grants.map((given) => ({ id: newId(), ...given })))
    .execute();
}
