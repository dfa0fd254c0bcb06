/** Stores temporary access in PostgreSQL, with a keyed hash of each code instead of the code. */
import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { endMember, type PartnershipTables } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { CountedTry } from '../../platform/throttle/throttle-store.ts';
import type { AgencyId, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { codeLength, encodeCode, parseCode, type TemporaryAccess } from './temporary-access.ts';

export type TemporaryAccessTables = PartnershipTables & {
  temporaryAccess: Mutable<TemporaryAccess> & { codeHash: Buffer };
  operations: { id: OperationId; codeName: string };
};

export const newCode = (): string => encodeCode(randomBytes(codeLength));

/** An attacker with the table could search all 60-bit codes, so the key is kept outside the database. Undefined if the text is no code. */
export function hashCode(keys: UnitKeys, typed: string): Buffer | undefined {
  const code = parseCode(typed);
  return code === undefined ? undefined : createHmac('sha256', keys.derive('shift pass')).update(code).digest();
}

export async function addTemporaryAccess(
  tx: Writer<TemporaryAccessTables>,
  pass: TemporaryAccess,
  { name, codeHash }: { readonly name: string; readonly codeHash: Buffer },
): Promise<void> {
  await tx
    .insertInto('members')
    .values({
      id: pass.memberId,
      agencyId: pass.agencyId,
      name,
      title: 'Volunteer',
      roles: ['volunteer'],
      endedAt: pass.endsAt,
      shiftOnly: true,
    })
    .execute();
  await tx
    .insertInto('temporaryAccess')
    .values({ ...pass, codeHash })
    .execute();
}

/** Includes the name of the operation if the member may see it. */
export type TemporaryAccessDetails = TemporaryAccess & { readonly name: string; readonly codeName: string | null };

const selectTemporaryAccess = (db: Reader<TemporaryAccessTables>) =>
  db
    .selectFrom('temporaryAccess as p')
    .innerJoin('members as m', 'm.id', 'p.memberId')
    .leftJoin('operations as o', 'o.id', 'p.operationId')
    .select(['p.id', 'p.agencyId', 'p.operationId', 'p.memberId', 'p.startsAt', 'p.endsAt', 'p.madeBy', 'p.madeAt'])
    .select(['p.usedAt', 'p.endedAt', 'm.name', 'o.codeName'])
    .orderBy('p.startsAt', 'desc')
    .orderBy('m.name');

export async function paginateTemporaryAccess(
  db: Reader<TemporaryAccessTables>,
  agencyId: string,
  { from, size }: { readonly from: number; readonly size: number },
): Promise<{ readonly passes: TemporaryAccessDetails[]; readonly total: number }> {
  const own = agencyId as AgencyId;
  const passes = await selectTemporaryAccess(db).where('p.agencyId', '=', own).limit(size).offset(from).execute();
  const { total } = await db
    .selectFrom('temporaryAccess')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('agencyId', '=', own)
    .executeTakeFirstOrThrow();
  return { passes, total };
}

export const findTemporaryAccess = (
  db: Reader<TemporaryAccessTables>,
  id: string,
): Promise<TemporaryAccessDetails | undefined> => selectTemporaryAccess(db).where('p.id', '=', id).executeTakeFirst();

export const findOwnTemporaryAccess = (
  db: Reader<TemporaryAccessTables>,
  memberId: string,
): Promise<TemporaryAccessDetails | undefined> =>
  selectTemporaryAccess(db)
    .where('p.memberId', '=', memberId as MemberId)
    .executeTakeFirst();

/** Ends the member that was created for the temporary access; a trigger then ends the access. */
export const endTemporaryAccess = (
  tx: Writer<TemporaryAccessTables>,
  pass: TemporaryAccess,
  at: Date,
): Promise<boolean> => endMember(tx, pass.memberId, at);

/** Whose pass this is, while it holds. */
export async function findCodeHolder(
  counted: CountedTry,
  db: Reader<AnyTables>,
  codeHash: Buffer,
  now: Date,
): Promise<MemberId | undefined> {
  CountedTry.use(counted);
  const { rows } = await sql<{ memberId: MemberId | null }>`
    select ctx.shift_pass_holder(${codeHash}, ${now}) as member_id`.execute(db);
  return rows[0]?.memberId ?? undefined;
}

/** Uses the pass; who is signed in with it elsewhere is so no longer. */
export async function useTemporaryAccess(
  tx: Writer<AnyTables>,
  codeHash: Buffer,
  now: Date,
): Promise<MemberId | undefined> {
  const { rows } = await sql<{ memberId: MemberId | null }>`
    select ctx.use_shift_pass(${codeHash}, ${now}) as member_id`.execute(tx);
  return rows[0]?.memberId ?? undefined;
}
