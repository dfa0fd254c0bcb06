/** Stores disclosures without consent in the safeguarding database: requested, approved or refused, and reviewed, each once. The database sets who and when. */
import { sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type ConsentTables, contextOf, type DisclosureRow, type PersonIds } from '../consent/store.ts';
import {
  type Disclosure,
  type DisclosureId,
  type DisclosurePlan,
  type ImmediateDisclosureRefusal,
  urgentBases,
} from './disclosure.ts';

type Db = Reader<ConsentTables>;
type Audited = AuditedReader<ConsentTables>;
type Tx = Writer<ConsentTables>;

const columns = {
  sealedReasons: 'sealed_reasons',
  sealedPlan: 'sealed_plan',
  sealedCannotWait: 'sealed_cannot_wait',
  sealedContent: 'sealed_content',
} as const;
const sealContext = (column: string, id: string): string => contextOf('disclosures', column, id);

function toDisclosure(keys: UnitKeys, row: DisclosureRow): Disclosure {
  const { sealedReasons, sealedPlan, sealedCannotWait, sealedContent, wrappedKey, ...open } = row;
  const key = keys.unwrap(wrappedKey, row.id);
  const text = (column: string, sealed: Buffer): string => unseal(key, sealContext(column, row.id), sealed).toString();
  return {
    ...open,
    reasons: text(columns.sealedReasons, sealedReasons),
    plan: sealedPlan && (JSON.parse(text(columns.sealedPlan, sealedPlan)) as DisclosurePlan),
    cannotWait: sealedCannotWait && text(columns.sealedCannotWait, sealedCannotWait),
    said: sealedContent && text(columns.sealedContent, sealedContent),
  };
}

/** Writes a repeated form once, and returns whether it was new. Throws “not found” if the id belongs to another’s disclosure. */
export async function addDisclosure(tx: Tx, keys: UnitKeys, disclosure: Disclosure): Promise<boolean> {
  const { reasons, plan, cannotWait, said, items, ...row } = disclosure;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const sealed = (column: string, text: string) => seal(key, sealContext(column, row.id), text);
  const written = {
    ...row,
    items: [...items],
    sealedReasons: sealed(columns.sealedReasons, reasons),
    sealedPlan: plan && sealed(columns.sealedPlan, JSON.stringify(plan)),
    sealedCannotWait: cannotWait && sealed(columns.sealedCannotWait, cannotWait),
    sealedContent: said && sealed(columns.sealedContent, said),
    wrappedKey: wrapped,
  } as DisclosureRow;
  return addOnce(tx, ['disclosures', 'disclosure'], written, ['askedBy', 'personId']);
}

const serialiseRequest = ({ recipient, items, basis, reasons, plan }: Disclosure): string =>
  JSON.stringify([recipient, items, basis, reasons, plan]);

/** A repeated form makes one request. Refused if the words have changed: the second person judges the first words, and the author must not think otherwise. */
export async function addRequestOnce(
  tx: Tx,
  keys: UnitKeys,
  disclosure: Disclosure,
): Promise<Result<boolean, ImmediateDisclosureRefusal>> {
  if (await addDisclosure(tx, keys, disclosure)) return accept(true);
  const there = await getDisclosure(tx, keys, disclosure.id);
  // The plan is deleted after sending or refusal; the page of the disclosure shows how it ended.
  return !there.plan || serialiseRequest(there) === serialiseRequest(disclosure)
    ? accept(false)
    : refuse('asked otherwise');
}

const serialiseImmediate = ({ recipient, items, basis, reasons, cannotWait }: Disclosure): string =>
  JSON.stringify([recipient, items, basis, reasons, cannotWait]);

/** A disclosure at once needs an id of its own. Refused if its form asked for approval before, so that an approval never covers other content. Refused too if it says something else than what the same form saved. */
export async function addImmediateDisclosure(
  tx: Tx,
  keys: UnitKeys,
  disclosure: Disclosure,
): Promise<Result<boolean, ImmediateDisclosureRefusal>> {
  if (await addDisclosure(tx, keys, disclosure)) return accept(true);
  const there = await getDisclosure(tx, keys, disclosure.id);
  if (there.timing !== 'at once') return refuse('asked before');
  return serialiseImmediate(there) === serialiseImmediate(disclosure) ? accept(false) : refuse('disclosed otherwise');
}

/** Locked until the transaction ends: of two second persons, the later one finds it answered. */
export async function lockDisclosure(tx: Tx, keys: UnitKeys, id: DisclosureId): Promise<Disclosure> {
  const row = found(
    await tx.selectFrom('disclosures').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'disclosure',
  );
  return toDisclosure(keys, row);
}

/** Saves the second person’s answer; the database sets who and when. */
export async function saveReview(tx: Tx, keys: UnitKeys, disclosure: Disclosure): Promise<void> {
  const { id, approvedBy, approvedAt, refusedBy, refusedAt, reviewedBy, reviewedAt, reviewResult, said } = disclosure;
  const { wrappedKey } = await tx
    .selectFrom('disclosures')
    .select('wrappedKey')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const sealedContent = said && seal(keys.unwrap(wrappedKey, id), sealContext(columns.sealedContent, id), said);
  await tx
    .updateTable('disclosures')
    .set({
      approvedBy,
      approvedAt,
      refusedBy,
      refusedAt,
      reviewedBy,
      reviewedAt,
      reviewResult,
      sealedContent: sealedContent || null,
    })
    .where('id', '=', id)
    .execute();
}

export async function listDisclosures(db: Audited, keys: UnitKeys, ids: PersonIds): Promise<Disclosure[]> {
  const rows = await db
    .selectFrom('disclosures')
    .selectAll()
    .where('personId', 'in', ids)
    .orderBy('askedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toDisclosure(keys, row));
}

/** Columns without written reasons. Those stay sealed until somebody opens the one disclosure. */
const unsealedColumns = [
  ...(['id', 'personId', 'operationId', 'agencyId', 'recipient', 'purpose', 'items', 'basis', 'until'] as const),
  ...(['timing', 'askedBy', 'askedAt', 'approvedBy', 'approvedAt', 'refusedBy', 'refusedAt'] as const),
  ...(['reviewBy', 'reviewResult'] as const),
] as const;
export type DisclosureSummary = Pick<Disclosure, (typeof unsealedColumns)[number]> & {
  /** Whether the content to be disclosed is still stored here. */
  readonly kept: boolean;
};
const planKept = sql<boolean>`sealed_plan is not null`.as('kept');

export const listDisclosureSummaries = async (db: Audited, ids: PersonIds): Promise<DisclosureSummary[]> =>
  db
    .selectFrom('disclosures')
    .select(unsealedColumns)
    .select(planKept)
    .where('personId', 'in', ids)
    .orderBy('askedAt', 'desc')
    .orderBy('id')
    .execute();

export async function getDisclosure(db: Audited | Tx, keys: UnitKeys, id: DisclosureId): Promise<Disclosure> {
  const reader: Db = db;
  const row = found(
    await reader.selectFrom('disclosures').selectAll().where('id', '=', id).executeTakeFirst(),
    'disclosure',
  );
  return toDisclosure(keys, row);
}

const awaitsSecondPerson = sql<boolean>`(timing = 'after approval' and approved_at is null and refused_at is null
  or timing = 'at once' and reviewed_at is null)`;
const awaitsSending = sql<boolean>`(timing = 'after approval' and approved_at is not null and sealed_plan is not null
  and not exists (select from person_grants g where g.disclosure_id = disclosures.id))`;

/** More than one agency answers in a day. */
export const maxUnfinished = 100;

/** Open requests of this agency that wait for a second person. Also the member’s own that were approved, or that were refused or expired in the last week. Those disclosed at once come first. */
export async function listUnfinished(
  db: Audited,
  { agencyId, memberId, now }: { readonly agencyId: string; readonly memberId: string; readonly now: Date },
): Promise<DisclosureSummary[]> {
  const lately = new Date(now.getTime() - 7 * 86_400_000);
  return db
    .selectFrom('disclosures')
    .select(unsealedColumns)
    .select(planKept)
    .where('agencyId', '=', agencyId as Disclosure['agencyId'])
    .where(
      sql<boolean>`(${awaitsSecondPerson} and (timing = 'at once' or until > ${now})
        or asked_by = ${memberId} and (${awaitsSending} and until > ${now} or refused_at > ${lately}
          or ${awaitsSecondPerson} and until > ${lately}))`,
    )
    .orderBy(sql`timing = 'at once'`, 'desc')
    .orderBy('askedAt')
    .orderBy('id')
    .limit(maxUnfinished)
    .execute();
}

/** Disclosures about one person that were requested and not sent yet. */
export const listUnsent = async (db: Audited, ids: PersonIds, now: Date): Promise<DisclosureSummary[]> =>
  db
    .selectFrom('disclosures')
    .select(unsealedColumns)
    .select(planKept)
    .where('personId', 'in', ids)
    .where('until', '>', now)
    .where(sql<boolean>`(timing = 'after approval' and approved_at is null and refused_at is null or ${awaitsSending})`)
    .orderBy('askedAt')
    .orderBy('id')
    .execute();

/** When an answer is due: on the day of the request where waiting can harm a child or cost a life, otherwise before the access would end. */
const approvalDue = sql`case when basis = any (${sql.val([...urgentBases])}::text[])
  then least(until, (date_trunc('day', asked_at at time zone 'Europe/London') + interval '1 day') at time zone 'Europe/London')
  else until end`;

/** For a second person: how many wait for approval, how many for review, and how many reviews are late. Leaves out the member’s own. */
export const countForSecondPerson = async (
  db: Db,
  { agencyId, memberId, now }: { readonly agencyId: string; readonly memberId: string; readonly now: Date },
): Promise<{
  readonly approve: number;
  /** How many of them are about a child. */
  readonly children: number;
  readonly look: number;
  readonly approveBy: Date | null;
  readonly reviewBy: Date | null;
}> =>
  db
    .selectFrom('disclosures')
    .select([
      sql<number>`count(*) filter (where timing = 'after approval')::integer`.as('approve'),
      sql<number>`count(*) filter (where timing = 'after approval' and basis = 'child')::integer`.as('children'),
      sql<number>`count(*) filter (where timing = 'at once')::integer`.as('look'),
      sql<Date | null>`min(${approvalDue}) filter (where timing = 'after approval')`.as('approveBy'),
      sql<Date | null>`min(review_by) filter (where timing = 'at once')`.as('reviewBy'),
    ])
    .where('agencyId', '=', agencyId as Disclosure['agencyId'])
    .where('askedBy', '<>', memberId as MemberId)
    .where(awaitsSecondPerson)
    .where(sql<boolean>`(timing = 'at once' or until > ${now})`)
    .executeTakeFirstOrThrow();

/** The member’s own requests: waiting for a second person, and approved but not sent. */
export const countOwnRequests = async (
  db: Db,
  memberId: string,
  now: Date,
): Promise<{
  readonly waiting: number;
  readonly approved: number;
  readonly waitsUntil: Date | null;
  readonly sendBy: Date | null;
}> =>
  db
    .selectFrom('disclosures')
    .select([
      sql<number>`count(*) filter (where ${awaitsSecondPerson})::integer`.as('waiting'),
      sql<number>`count(*) filter (where ${awaitsSending})::integer`.as('approved'),
      sql<Date | null>`min(${approvalDue}) filter (where ${awaitsSecondPerson})`.as('waitsUntil'),
      sql<Date | null>`min(${approvalDue}) filter (where ${awaitsSending})`.as('sendBy'),
    ])
    .where('askedBy', '=', memberId as MemberId)
    .where('timing', '=', 'after approval')
    .where('until', '>', now)
    .executeTakeFirstOrThrow();

/** The grant that rests on a disclosure, if the member may read it. */
export const findGrantOfDisclosure = (db: Audited, id: DisclosureId): Promise<{ readonly id: string } | undefined> =>
  db.selectFrom('personGrants').select('id').where('disclosureId', '=', id).executeTakeFirst();
