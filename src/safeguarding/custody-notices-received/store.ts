/** Stores received notices in the main database: every read is logged, and each is accepted once and passed on once. */
import { sql } from 'kysely';
import { type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import type { CrossingId } from '../custody-notices/notice.ts';
import { referenceContext } from '../custody-notices/store.ts';
import type { CustodyNotice, OnCallShift, OnCallShiftId, PassOnMethod, UrgentNotice } from './urgent-page.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type CustodyRow = Mutable<Omit<CustodyNotice, 'reference'>> & {
  sealedReference: Buffer | null;
  wrappedKey: Buffer | null;
};
export type CustodyTables = {
  custodyNotices: CustodyRow;
  custodyRings: Mutable<UrgentNotice>;
  custodianTurns: Mutable<OnCallShift>;
};

const opened = (keys: UnitKeys, id: string, { sealedReference, wrappedKey }: Omit<CustodyRow, keyof CustodyNotice>) =>
  sealedReference && wrappedKey
    ? unseal(keys.unwrap(wrappedKey, id), referenceContext(id), sealedReference).toString()
    : undefined;

/** With its reference, or that of the notice that it withdraws. */
export async function getCustodyNotice(
  db: AuditedReader<CustodyTables>,
  keys: UnitKeys,
  id: CrossingId,
): Promise<CustodyNotice & { readonly ring: UrgentNotice }> {
  const row = await db.selectFrom('custodyNotices').selectAll().where('id', '=', id).executeTakeFirst();
  const ring = await db.selectFrom('custodyRings').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !ring) throw notFound('notice');
  const of = row.takesBack
    ? await db.selectFrom('custodyNotices').selectAll().where('id', '=', row.takesBack).executeTakeFirst()
    : row;
  const { sealedReference: _sealed, wrappedKey: _wrapped, ...notice } = row;
  return { ...notice, reference: of && opened(keys, of.id, of), ring };
}

/** The latest first, without their text; at most two hundred. */
export const listUrgentNotices = (db: Reader<CustodyTables>): Promise<UrgentNotice[]> =>
  db
    .selectFrom('custodyRings')
    .selectAll()
    .orderBy('acknowledgedAt', (order) => order.desc().nullsFirst())
    .orderBy('id')
    .limit(200)
    .execute();

/** Notices that no custodian has accepted, the oldest first. */
export const listUnacceptedNotices = (db: Reader<CustodyTables>): Promise<UrgentNotice[]> =>
  db
    .selectFrom('custodyRings')
    .selectAll()
    .where('acknowledgedBy', 'is', null)
    .orderBy('rounds', 'desc')
    .orderBy('id')
    .limit(50)
    .execute();

export async function getUrgentNotice(db: Reader<CustodyTables>, id: CrossingId): Promise<UrgentNotice> {
  const ring = await db.selectFrom('custodyRings').selectAll().where('id', '=', id).executeTakeFirst();
  if (!ring) throw notFound('notice');
  return ring;
}

/** False if another custodian was quicker. */
export async function acceptNotice(
  tx: Writer<CustodyTables>,
  id: CrossingId,
  by: MemberId,
  hour: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('custodyRings')
    .set({ acknowledgedBy: by, acknowledgedAt: hour })
    .where('id', '=', id)
    .where('acknowledgedBy', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False if it was passed on already, or no custodian has accepted it. */
export async function recordPassedOn(
  tx: Writer<CustodyTables>,
  id: CrossingId,
  what: PassOnMethod,
  hour: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('custodyRings')
    .set({ passedOn: what, passedAt: hour })
    .where('id', '=', id)
    .where('acknowledgedBy', 'is not', null)
    .where('passedOn', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Counts another minute and deletes references that are old enough. Run by the leader process once a minute. */
export async function advanceUrgentNotices(tx: Reader<AnyTables>): Promise<void> {
  await sql`select ctx.ring_custodians()`.execute(tx);
}

/** On-call shifts that are not over, by their start. */
export const listShifts = (db: Reader<CustodyTables>, now: Date): Promise<OnCallShift[]> =>
  db
    .selectFrom('custodianTurns')
    .selectAll()
    .where('endsAt', '>', now)
    .orderBy('startsAt')
    .orderBy('id')
    .limit(200)
    .execute();

export const addShift = async (tx: Writer<CustodyTables>, turn: OnCallShift): Promise<void> =>
  void (await tx.insertInto('custodianTurns').values(turn).execute());

/** A shift that has begun ends now; a later one is cancelled. */
export async function endShift(tx: Writer<CustodyTables>, id: OnCallShiftId, now: Date): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('custodianTurns')
    .set({ endsAt: sql`greatest(starts_at, least(ends_at, ${now}))` })
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('turn');
}
