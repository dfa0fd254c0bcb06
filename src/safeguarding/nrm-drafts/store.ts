/** Stores concerns in the safeguarding database: the content is one sealed value under the person’s own key, bound to its version. */

import { sql } from 'kysely';
import { padText, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { unlessDestroyed } from '../../platform/crypto/key-halves.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { keyOfPerson, type PersonTables } from '../people/store.ts';
import { emptyContent, type NrmReferral, type NrmReferralContent, type NrmReferralId } from './nrm-referral.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type ConcernRow = Mutable<Omit<NrmReferral, keyof NrmReferralContent>> & { sealedContent: Buffer };
/** What returns count of a submission. */
type SubmittedRow = {
  id: string;
  person: string;
  operationId: string;
  agencyId: string;
  responder: string;
  outcome: 'referral' | 'notification';
};
export type NrmReferralTables = PersonTables & { nrmDrafts: ConcernRow; submittedNrmReferrals: SubmittedRow };
type Audited = AuditedReader<NrmReferralTables>;
type Tx = Writer<NrmReferralTables>;

const contextOf = (id: string, revision: number): string => `nrm_drafts/sealed_content/${id}/${revision}`;

const step = 2_048;

function sealContent(key: Buffer, concern: NrmReferral): Buffer {
  const { answers, fork, handed, submission, decisions, agreedToStay, suspendedOn, withdrawnOn } = concern;
  const said: NrmReferralContent = {
    ...{ answers, fork, handed, submission },
    ...{ decisions, agreedToStay, suspendedOn, withdrawnOn },
  };
  return seal(key, contextOf(concern.id, concern.revision), padText(JSON.stringify(said), step));
}

function toNrmReferral(key: Buffer, { sealedContent, ...row }: ConcernRow): NrmReferral {
  return { ...row, ...unsealContent(key, contextOf(row.id, row.revision), sealedContent) };
}

/** Content from before drafts could be handed over lacks that field. */
const unsealContent = (key: Buffer, context: string, sealed: Buffer): NrmReferralContent => ({
  ...emptyContent,
  ...(JSON.parse(unseal(key, context, sealed).toString()) as NrmReferralContent),
});

/** The content of an earlier version, as the database kept it. */
export function unsealEarlierContent(key: Buffer, record: Readonly<Record<string, unknown>>): NrmReferralContent {
  const sealed = Buffer.from(String(record.sealed_content).slice(2), 'hex');
  const context = contextOf(String(record.id), Number(record.revision));
  return unsealContent(key, context, sealed);
}

/** Makes simultaneous requests about the same person wait, so that the second finds the first one's concern. */
export async function lockForPerson(tx: Tx, personId: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`nrm_drafts/${personId}`}, 0))`.execute(tx);
}

export async function addNrmReferral(tx: Tx, keys: UnitKeys, concern: NrmReferral): Promise<void> {
  const { id, personId, agencyId, authorId, raisedAt, revision } = concern;
  const sealedContent = sealContent(await keyOfPerson(tx, keys, personId), concern);
  await tx
    .insertInto('nrmDrafts')
    .values({ id, personId, agencyId, authorId, raisedAt, revision, sealedContent })
    .execute();
}

/** Opens the seal. Not found when the person is unknown or belongs to another agency. */
export async function getNrmReferral(db: Audited, keys: UnitKeys, id: NrmReferralId): Promise<NrmReferral> {
  const row = found(await db.selectFrom('nrmDrafts').selectAll().where('id', '=', id).executeTakeFirst(), 'concern');
  return toNrmReferral(await keyOfPerson(db, keys, row.personId), row);
}

export async function lockNrmReferral(tx: Tx, keys: UnitKeys, id: NrmReferralId): Promise<NrmReferral> {
  const row = await tx.selectFrom('nrmDrafts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('concern');
  return toNrmReferral(await keyOfPerson(tx, keys, row.personId), row);
}

export async function saveNrmReferral(tx: Tx, keys: UnitKeys, concern: NrmReferral): Promise<void> {
  const next = { ...concern, revision: concern.revision + 1 };
  const sealedContent = sealContent(await keyOfPerson(tx, keys, concern.personId), next);
  await tx
    .updateTable('nrmDrafts')
    .set({ sealedContent, revision: next.revision })
    .where('id', '=', concern.id)
    .where('revision', '=', concern.revision)
    .execute();
}

/** All concerns of one person, the latest first. */
export async function listNrmReferralsOf(db: Audited | Tx, keys: UnitKeys, personId: PersonId): Promise<NrmReferral[]> {
  const rows = await (db as Reader<NrmReferralTables>)
    .selectFrom('nrmDrafts')
    .selectAll()
    .where('personId', '=', personId)
    .orderBy('raisedAt', 'desc')
    .orderBy('id')
    .execute();
  if (rows.length === 0) return [];
  const key = await keyOfPerson(db, keys, personId);
  return rows.map((row) => toNrmReferral(key, row));
}

const unsealReferrals = (keys: UnitKeys, rows: readonly (ConcernRow & { wrappedKey: Buffer })[]): NrmReferral[] =>
  rows.flatMap(
    ({ wrappedKey, ...row }) => unlessDestroyed(() => toNrmReferral(keys.unwrap(wrappedKey, row.personId), row)) ?? [],
  );

/** Each with its person’s key, which opens it. */
const withKeys = (db: Audited) =>
  db.selectFrom('nrmDrafts as c').innerJoin('persons as p', 'p.id', 'c.personId').selectAll('c').select('p.wrappedKey');

/** Concerns about several people whose records the member may read. */
export async function listNrmReferralsAbout(
  db: Audited,
  keys: UnitKeys,
  people: readonly PersonId[],
): Promise<NrmReferral[]> {
  const rows = await withKeys(db).where('c.personId', 'in', people).execute();
  return unsealReferrals(keys, rows);
}

/** The limit of a count; an agency with more sees a note. */
export const mostCounted = 5_000;

/** Those that an agency raised, for a count. */
export async function listNrmReferralsBy(
  db: Audited,
  keys: UnitKeys,
  agencyId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<NrmReferral[]> {
  const rows = await withKeys(db)
    .where('c.agencyId', '=', agencyId as NrmReferral['agencyId'])
    .where('c.raisedAt', '>=', from)
    .where('c.raisedAt', '<', to)
    .orderBy('c.raisedAt', 'desc')
    .orderBy('c.id')
    .limit(mostCounted)
    .execute();
  return unsealReferrals(keys, rows);
}

const mostWritten = 100;

/** The latest that a member began. */
export async function listNrmReferralsWrittenBy(db: Audited, keys: UnitKeys, authorId: string): Promise<NrmReferral[]> {
  const rows = await withKeys(db)
    .where('c.authorId', '=', authorId as NrmReferral['authorId'])
    .orderBy('c.raisedAt', 'desc')
    .orderBy('c.id')
    .limit(mostWritten)
    .execute();
  return unsealReferrals(keys, rows);
}

/** The latest that the member may see. */
export async function listNrmReferrals(db: Audited, keys: UnitKeys, most: number): Promise<NrmReferral[]> {
  const rows = await withKeys(db).orderBy('c.raisedAt', 'desc').orderBy('c.id').limit(most).execute();
  return unsealReferrals(keys, rows);
}
