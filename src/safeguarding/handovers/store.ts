/** Stores handovers and nurses' readings of the clocks in the safeguarding database. */

import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { HandoverId } from '../actions/action.ts';
import type { GuidelineComparison } from '../actions/due.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
export type Handover = {
  readonly id: HandoverId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly madeAt: Date;
  readonly words: string;
};
type HandoverRow = Mutable<Omit<Handover, 'words'>> & { sealedWords: Buffer; wrappedKey: Buffer };
export type HandoverReceipt = { readonly handoverId: HandoverId; readonly memberId: MemberId; readonly readAt: Date };
export type HandoverTables = {
  handovers: HandoverRow;
  handoverReadings: Mutable<HandoverReceipt>;
  guidelineReadings: Mutable<GuidelineComparison>;
};
type Db = Reader<HandoverTables>;
type Audited = AuditedReader<HandoverTables>;
type Tx = Writer<HandoverTables>;

const contextOf = (id: HandoverId): string => `handovers/sealed_words/${id}`;
const toHandover = (keys: UnitKeys, { sealedWords, wrappedKey, ...row }: HandoverRow): Handover => ({
  ...row,
  words: unseal(keys.unwrap(wrappedKey, row.id), contextOf(row.id), sealedWords).toString(),
});

/** Adds a handover once; false if the form is sent twice. Not found if the id is taken. */
export async function addHandover(tx: Tx, keys: UnitKeys, handover: Handover): Promise<boolean> {
  const { words, ...row } = handover;
  const { key, wrapped } = keys.newRecordKey(handover.id);
  const sealedWords = seal(key, contextOf(handover.id), words);
  return addOnce(tx, ['handovers', 'handover'], { ...row, sealedWords, wrappedKey: wrapped }, ['authorId']);
}

export async function getHandover(db: Audited, keys: UnitKeys, id: HandoverId): Promise<Handover> {
  const row = found(await db.selectFrom('handovers').selectAll().where('id', '=', id).executeTakeFirst(), 'handover');
  return toHandover(keys, row);
}

/** Without the sealed words: a list opens no seal. */
export type ListedHandover = Omit<Handover, 'words'>;
export const listHandovers = (db: Audited, since: Date): Promise<ListedHandover[]> =>
  db
    .selectFrom('handovers')
    .select(['id', 'agencyId', 'authorId', 'madeAt'])
    .where('madeAt', '>=', since)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();

export const listHandoversById = (db: Audited, ids: readonly HandoverId[]): Promise<ListedHandover[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('handovers').select(['id', 'agencyId', 'authorId', 'madeAt']).where('id', 'in', ids).execute();

export const listHandoverReceipts = (db: Db, ids: readonly HandoverId[]): Promise<HandoverReceipt[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('handoverReadings')
        .selectAll()
        .where('handoverId', 'in', ids)
        .orderBy('readAt')
        .orderBy('memberId')
        .execute();

/** Acknowledging again changes nothing. */
export async function addHandoverReceipt(tx: Tx, heard: HandoverReceipt): Promise<void> {
  await tx
    .insertInto('handoverReadings')
    .values(heard)
    .onConflict((on) => on.columns(['handoverId', 'memberId']).doNothing())
    .execute();
}

/** Readings of the member's agency. */
export const listComparisons = (db: Db): Promise<GuidelineComparison[]> =>
  db.selectFrom('guidelineReadings').selectAll().orderBy('readOn').orderBy('id').execute();

export async function addComparison(tx: Tx, reading: GuidelineComparison): Promise<void> {
  await tx
    .insertInto('guidelineReadings')
    .values(reading)
    .onConflict((on) => on.column('id').doNothing())
    .execute();
}
