/** What is read of the sealed log for people and for witnesses, and the witnesses themselves. */
import { sql } from 'kysely';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { readCheckpoint } from '../sealing/checkpoint.ts';
import { consistencyRanges } from '../sealing/tree.ts';
import { rootOfRange } from '../sealing/tree-store.ts';
import type { Witness } from './witness.ts';

export type LogTables = {
  logCheckpoints: { size: number; note: string };
  logKeys: { key: string };
  logCosignatures: { size: number; witness: string; line: string };
  logWitnesses: Mutable<Witness>;
};

export async function findLatestCheckpoint(db: Reader<LogTables>): Promise<string | undefined> {
  const row = await db.selectFrom('logCheckpoints').select('note').orderBy('size', 'desc').limit(1).executeTakeFirst();
  return row?.note;
}

export async function findCheckpoint(db: Reader<LogTables>, size: number): Promise<string | undefined> {
  const row = await db.selectFrom('logCheckpoints').select('note').where('size', '=', size).executeTakeFirst();
  return row?.note;
}

export async function listKeys(db: Reader<LogTables>): Promise<string[]> {
  const rows = await db.selectFrom('logKeys').select('key').orderBy('key').execute();
  return rows.map(({ key }) => key);
}

/** What shows that the log of `from` leaves is the beginning of the log of `to`; undefined where there are no such logs. */
export async function findConsistencyProof(
  db: Reader<AnyTables>,
  from: number,
  to: number,
): Promise<Buffer[] | undefined> {
  const note = await findLatestCheckpoint(db);
  const size = note ? (readCheckpoint(note)?.size ?? 0) : 0;
  if (from < 1 || from > to || to > size) return undefined;
  const proof: Buffer[] = [];
  for (const range of consistencyRanges(from, to)) proof.push(await rootOfRange(db, range));
  return proof;
}

export async function addCosignature(tx: Writer<LogTables>, cosignature: LogTables['logCosignatures']): Promise<void> {
  await tx.insertInto('logCosignatures').values(cosignature).execute();
}

export type Cosignature = { readonly witness: string; readonly size: number; readonly line: string };

/** The latest of each witness. */
export const listLatestCosignatures = (db: Reader<LogTables>): Promise<Cosignature[]> =>
  db
    .selectFrom('logCosignatures')
    .distinctOn('witness')
    .select(['witness', 'size', 'line'])
    .orderBy('witness')
    .orderBy(sql`id`, 'desc')
    .execute();

/** The signatures under a checkpoint apart from the log's own: the latest of each witness. */
export async function listCosignatureLines(db: Reader<LogTables>, size: number): Promise<string[]> {
  const rows = await db
    .selectFrom('logCosignatures')
    .distinctOn('witness')
    .select('line')
    .where('size', '=', size)
    .orderBy('witness')
    .orderBy(sql`id`, 'desc')
    .execute();
  return rows.map(({ line }) => line);
}

/** Rows that wait to be sealed. */
export async function countUnsealed(db: Reader<AnyTables>): Promise<{ count: number; oldest: Date | null }> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    select count(*) as count, min(a.at) as oldest from access_log a
    where (a.xid, a.id) > (
      select coalesce(max(l.xid), '0'::xid8), coalesce(max(l.id), 0)
      from (select xid, id from log_leaves order by index desc limit 1) l)`.execute(db);
  return rows[0] ?? { count: 0, oldest: null };
}

export const listWitnesses = (db: Reader<LogTables>): Promise<Witness[]> =>
  db.selectFrom('logWitnesses').selectAll().where('endedAt', 'is', null).orderBy('name').execute();

export const findWitness = (db: Reader<LogTables>, name: string): Promise<Witness | undefined> =>
  db.selectFrom('logWitnesses').selectAll().where('name', '=', name).where('endedAt', 'is', null).executeTakeFirst();

/** False where the key or the name is registered already. */
export async function addWitness(tx: Writer<LogTables>, witness: Witness): Promise<boolean> {
  const row = await tx
    .insertInto('logWitnesses')
    .values(witness)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function endWitness(tx: Writer<LogTables>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('logWitnesses')
    .set({ endedAt: at })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
