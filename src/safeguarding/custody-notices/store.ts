/** Stores sent notices in the safeguarding database, and builds the sealed parcel that crosses the wall. */
import { sql } from 'kysely';
import { digestOfWording } from '../../nrm/consent-words/index.ts';
import { reseal, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import { type Listeners, publishEvent } from '../../platform/jobs/outbox.ts';
import { notifyOnce } from '../../platform/notifications/index.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { CrossingId, Notice, NoticeId } from './notice.ts';
import type { SentenceName } from './sentence.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type NoticeRow = Mutable<Omit<Notice, 'reasons'>> & {
  wordingDigest: string;
  sealedReasons: Buffer | null;
  wrappedKey: Buffer | null;
};
export type NoticeTables = { custodyNotices: NoticeRow };

const contextOf = (id: string): string => `custody_notices/sealed_reasons/${id}`;

function toNotice(keys: UnitKeys, { sealedReasons, wrappedKey, wordingDigest: _, ...row }: NoticeRow): Notice {
  const reasons =
    sealedReasons && wrappedKey
      ? unseal(keys.unwrap(wrappedKey, row.id), contextOf(row.id), sealedReasons).toString()
      : null;
  return { ...row, reasons };
}

export function noticeRow(keys: UnitKeys, { reasons, ...notice }: Notice): NoticeRow {
  const wordingDigest = digestOfWording(notice);
  if (reasons === null) return { ...notice, wordingDigest, sealedReasons: null, wrappedKey: null };
  const { key, wrapped } = keys.newRecordKey(notice.id);
  return { ...notice, wordingDigest, sealedReasons: seal(key, contextOf(notice.id), reasons), wrappedKey: wrapped };
}

/** Adds a notice once: false if the form is sent twice. Not found if the id is another’s. */
export const addNotice = (tx: Writer<NoticeTables>, keys: UnitKeys, notice: Notice): Promise<boolean> =>
  addOnce(tx, ['custodyNotices', 'notice'], noticeRow(keys, notice), ['authorId']);

/** The latest first; at most two hundred. */
export async function listNotices(
  db: AuditedReader<NoticeTables>,
  keys: UnitKeys,
  of: { readonly personId?: Notice['personId'] } = {},
): Promise<Notice[]> {
  let query = db.selectFrom('custodyNotices').selectAll().orderBy('givenAt', 'desc').orderBy('id').limit(200);
  if (of.personId) query = query.where('personId', '=', of.personId);
  return (await query.execute()).map((row) => toNotice(keys, row));
}

export async function getNotice(db: AuditedReader<NoticeTables>, keys: UnitKeys, id: NoticeId): Promise<Notice> {
  const row = found(
    await db.selectFrom('custodyNotices').selectAll().where('id', '=', id).executeTakeFirst(),
    'notice',
  );
  return toNotice(keys, row);
}

export async function lockNotice(tx: Writer<NoticeTables>, keys: UnitKeys, id: NoticeId): Promise<Notice> {
  const row = found(
    await tx.selectFrom('custodyNotices').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'notice',
  );
  return toNotice(keys, row);
}

export async function saveWithdrawal(tx: Writer<NoticeTables>, notice: Notice): Promise<void> {
  const { id, withdrawnAt, withdrawnBy, withdrawalTransferId } = notice;
  await tx
    .updateTable('custodyNotices')
    .set({ withdrawnAt, withdrawnBy, withdrawalTransferId })
    .where('id', '=', id)
    .execute();
}

/** The outbox event that carries a notice across. */
export const noticeSentEvent = 'custody safeguarding notice.crossed';

export type NoticePayload = {
  readonly transferId: CrossingId;
  readonly recipient: string;
  readonly sentence: SentenceName;
  /** Null for a withdrawal: the custodian’s side knows the reference of the notice it withdraws. */
  readonly reference: string | null;
  readonly withdraws: CrossingId | null;
};

export const referenceContext = (id: string): string => `received_custody_notices/sealed_reference/${id}`;

/** Queues it in the same transaction as the notice: sealed for the main database, with no id of this one. */
export async function queueNotice(tx: Writer<AnyTables>, keys: UnitKeys, parcel: NoticePayload): Promise<void> {
  const { transferId, recipient, sentence, reference, withdraws } = parcel;
  const record = keys.newRecordKey(transferId);
  const sealed =
    reference === null
      ? { sealed: null, wrapped: null }
      : {
          sealed: seal(record.key, referenceContext(transferId), reference).toString('base64'),
          wrapped: record.wrapped.toString('base64'),
        };
  await publishEvent(tx, noticeSentEvent, transferId, { recipient, sentence, withdraws, ...sealed });
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

/** The leader process delivers it in a transaction of the main database, sealed with a key of that database alone. */
export const custodyNoticeListeners = (keys: UnitKeys): Listeners => ({
  [noticeSentEvent]: [
    async (tx, { about, details }, now) => {
      const { recipient, sentence, sealed, wrapped, withdraws } = details;
      const id = String(about);
      const theirs =
        typeof sealed === 'string' && typeof wrapped === 'string'
          ? reseal(keys, referenceContext(id), id, { sealed: bytesOf(sealed), wrapped: bytesOf(wrapped) })
          : { sealed: null, wrapped: null };
      await sql`select ctx.take_custody_notice(${id}::uuid, ${recipient}::uuid, ${sentence}::text,
        ${theirs.sealed}::bytea, ${theirs.wrapped}::bytea, ${withdraws ?? null}::uuid)`.execute(tx);
      const ownerId = recipient as AgencyId;
      const to = { agency: ownerId, roles: ['custodian'] as const };
      await notifyOnce(tx, [{ kind: 'custody notice', subject: id, ownerId, madeAt: now, to }]);
    },
  ],
});

/** How far each notice is, asked of the main database by crossing id only. */
export async function readDeliveryStates(
  db: Reader<AnyTables>,
  crossings: readonly CrossingId[],
): Promise<ReadonlyMap<string, { readonly rounds: number; readonly acknowledged: boolean }>> {
  const { rows } = await sql<{ id: string; rounds: number; acknowledged: boolean }>`
    select * from ctx.custody_standing(${`{${crossings.join(',')}}`}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}
