/** Stores members as an administrator of their agency sees them, and recorded exceptions. */

import { sql } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { checkViolation, codeOf } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';

import type { Role } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { PartnershipTables } from '../agencies/store.ts';
import type { InvitationTables } from './invitation-store.ts';
import type { Person, RoleChange } from './person.ts';

export type SafeguardingException = {
  readonly id: string;
  readonly memberId: MemberId;
  readonly agencyId: AgencyId;
  readonly reason: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly endedAt: Date | null;
};

export type PeopleTables = PartnershipTables &
  InvitationTables & { safeguardingExceptions: Mutable<SafeguardingException> };

/** Roles that were given and that no second person has confirmed yet. */
const unconfirmedRoles = sql<
  Role[]
>`coalesce((select c.roles from confirmations c where c.member_id = m.id and c.kind <> 'account linked'
  and not exists (select from confirmation_decisions d where d.id = c.id)), '{}')`;

const queryPeople = (db: Reader<PeopleTables>) =>
  db
    .selectFrom('members as m')
    .leftJoin('accounts as a', 'a.memberId', 'm.id')
    .select(['m.id', 'm.agencyId', 'm.name', 'm.title', 'm.roles', 'm.endedAt', 'a.email'])
    .select(unconfirmedRoles.as('waiting'))
    .where('m.shiftOnly', '=', false)
    .orderBy('m.name')
    .orderBy('m.id');

/** Everybody who works or worked at an agency, without people who came for one shift only. */
export const listPeople = async (db: Reader<PeopleTables>, agencyId: string): Promise<Person[]> =>
  (await queryPeople(db)
    .where('m.agencyId', '=', agencyId as AgencyId)
    .execute()) as Person[];

export const getPerson = async (db: Reader<PeopleTables>, agencyId: string, id: string): Promise<Person> =>
  (await queryPeople(db)
    .where('m.agencyId', '=', agencyId as AgencyId)
    .where('m.id', '=', id as MemberId)
    .executeTakeFirstOrThrow(() => notFound('person'))) as Person;

/** Locks all present members of the agency, so that two administrators cannot end each other at once. */
export async function lockPeople(tx: Writer<PeopleTables>, agencyId: string): Promise<Person[]> {
  await tx
    .selectFrom('members')
    .select('id')
    .where('agencyId', '=', agencyId as AgencyId)
    .where('gone', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute();
  return listPeople(tx, agencyId);
}

export async function saveRoleChange(
  tx: Writer<PeopleTables>,
  id: MemberId,
  { title, roles }: RoleChange,
): Promise<void> {
  await tx
    .updateTable('members')
    .set({ title, roles: [...roles] })
    .where('id', '=', id)
    .execute();
}

/** The database refuses where the member is the last data-protection lead: an administrator could replace them with an invented person. */
export async function refuseLastLead<Done>(change: () => Promise<Done>): Promise<Result<Done, 'last lead'>> {
  try {
    return accept(await change());
  } catch (error) {
    if (codeOf(error) === checkViolation && (error as Error).message === 'a partnership keeps a data-protection lead')
      return refuse('last lead');
    throw error;
  }
}

/** Saves the day on which a member leaves; null where they stay after all. */
export async function saveLeaving(tx: Writer<PeopleTables>, id: MemberId, endedAt: Date | null): Promise<void> {
  await tx.updateTable('members').set({ endedAt }).where('id', '=', id).where('gone', '=', false).execute();
}

export async function endAgency(tx: Writer<PeopleTables>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('agencies')
    .set({ endedAt: at })
    .where('id', '=', id as AgencyId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type NamedException = SafeguardingException & {
  readonly name: string;
  readonly title: string;
  readonly agencyName: string;
};

export const listExceptions = (db: Reader<PeopleTables>): Promise<NamedException[]> =>
  db
    .selectFrom('safeguardingExceptions as e')
    .innerJoin('members as m', 'm.id', 'e.memberId')
    .innerJoin('agencies as a', 'a.id', 'e.agencyId')
    .selectAll('e')
    .select(['m.name', 'm.title', 'a.name as agencyName'])
    .orderBy('e.recordedAt', 'desc')
    .execute();

/** Whether the partnership has recorded this person, by name. */
export async function hasException(db: Reader<PeopleTables>, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('safeguardingExceptions')
    .select('id')
    .where('memberId', '=', memberId as MemberId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function recordException(
  tx: Writer<PeopleTables>,
  exception: Omit<SafeguardingException, 'id' | 'endedAt'>,
): Promise<void> {
  await tx
    .insertInto('safeguardingExceptions')
    .values({ id: newId(), endedAt: null, ...exception })
    .execute();
}

export async function endException(tx: Writer<PeopleTables>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('safeguardingExceptions')
    .set({ endedAt: at })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends what every module holds of members whose last day is over. */
export async function endLeavers(tx: Writer<PeopleTables>, now: Date): Promise<void> {
  await sql`select ctx.see_leavers_out(${now})`.execute(tx);
}
