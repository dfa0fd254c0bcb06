/** Keys of forms that were carried out, with the answer that each was given. */

import { sql } from 'kysely';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AnyTables, Db, Reader, Writer } from '../database/database.ts';

/** Longer than any session, and so than any form that was made in one. */
const keptHours = 14;

/** False where another request carried the form out already; waits while one is at it. */
export async function claimKey(
  tx: Writer<AnyTables>,
  { key, requestHash }: { readonly key: Buffer; readonly requestHash: Buffer },
  now: Date,
): Promise<boolean> {
  const expiresAt = new Date(floorToHour(now).getTime() + keptHours * hourMs);
  const { rows } = await sql<{ claimed: boolean }>`
    select ctx.claim_key(${key}, ${requestHash}, ${expiresAt}) as claimed`.execute(tx);
  return rows[0]?.claimed === true;
}

export type ClaimedKey = { readonly requestHash: Buffer; readonly answer: Buffer | null };

export async function findKey(db: Reader<AnyTables>, key: Buffer): Promise<ClaimedKey | undefined> {
  const { rows } = await sql<ClaimedKey>`select * from ctx.claimed_key(${key})`.execute(db);
  return rows[0];
}

export async function answerKey(db: Db, key: Buffer, answer: Buffer): Promise<void> {
  await sql`select ctx.answer_key(${key}, ${answer})`.execute(db);
}

/** The form may be sent again: its answer cannot be kept. */
export async function releaseKey(db: Db, key: Buffer): Promise<void> {
  await sql`select ctx.release_key(${key})`.execute(db);
}

export async function forgetKeys(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.forget_keys(${now})`.execute(tx);
}
