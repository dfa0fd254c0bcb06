/** Stores NRM referrals of officers: that there is one in a row of its own, and what it says as one sealed value, each version under a key of its own. */
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import type { AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { MemberId, VisitId } from '../../vocabulary/ids.ts';
import {
  emptyContent,
  namesIn,
  type OfficerReferral,
  type OfficerReferralId,
  type ReferralContent,
  type Submission,
  type TakeOverReason,
  writerOf,
} from './nrm-referral.ts';

type ContentRow = {
  id: OfficerReferralId;
  sealedContent: Buffer;
  sealedNames: Buffer;
  wrappedKey: Buffer;
  recordedBy: MemberId;
};
export type OfficerReferralTables = {
  nrmReferrals: Mutable<OfficerReferral> & { person?: string | null };
  nrmReferralContents: ContentRow;
};
type Audited = AuditedReader<OfficerReferralTables>;
type Tx = Writer<OfficerReferralTables>;

const contextOf = (id: string): string => `nrm_referral_contents/sealed_content/${id}`;
/** The length of a sealed value shows no more than the step that it lies in. */
const step = 2_048;
/** No record's id: a list in a query is never empty. */
const none = '00000000-0000-4000-8000-000000000000';
const namesStep = 256;
const namesContextOf = (id: string): string => `nrm_referral_contents/sealed_names/${id}`;

function sealContent(keys: UnitKeys, id: OfficerReferralId, content: ReferralContent) {
  const { key, wrapped } = keys.newRecordKey(id);
  const text = padText(JSON.stringify(content), step);
  const names = padText(JSON.stringify(namesIn(content)), namesStep);
  return {
    sealedContent: seal(key, contextOf(id), text),
    sealedNames: seal(key, namesContextOf(id), names),
    wrappedKey: wrapped,
  };
}

/** The names alone, with which a release is compared. */
export const openReferralNames = (keys: UnitKeys, id: string, sealed: Buffer, wrapped: Buffer): readonly string[] =>
  JSON.parse(unseal(keys.unwrap(wrapped, id), namesContextOf(id), sealed).toString()) as string[];

/** As JSON has it: moments are text. */
type AsText<Value> = Value extends Date
  ? string
  : Value extends object
    ? { readonly [Key in keyof Value]: AsText<Value[Key]> }
    : Value;

function reviveSubmission({ sentAt, corrections = [], ...rest }: AsText<Submission>): Submission {
  const earlier = corrections.map((one) => ({ ...one, sentAt: new Date(one.sentAt), at: new Date(one.at) }));
  return {
    ...(rest as unknown as Omit<Submission, 'sentAt'>),
    sentAt: new Date(sentAt),
    corrections: earlier as never,
  };
}

function openContent(keys: UnitKeys, id: string, sealed: Buffer, wrapped: Buffer): ReferralContent {
  const { submission, ...rest } = JSON.parse(
    unseal(keys.unwrap(wrapped, id), contextOf(id), sealed).toString(),
  ) as Omit<ReferralContent, 'submission'> & { readonly submission: AsText<Submission> | null };
  return { ...emptyContent, ...rest, submission: submission && reviveSubmission(submission) };
}

const parseBytes = (text: unknown): Buffer => Buffer.from(String(text).slice(2), 'hex');

/** What an earlier version said, where the database keeps sealed values as text. */
export const openEarlierContent = (keys: UnitKeys, id: string, record: Readonly<Record<string, unknown>>) =>
  openContent(keys, id, parseBytes(record.sealed_content), parseBytes(record.wrapped_key));

export async function getOfficerReferral(db: Audited, id: OfficerReferralId): Promise<OfficerReferral> {
  const row = await db.selectFrom('nrmReferrals').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('record');
  return row;
}

/** Of one visit, as far as the reader's agency began them. */
export const listOfficerReferrals = (db: Audited | Tx, visitId: VisitId): Promise<OfficerReferral[]> =>
  (db as Reader<OfficerReferralTables>)
    .selectFrom('nrmReferrals')
    .selectAll()
    .where('visitId', '=', visitId)
    .orderBy('recordedAt')
    .orderBy('id')
    .execute();

/** What waits for the member who writes it: drafts, and referrals on which the Home Office meant to decide before this day. */
export const listReferralsToDo = (db: Audited, memberId: string, today: string): Promise<OfficerReferral[]> =>
  db
    .selectFrom('nrmReferrals')
    .selectAll()
    .where(sql<boolean>`coalesce(taken_over_by, recorded_by) = ${memberId}`)
    .where(({ or, eb }) => or([eb('outcome', 'is', null), eb('decisionDue', '<', today)]))
    .orderBy('recordedAt')
    .orderBy('id')
    .execute();

/** About these arrests or people met, as far as the reader may see them. */
export async function listReferralsAbout(
  db: Audited,
  { arrests, people }: { readonly arrests: readonly string[]; readonly people: readonly string[] },
): Promise<OfficerReferral[]> {
  if (arrests.length + people.length === 0) return [];
  return db
    .selectFrom('nrmReferrals')
    .selectAll()
    .where(({ or, eb }) =>
      or([eb('arrestId', 'in', [...arrests, none]), eb('encounterId', 'in', [...people, none] as never)]),
    )
    .orderBy('id')
    .execute();
}

/** What it says; undefined where the reader may not read it. */
export async function findContent(db: Audited | Tx, keys: UnitKeys, id: string): Promise<ReferralContent | undefined> {
  const row = await (db as Reader<OfficerReferralTables>)
    .selectFrom('nrmReferralContents')
    .selectAll()
    .where('id', '=', id as OfficerReferralId)
    .executeTakeFirst();
  return row && openContent(keys, id, row.sealedContent, row.wrappedKey);
}

/** The content of a member's latest other referral: how colleagues reach the officer stands there already. */
export async function findLatestContent(
  db: Audited,
  keys: UnitKeys,
  { memberId, not }: { readonly memberId: string; readonly not: OfficerReferralId },
): Promise<{ readonly id: OfficerReferralId; readonly content: ReferralContent } | undefined> {
  const row = await db
    .selectFrom('nrmReferralContents as c')
    .innerJoin('nrmReferrals as r', 'r.id', 'c.id')
    .selectAll('c')
    .where('c.recordedBy', '=', memberId as MemberId)
    .where('r.id', '<>', not)
    .orderBy('r.recordedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.id, content: openContent(keys, row.id, row.sealedContent, row.wrappedKey) };
}

/** A pseudonym that counting roles cannot reverse: officers of two agencies who refer the same person produce the same one. The safeguarding database has another for that person. */
function derivePseudonym(keys: UnitKeys, { id, encounterId, arrestId }: OfficerReferral): string {
  const bytes = createHmac('sha256', keys.derive('people in officers’ referrals')).update(
    encounterId ?? arrestId ?? id,
  );
  const hex = bytes.digest('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** Adds a draft, without answers where it is begun. */
export async function addOfficerReferral(
  tx: Tx,
  keys: UnitKeys,
  referral: OfficerReferral,
  content: ReferralContent = emptyContent,
): Promise<void> {
  const person = derivePseudonym(keys, referral);
  await tx
    .insertInto('nrmReferrals')
    .values({ ...referral, person })
    .execute();
  await tx
    .insertInto('nrmReferralContents')
    .values({
      id: referral.id,
      ...sealContent(keys, referral.id, content),
      recordedBy: referral.recordedBy,
    })
    .execute();
}

/** Whether it was taken over. Not where somebody else was faster, or where the member may not. */
export async function takeOverReferral(
  tx: Tx,
  { id, ...referral }: OfficerReferral,
  why: TakeOverReason,
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select ctx.take_over_referral(${id}, ${writerOf(referral)}, ${why}) as taken`.execute(tx);
  return rows[0]?.taken === true;
}

/** Locked until the transaction ends. Not found for anybody but who writes it. */
export async function lockOfficerReferral(tx: Tx, keys: UnitKeys, id: OfficerReferralId) {
  const referral = await tx.selectFrom('nrmReferrals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  const content = referral && (await findContent(tx, keys, id));
  if (!referral || !content) throw notFound('record');
  return { referral, content };
}

export async function saveContent(
  tx: Tx,
  keys: UnitKeys,
  id: OfficerReferralId,
  content: ReferralContent,
): Promise<void> {
  await tx
    .updateTable('nrmReferralContents')
    .set(sealContent(keys, id, content))
    .where('id', '=', id)
    .execute();
}

export async function saveOutcome(
  tx: Tx,
  id: OfficerReferralId,
  ended: Partial<Pick<OfficerReferral, 'outcome' | 'closedAt' | 'decisionDue' | 'referredAs'>>,
): Promise<void> {
  await tx.updateTable('nrmReferrals').set(ended).where('id', '=', id).execute();
}
