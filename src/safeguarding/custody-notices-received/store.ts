/** Stores received notices in the main database: every read is logged, and each is accepted once and passed on once. */

import { sql } from 'kysely';
import { type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import { onCallStore } from '../../platform/on-call/store.ts';
import type { CrossingId } from '../custody-notices/notice.ts';
import { referenceContext } from '../custody-notices/store.ts';
import type { CustodyNotice, OnCallShift, PassOnMethod, UrgentNotice } from './urgent-page.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type CustodyRow = Mutable<Omit<CustodyNotice, 'reference'>> & {
  sealedReference: Buffer | null;
  wrappedKey: Buffer | null;
};
export type CustodyTables = {
  receivedCustodyNotices: CustodyRow;
  custodyUrgentPages: Mutable<UrgentNotice>;
  custodianShifts: Mutable<OnCallShift>;
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
  const row = await db.selectFrom('receivedCustodyNotices').selectAll().where('id', '=', id).executeTakeFirst();
  const ring = await db.selectFrom('custodyUrgentPages').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !ring) throw notFound('notice');
  const of = row.withdraws
    ? await db.selectFrom('receivedCustodyNotices').selectAll().where('id', '=', row.withdraws).executeTakeFirst()
    : row;
  const { sealedReference: _sealed, wrappedKey: _wrapped, ...notice } = row;
  return { ...notice, reference: of && opened(keys, of.id, of), ring };
}

/** The latest first, without their text; at most two hundred. */
export const listUrgentNotices = (db: Reader<CustodyTables>): Promise<UrgentNotice[]> =>
  db
    .selectFrom('custodyUrgentPages')
    .selectAll()
    .orderBy('acknowledgedAt', (order) => order.desc().nullsFirst())
    .orderBy('id')
    .limit(200)
    .execute();

export const { listShifts, addShift, endShift, listRinging, findAlert, takeOn } = onCallStore<
  OnCallShift,
  UrgentNotice
>('custodianShifts', 'custodyUrgentPages');

export const getUrgentNotice = async (db: Reader<CustodyTables>, id: CrossingId): Promise<UrgentNotice> =>
  found(await findAlert(db, id), 'notice');

/** False if it was passed on already, or no custodian has accepted it. */
export async function recordPassedOn(
  tx: Writer<CustodyTables>,
  id: CrossingId,
  what: PassOnMethod,
  hour: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('custodyUrgentPages')
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
