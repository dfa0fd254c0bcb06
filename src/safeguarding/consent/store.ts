/** Stores consents, disclosures and grants in the safeguarding database. Rows are added and ended, never rewritten. On a withdrawal, the database itself ends the grants. */

import { type Generated, type Selectable, sql } from 'kysely';
import { digestOfWording } from '../../nrm/consent-words/index.ts';
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import { addOnce } from '../../platform/database/add-once.ts';
import { countRows } from '../../platform/database/count-rows.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import type { NotificationId } from '../../platform/notifications/notification.ts';
import type { AgencyId, PersonId } from '../../vocabulary/ids.ts';
import type { SharedItem } from '../../vocabulary/information-shared.ts';
import type { Disclosure } from '../disclosures/disclosure.ts';
import type { Consent, ConsentId, ConsentRefusal } from './consent.ts';
import type { Grant, GrantEnd, GrantId } from './grant.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] extends readonly (infer One)[] ? One[] : Row[Key] };
type ConsentRow = Mutable<Omit<Consent, 'interpreter'>> & {
  /** The person said no. */
  refused: boolean;
  wordingDigest: string;
  sealedInterpreter: Buffer | null;
  wrappedKey: Buffer | null;
};
type Sealed = 'reasons' | 'plan' | 'cannotWait' | 'said';
export type DisclosureRow = Mutable<Omit<Disclosure, Sealed>> & {
  sealedReasons: Buffer;
  sealedPlan: Buffer | null;
  sealedCannotWait: Buffer | null;
  sealedContent: Buffer | null;
  wrappedKey: Buffer;
};
type GrantRow = Mutable<Omit<Grant, 'shown'>> & {
  sealedContent: Buffer;
  wrappedKey: Buffer;
  noticeId: Generated<NotificationId | null>;
};
export type ConsentTables = {
  consents: ConsentRow;
  disclosures: DisclosureRow;
  personGrants: GrantRow;
  withdrawnGrants: Mutable<GrantEnd>;
};
type Db = Reader<ConsentTables>;
type Audited = AuditedReader<ConsentTables>;
type Tx = Writer<ConsentTables>;

export const contextOf = (table: string, column: string, id: string): string => `${table}/${column}/${id}`;

function toConsent(
  keys: UnitKeys,
  { sealedInterpreter, wrappedKey, wordingDigest: _checked, refused: _no, ...row }: ConsentRow,
): Consent {
  const interpreter =
    sealedInterpreter && wrappedKey
      ? unseal(
          keys.unwrap(wrappedKey, row.id),
          contextOf('consents', 'sealed_interpreter', row.id),
          sealedInterpreter,
        ).toString()
      : null;
  return { ...row, interpreter };
}

function toGrant(keys: UnitKeys, { sealedContent, wrappedKey, noticeId: _asked, ...row }: Selectable<GrantRow>): Grant {
  const context = contextOf('person_grants', 'sealed_content', row.id);
  const shown = JSON.parse(unseal(keys.unwrap(wrappedKey, row.id), context, sealedContent).toString()) as SharedItem[];
  return { ...row, shown };
}

/** Writes a repeated form once. Throws “not found” if the id belongs to another person’s consent. */
export const addConsent = (tx: Tx, keys: UnitKeys, consent: Consent): Promise<void> =>
  addAnswer(tx, keys, consent, false);

/** Kept as ended from its first moment, so that nothing can ever rest on it. */
export const addConsentRefusal = (tx: Tx, keys: UnitKeys, refusal: ConsentRefusal): Promise<void> =>
  addAnswer(
    tx,
    keys,
    { ...refusal, withdrawnAt: refusal.givenAt, withdrawnBy: refusal.authorId, withdrawnHow: refusal.how },
    true,
  );

async function addAnswer(tx: Tx, keys: UnitKeys, consent: Consent, refused: boolean): Promise<void> {
  const { interpreter, items, ...row } = consent;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const written = {
    ...row,
    refused,
    items: [...items],
    wordingDigest: digestOfWording(row),
    sealedInterpreter: interpreter && seal(key, contextOf('consents', 'sealed_interpreter', row.id), interpreter),
    wrappedKey: interpreter ? wrapped : null,
  } as ConsentRow;
  await addOnce(tx, ['consents', 'consent'], written, ['personId', 'authorId', 'refused']);
}

/** Whether this form already kept another answer, the answer to another question, or to other words. */
export async function isOtherAnswerKept(
  tx: Tx,
  { id, act, recipient, purpose, items, ...shown }: Consent,
  refused: boolean,
): Promise<boolean> {
  const wordingDigest = digestOfWording(shown);
  const kept = await tx
    .selectFrom('consents')
    .select(['refused', 'act', 'recipient', 'purpose', 'items', 'wordingDigest'])
    .where('id', '=', id)
    .executeTakeFirst();
  const answered = (one: typeof kept) =>
    one && JSON.stringify([one.refused, one.act, one.recipient, one.purpose, one.items, one.wordingDigest]);
  return (
    kept !== undefined &&
    answered(kept) !== answered({ refused, act, recipient, purpose, items: [...items], wordingDigest })
  );
}

/** Writes a repeated form once. Throws “not found” if the id belongs to another grant. */
export async function addGrant(tx: Tx, keys: UnitKeys, grant: Grant): Promise<void> {
  const { shown, items, papers, ...row } = grant;
  const { key, wrapped } = keys.newRecordKey(row.id);
  const sealedContent = seal(key, contextOf('person_grants', 'sealed_content', row.id), JSON.stringify(shown));
  const made = { ...row, items: [...items], papers: [...papers], sealedContent, wrappedKey: wrapped };
  await addOnce(tx, ['personGrants', 'grant'], made, ['consentId', 'authorId']);
}

/** All ids of one person: the encounter and the record. */
export type PersonIds = readonly PersonId[];

/** The member’s consent with an interpreter for this person in the same hour. The next form prefills that interpreter. */
export const findConsentWithInterpreter = async (
  db: Audited,
  keys: UnitKeys,
  ids: PersonIds,
  { authorId, hour }: { readonly authorId: string; readonly hour: Date },
): Promise<Consent | undefined> =>
  (await listConsents(db, keys, ids)).find(
    (one) => one.interpreter && one.authorId === authorId && one.givenAt.getTime() === hour.getTime(),
  );

/** All consents of one person, latest first. What the person refused is listed apart. */
export const listConsents = (db: Audited, keys: UnitKeys, ids: PersonIds): Promise<Consent[]> =>
  listAnswers(db, keys, ids, false);

/** What the person said no to, latest first. */
export const listConsentRefusals = (db: Audited, keys: UnitKeys, ids: PersonIds): Promise<ConsentRefusal[]> =>
  listAnswers(db, keys, ids, true);

async function listAnswers(db: Audited, keys: UnitKeys, ids: PersonIds, refused: boolean): Promise<Consent[]> {
  const rows = await db
    .selectFrom('consents')
    .selectAll()
    .where('personId', 'in', ids)
    .where('refused', '=', refused)
    .orderBy('givenAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toConsent(keys, row));
}

/** How long before its end a consent appears on home pages. */
const daysBeforeEnd = 14;

export type EndingConsent = Pick<Consent, 'personId' | 'until'> & {
  /** The person has a record; otherwise they are known from an encounter alone. */
  readonly isCase: boolean;
};

/** Consents that this agency asked for and that end within two weeks, the earliest first. Left out where the person agreed to the same for longer. */
export const listEndingConsents = (db: Db, agencyId: string, now: Date): Promise<EndingConsent[]> =>
  db
    .selectFrom('consents as c')
    .select(['c.personId', 'c.until'])
    .select(sql<boolean>`exists (select from persons p where p.id = c.person_id)`.as('isCase'))
    .where('c.agencyId', '=', agencyId as AgencyId)
    .where('c.withdrawnAt', 'is', null)
    .where('c.until', '>', now)
    .where('c.until', '<=', new Date(now.getTime() + daysBeforeEnd * 86_400_000))
    .where(
      sql<boolean>`not exists (select from consents o where o.person_id = c.person_id and o.recipient = c.recipient
        and o.purpose = c.purpose and o.act = c.act and o.withdrawn_at is null and o.until > c.until)`,
    )
    .orderBy('c.until')
    .orderBy('c.id')
    .execute();

export async function getConsent(db: Audited, keys: UnitKeys, id: ConsentId): Promise<Consent> {
  const given = db.selectFrom('consents').selectAll().where('id', '=', id).where('refused', '=', false);
  const row = found(await given.executeTakeFirst(), 'consent');
  return toConsent(keys, row);
}

/** Locked until the transaction ends, so that no grant is made during a withdrawal. */
export async function lockConsent(tx: Tx, keys: UnitKeys, id: ConsentId): Promise<Consent> {
  const given = tx.selectFrom('consents').selectAll().where('id', '=', id).where('refused', '=', false);
  const row = found(await given.forUpdate().executeTakeFirst(), 'consent');
  return toConsent(keys, row);
}

/** The database then ends every grant that rests on it and notifies every recipient, in the same transaction. */
export async function saveWithdrawal(tx: Tx, { id, withdrawnAt, withdrawnBy, withdrawnHow }: Consent): Promise<void> {
  await tx.updateTable('consents').set({ withdrawnAt, withdrawnBy, withdrawnHow }).where('id', '=', id).execute();
}

/** All grants about one person, including ended ones, for the person’s overview. */
export async function listGrants(db: Audited, keys: UnitKeys, ids: PersonIds): Promise<Grant[]> {
  const rows = await db
    .selectFrom('personGrants')
    .selectAll()
    .where('personId', 'in', ids)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toGrant(keys, row));
}

/** Undefined if it was never granted, and for a recipient also once it is over. */
export async function findGrantOfReferral(db: Audited, keys: UnitKeys, referralId: string): Promise<Grant | undefined> {
  const row = await db.selectFrom('personGrants').selectAll().where('referralId', '=', referralId).executeTakeFirst();
  return row && toGrant(keys, row);
}

/** What was shared about one person, without the content. */
export type GrantSummary = Pick<
  Grant,
  'id' | 'act' | 'recipient' | 'authorId' | 'madeAt' | 'ended' | 'endedAt' | 'consentId' | 'referralId'
>;
export const listGrantSummaries = (db: Audited, ids: PersonIds): Promise<GrantSummary[]> =>
  db
    .selectFrom('personGrants')
    .select(['id', 'act', 'recipient', 'authorId', 'madeAt', 'ended', 'endedAt', 'consentId', 'referralId'])
    .where('personId', 'in', ids)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .execute();

export async function getGrant(db: Audited, keys: UnitKeys, id: GrantId): Promise<Grant> {
  const row = found(await db.selectFrom('personGrants').selectAll().where('id', '=', id).executeTakeFirst(), 'grant');
  return toGrant(keys, row);
}

/** Whether the grant is open, without its content. */
export async function isGrantOpen(db: Db, id: GrantId, now: Date): Promise<boolean> {
  const open = db.selectFrom('personGrants').select('id').where('id', '=', id).where('endedAt', 'is', null);
  return (await open.where('until', '>', now).executeTakeFirst()) !== undefined;
}

/** Open grants that tell this agency something without a referral. */
export const listSharedWith = async (
  db: Audited,
  agencyId: string,
  now: Date,
): Promise<Pick<Grant, 'id' | 'fromAgency' | 'items' | 'until' | 'madeAt'>[]> =>
  db
    .selectFrom('personGrants')
    .select(['id', 'fromAgency', 'items', 'until', 'madeAt'])
    .where('recipient', '=', agencyId as AgencyId)
    .where('act', '=', 'share')
    .where('endedAt', 'is', null)
    .where('until', '>', now)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();

/** Ended grants that the member may read, as recipient or sender, latest first. */
export async function listGrantEnds(db: Audited, ids?: readonly string[]): Promise<GrantEnd[]> {
  const ends = db.selectFrom('withdrawnGrants').selectAll().orderBy('endedAt', 'desc').orderBy('id').limit(200);
  return (ids ? ends.where('id', 'in', ids.length > 0 ? ([...ids] as GrantId[]) : [noGrant]) : ends).execute();
}
const noGrant = '00000000-0000-4000-8000-000000000000' as GrantId;

/** Whether the person withdrew what a referral showed. Undefined if not, or if the member may not read it. */
export const findWithdrawnGrant = (db: Db, referralId: string | null): Promise<GrantEnd | undefined> =>
  db
    .selectFrom('withdrawnGrants')
    .selectAll()
    .where('referralId', '=', referralId ?? noGrant)
    .where('ended', '=', 'taken back')
    .executeTakeFirst();

/** How many withdrawals nobody at this agency has confirmed. */
export const countUnacknowledgedEnds = async (db: Db, agencyId: string): Promise<number> =>
  countRows(
    db
      .selectFrom('withdrawnGrants')
      .where('recipient', '=', agencyId as AgencyId)
      .where('ended', '=', 'taken back')
      .where('confirmedAt', 'is', null),
  );

/** The first confirmation counts; later ones change nothing. */
export async function acknowledgeGrantEnd(
  tx: Tx,
  {
    id,
    confirmedAt,
    confirmedBy,
  }: { readonly id: GrantId; readonly confirmedAt: Date; readonly confirmedBy: GrantEnd['confirmedBy'] },
): Promise<void> {
  const end = await tx
    .selectFrom('withdrawnGrants')
    .select('confirmedAt')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('end of a grant'));
  if (!end.confirmedAt)
    await tx.updateTable('withdrawnGrants').set({ confirmedAt, confirmedBy }).where('id', '=', id).execute();
}
